//! The one table of keys. The hint line, the help page and the tables of the book are made from it. The only other readers of keys are
//! `form::edit_for` (keys of a text field) and `driver::leave` (Ctrl-C while the program ends).
//!
//! - `context`: the contexts in which keys apply. `binding`: a line of the table. `lookup`: from a key to its action.
//!   `choices`: keys that the person chose in place of the table's. `refusal`: why a choice cannot be kept. `page_contexts`: which contexts
//!   ever apply at once.
//! - `table`: the lines of each context. `blobs`: those of the blobs step. `job`: those of a created job. `start`: those of the start screen. `verify`: those of the check of the drives. `movement`: groups of lines that contexts share.

mod binding;
mod blobs;
mod choices;
mod context;
mod job;
mod lookup;
mod movement;
mod page_contexts;
mod refusal;
mod sign_in;
mod start;
mod table;
mod verify;

pub use binding::Binding;
pub use choices::KeyChoices;
pub use context::Context;
pub use lookup::ActiveBinding;
pub use refusal::RefusedChoice;
