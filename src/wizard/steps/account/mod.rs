//! The account step: a subscription, a storage account in it, and whether that account can be exported.
//!
//! - `state`: two lists and a filter. `step`: its part in the wizard. `choosing`: the choice of an account. `frozen`: when it is final.
//! - `filter`: finds accounts of all subscriptions by a few letters.
//! - `verdict`: judges an account by Microsoft's requirements. `settings`: what its settings mean for an export.
//! - `network`: from where its blobs can be reached.
//! - `rights`: what the person may do with it, and the commands that grant what is missing. `asking`: asks for both.

mod asking;
mod choosing;
mod filter;
mod frozen;
pub mod network;
pub mod rights;
pub mod settings;
mod state;
mod step;
mod verdict;

pub(in crate::wizard) use asking::ask_rights;
pub use filter::{AccountFilter, AccountHit, reading};
pub use frozen::why_frozen;
pub use state::AccountStep;
pub use step::progress;
pub use verdict::{Verdict, chosen, in_short, verdict};
