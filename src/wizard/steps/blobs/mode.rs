//! What lies over the tree of the blobs step: the whole details of a row, a filter being typed, rows found by the server, the rules,
//! a rule being typed.

use crate::form::Field;
use crate::select::RuleMark;
use crate::tree::NodeKey;
use crate::wizard::steps::blobs::query::NameSearch;
use crate::wizard::steps::blobs::typed_rule::RuleInput;

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
