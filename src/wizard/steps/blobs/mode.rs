//! The modes of the blobs step: what the keys act on, e.g. the rows, the filter being typed or the panel of rules.

use std::time::Duration;

use jiff::Timestamp;

use crate::form::Field;
use crate::select::{RuleMark, TypedError, TypedRule, typed};
use crate::tree::NodeKey;
use crate::wizard::clock::passed;
use crate::wizard::steps::blobs::query::NameSearch;

/// What the keys act on.
#[derive(Debug, Default)]
pub enum BlobsMode {
    /// The rows of the tree.
    #[default]
    Rows,
    /// All details of the row under the cursor, as a page to read.
    Details,
    /// A filter is being typed over the rows.
    Filter(Field),
    /// Names that the service found.
    Found(SearchResults),
    /// The panel of rules.
    Rules {
        /// Row of the cursor.
        row: usize,
        /// Findings about the rules.
        marks: Vec<RuleMark>,
    },
    /// A rule is being typed.
    Typing(RuleInput),
}

/// Names that the service found by prefix.
#[derive(Debug)]
pub struct SearchResults {
    /// The container or folder that was searched.
    pub level: NodeKey,
    /// The text that was typed.
    pub text: String,
    /// The query and what it found.
    pub search: NameSearch,
    /// Row of the cursor.
    pub row: usize,
}

/// Time without a change of the text before the service is queried.
pub(super) const REST: Duration = Duration::from_millis(300);

/// A rule being typed.
#[derive(Debug)]
pub struct RuleInput {
    /// The text.
    pub field: Field,
    /// What it matches; `None` before the query.
    pub search: Option<NameSearch>,
    pub(super) changed: Timestamp,
}

impl RuleInput {
    /// A field that begins with this text.
    pub fn new(text: &str, now: Timestamp) -> Self {
        Self { field: Field::new(text), search: None, changed: now }
    }

    /// The rule that the text stands for.
    ///
    /// # Errors
    /// What to type instead.
    pub fn typed(&self) -> Result<TypedRule, TypedError> {
        typed(self.field.value())
    }

    /// Time until the query for the preview; `None` if there is nothing to query.
    pub fn preview_in(&self, now: Timestamp) -> Option<Duration> {
        if self.search.is_some() || self.typed().is_err() {
            return None;
        }
        let rested = passed(self.changed, now);
        Some(REST.saturating_sub(rested))
    }
}
