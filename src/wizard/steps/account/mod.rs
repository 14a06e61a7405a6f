//! The account step: a subscription, a storage account in it, and whether that account can be exported.
//!
//! `step` is the step itself, `verdict` judges an account by Microsoft's requirements.

mod step;
mod verdict;

pub use step::{AccountStep, progress, why_frozen};
pub use verdict::{Verdict, verdict};
