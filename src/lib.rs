//! Blobfreight: a terminal wizard for Azure Import/Export export jobs.
//!
//! # The map
//!
//! The journey of an export is in [`wizard`]: a file or folder per step, in the order a person takes them. Around it:
//!
//! - [`app`]: the protocol. One `Model`, one `update` that turns a message into changes and effects, one table of keys. Start
//!   reading at [`app::protocol`].
//! - [`tree`]: the account as a lazy tree: containers, folders, blobs, snapshots; rows by window, cursor by key.
//! - [`select`]: what is exported, as rules; check marks, undo, the smallest complement, the wire lists and the XML list file.
//! - [`form`]: fields and their rules: return address, job name, parcel.
//! - [`plan`]: how many drives an export needs, and what will not fit. `plan::count` is what a count tells, as plain data.
//! - [`draft`]: everything answered so far as one value, and its files.
//! - [`azure`]: the async API backend: sign-in, Resource Manager, blobs, jobs. `model`, `fault` and `cloud` are plain data.
//! - [`scan`]: counts what a selection really matches, at any size of account.
//! - [`wording`]: how numbers, sizes, ages and lists of names are written, for every layer.
//! - [`files`]: how the program's own files are opened and replaced.
//! - [`driver`]: the event loop. Carries effects out and brings answers back; decides nothing.
//! - [`ui`]: the screen as a function of the model.
//! - [`term`]: the terminal: modes, input, signals, clipboard.
//! - [`sim`]: the simulated Azure, a real HTTP server on loopback.
//! - [`cli`]: arguments, configuration, commands without a screen.
//!
//! # The dependency rule
//!
//! `app`, `wizard`, `tree`, `select`, `form`, `plan`, `wording` and the types of `draft` are pure: no IO, no clock, no terminal. Of `azure`
//! they know its plain data only. `ui` reads the model and adds ratatui. IO is in `azure`, `scan`, `sim`, `term`, `driver`,
//! `cli`, `files` and the store of `draft`. `tests/architecture.rs` fails on an arrow that points the wrong way.

pub mod app;
pub mod azure;
pub mod cli;
pub mod draft;
pub mod driver;
pub mod files;
pub mod form;
pub mod plan;
pub mod protocol;
pub mod scan;
pub mod select;
pub mod sim;
pub mod term;
pub mod tree;
pub mod ui;
pub mod wizard;
pub mod wording;
