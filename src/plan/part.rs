//! A part of an export that is planned as one: a rule, or a narrower prefix under it, with its load.

use serde::{Deserialize, Serialize};

use super::DriveLoad;
use crate::select::Rule;

/// A rule, or a narrower prefix under it, with its load.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Part {
    /// The rule.
    pub rule: Rule,
    /// The blobs it selects.
    pub load: DriveLoad,
}
