//! The meaning of one error code for a person.

use crate::azure::fault::FaultKind;

/// The meaning of one code.
pub(super) struct CodeMeaning {
    /// Where the status alone would mislead.
    pub(super) kind: Option<FaultKind>,
    /// Why it failed, one sentence without a full stop.
    pub(super) reason: String,
    /// The advice.
    pub(super) advice: Option<String>,
    /// The service's own message says more (names, limits) and is worth showing.
    pub(super) quote: bool,
}

pub(super) fn meaning(reason: &str, advice: impl Into<String>) -> CodeMeaning {
    CodeMeaning { kind: None, reason: reason.to_owned(), advice: Some(advice.into()), quote: false }
}

pub(super) fn quoted_meaning(reason: &str, advice: impl Into<String>) -> CodeMeaning {
    CodeMeaning { quote: true, ..meaning(reason, advice) }
}

pub(super) fn of_kind(kind: FaultKind, meaning: CodeMeaning) -> CodeMeaning {
    CodeMeaning { kind: Some(kind), ..meaning }
}
