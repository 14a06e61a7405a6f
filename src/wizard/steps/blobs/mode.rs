//! What lies over the tree of the blobs step: the whole details of a row, a filter being typed, rows found by the server, the rules,
//! a rule being typed.

use std::time::Duration;

use jiff::Timestamp;

use crate::form::Field;
use crate::select::{RuleMark, TypedError, TypedRule, typed};
use crate::tree::NodeKey;
use crate::wizard::steps::blobs::query::NameSearch;

/// What the keys are for.
#[derive(Debug, Default)]
pub enum BlobsMode {
    /// The rows of the tree.
    #[default]
    Rows,
    /// All details of the row under the cursor, as a page to read.
    Details,
    /// A filter is being typed over the rows.
    Filter(Field),
    /// What the server found.
    Found(SearchResults),
    /// The rules as the service will get them.
    Rules {
        /// Row of the cursor.
        row: usize,
        /// What is odd about them.
        marks: Vec<RuleMark>,
    },
    /// A rule is being typed.
    Typing(RuleInput),
}

/// Names the server found by prefix.
#[derive(Debug)]
pub struct SearchResults {
    /// Where was looked.
    pub level: NodeKey,
    /// What was typed.
    pub text: String,
    /// What came.
    pub lookup: NameSearch,
    /// Row of the cursor.
    pub row: usize,
}

/// How long the text must rest before the server is asked.
pub const REST: Duration = Duration::from_millis(300);

/// A rule being typed.
#[derive(Debug)]
pub struct RuleInput {
    /// The text.
    pub field: Field,
    /// What it matches; `None` until the text has rested.
    pub lookup: Option<NameSearch>,
    pub(super) changed: Timestamp,
}

impl RuleInput {
    /// A field that begins with this text.
    pub fn new(text: &str, now: Timestamp) -> Self {
        Self { field: Field::new(text), lookup: None, changed: now }
    }

    /// What the text means.
    ///
    /// # Errors
    /// What to type instead.
    pub fn typed(&self) -> Result<TypedRule, TypedError> {
        typed(self.field.value())
    }

    /// How long until the server is to be asked; `None` when there is nothing to ask.
    pub fn rest(&self, now: Timestamp) -> Option<Duration> {
        if self.lookup.is_some() || self.typed().is_err() {
            return None;
        }
        let rested = Duration::try_from(now.duration_since(self.changed)).unwrap_or_default();
        Some(REST.saturating_sub(rested))
    }
}
