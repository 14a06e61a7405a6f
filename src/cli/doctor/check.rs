//! One check: what was looked at, what came of it, what to do.

use crate::azure::fault::{Fault, FaultKind};

/// What came of a check.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum CheckVerdict {
    Ok,
    Warning,
    Failed,
    NotChecked,
}

impl CheckVerdict {
    /// The word in the table and, with hyphens, in JSON.
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Warning => "warning",
            Self::Failed => "failed",
            Self::NotChecked => "not checked",
        }
    }
}

/// The parts of the machine and of Azure that are looked at, in the order of the output.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum DoctorArea {
    Program,
    Files,
    Terminal,
    Network,
    SignIn,
    Services,
    Account,
}

impl DoctorArea {
    /// The heading.
    pub(super) fn title(self) -> &'static str {
        match self {
            Self::Program => "Program",
            Self::Files => "Files",
            Self::Terminal => "Terminal",
            Self::Network => "Network",
            Self::SignIn => "Sign-in",
            Self::Services => "Services",
            Self::Account => "Account",
        }
    }

    /// The word for programs.
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Program => "program",
            Self::Files => "files",
            Self::Terminal => "terminal",
            Self::Network => "network",
            Self::SignIn => "sign-in",
            Self::Services => "services",
            Self::Account => "account",
        }
    }
}

/// One check.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct DoctorCheck {
    pub(super) area: DoctorArea,
    /// What was looked at, a word or two.
    pub(super) name: String,
    pub(super) verdict: CheckVerdict,
    /// What was seen, or why nothing was.
    pub(super) message: String,
    /// What to do.
    pub(super) advice: Option<String>,
}

impl DoctorCheck {
    /// A check of this verdict.
    pub(super) fn new(
        area: DoctorArea,
        name: impl Into<String>,
        verdict: CheckVerdict,
        message: impl Into<String>,
    ) -> Self {
        Self { area, name: name.into(), verdict, message: message.into(), advice: None }
    }

    /// The same with what to do.
    pub(super) fn advise(self, advice: impl Into<String>) -> Self {
        Self { advice: Some(advice.into()), ..self }
    }

    /// A request that failed. What a person may not look at is not checked; nothing is known to be wrong then.
    pub(super) fn of_fault(area: DoctorArea, name: impl Into<String>, fault: &Fault) -> Self {
        let verdict = if fault.kind == FaultKind::Denied { CheckVerdict::NotChecked } else { CheckVerdict::Failed };
        let reference = fault.reference();
        let reason = fault.reason.trim_end_matches('.');
        let message = if reference.is_empty() { reason.to_owned() } else { format!("{reason} [{reference}]") };
        Self { advice: fault.advice.clone(), ..Self::new(area, name, verdict, message) }
    }
}
