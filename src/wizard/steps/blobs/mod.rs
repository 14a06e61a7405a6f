//! The blobs step: a person browses the account and checks what goes on the drives. The tree itself is in `tree`, the rules in `select`.
//!
//! - `state`: the step's state. `step`: its part in the wizard. `mode`, `query`, `inspection`: parts of the state, plain data.
//! - `browse`: lists levels, moves the cursor, keeps the place in the draft. `mouse`: the same by mouse.
//! - `check`: checks rows. `uncheck`: unchecks a row below a checked folder, which needs the names of its siblings.
//! - `search`: the filter over loaded rows, and names that the service finds. `typed_rule`: a rule typed by hand.
//! - `rules`: the panel of rules. `summary`: the selection in a few words. `in_words`: what it takes.
//! - `details`: what exporting the row under the cursor means. `inspect`: reads its blob.
//!   `obstacle`: why a row is not exported as it is.
//! - `access`: how the account's blobs are reached.
//! - `layout`: the columns and rows of the step's page.

mod access;
mod browse;
mod check;
mod details;
mod in_words;
mod inspect;
mod inspection;
pub mod layout;
mod mode;
mod mouse;
mod obstacle;
mod query;
mod rules;
mod search;
mod state;
mod step;
pub mod summary;
mod typed_rule;
mod uncheck;

pub use access::ForeignServer;
pub use details::{Details, Remark};
pub use in_words::in_words;
pub use inspection::{Inspection, InspectionState};
pub use mode::{BlobsMode, RuleInput, SearchResults};
pub use obstacle::{Obstacle, largest_blob, obstacle};
pub use query::{Hit, NameQuery, NameSearch, QueryState};
pub use state::{BlobsStep, PendingUncheck};
pub use step::{progress, settled};
