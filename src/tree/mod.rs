//! (to be replaced by the selection branch)
use serde::{Deserialize, Serialize};
/// Where a person stands in the tree.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TreePlace {}
