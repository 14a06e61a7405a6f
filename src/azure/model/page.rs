//! One page of a list that comes in pages.

use serde::{Deserialize, Serialize};

/// One page of a paged answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Page<T> {
    /// The entries of this page; may be empty although `next` is set.
    pub items: Vec<T>,
    /// Continuation marker, opaque and verbatim; `None` on the last page.
    pub next: Option<String>,
}
