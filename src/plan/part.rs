//! A piece of an export that is planned as one: a rule, or a narrower prefix under it, with what it takes. Plain data.

use serde::{Deserialize, Serialize};

use super::DriveLoad;
use crate::select::Rule;

/// A rule, or a narrower piece of one, and what it takes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Part {
    /// The rule.
    pub rule: Rule,
    /// What it takes.
    pub load: DriveLoad,
}
