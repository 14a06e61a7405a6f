//! Blobfreight: a terminal wizard for Azure Import/Export export jobs.
//!
//! # The map
//!
//! The journey of an export is in [`wizard::steps`]: a file or folder per step, in the order a person takes them. Around it:
//!
//! - [`protocol`]: keys, actions, messages, calls, effects, names of the steps. Plain data. Start reading at [`protocol::message`].
//! - [`app`]: one `Model`, and one `update` that turns a message into changes of it and effects.
//! - [`tree`]: the account as a lazy tree: containers, folders, blobs, snapshots; rows by window, cursor by key.
//! - [`select`]: what is exported, as rules; check marks, undo, the smallest complement, the wire lists and the XML list file.
//! - [`form`]: fields and their checks: return address, job name, parcel.
//! - [`logs`]: what the services write about an export: error, copy and verbose logs as streams of entries.
//! - [`papers`]: packing slip and label of a parcel, as text and as a page to print.
//! - [`plan`]: how many drives an export needs, and what will not fit. `plan::count` is the result of a count, as plain data.
//! - [`unlock`]: what a BitLocker key is, and the commands that unlock a drive with it on each system.
//! - [`verify`]: proves that what is on a returned drive is what the service promised. Its `rules` are pure.
//! - [`draft`]: all answers of one export as one value, and its file.
//! - [`azure`]: the async API backend: sign-in, Resource Manager, blobs, jobs. `model`, `fault` and `cloud` are plain data.
//! - [`scan`]: counts what a selection matches, at any size of account.
//! - [`wording`]: how numbers, sizes, ages and lists of names are written, for every layer.
//! - [`characters`]: named sets of characters that nobody sees, for every layer.
//! - [`files`]: how the program's own files are opened and replaced. `convert`: their types and those of the program.
//! - [`driver`]: the event loop. It carries effects out and brings answers back; it decides nothing.
//! - [`layout`]: how the terminal is divided, for the wizard and the screen.
//! - [`ui`]: the screen as a function of the model.
//! - [`plain`]: the same model as questions and answers on lines.
//! - [`term`]: the terminal: modes, input, signals, clipboard.
//! - [`sim`]: the simulated Azure, a real HTTP server on loopback.
//! - [`cli`]: arguments, configuration, commands without a screen.
//!
//! `docs/architecture.md` follows a key, a page of a scan and a draft through these folders.
//!
//! # The dependency rule
//!
//! `app`, `protocol`, `wizard`, `tree`, `select`, `form`, `papers`, `plan`, `logs`, `layout`, `convert`, `wording`, `characters`, `unlock` and the types of `draft` are
//! pure: no IO, no clock, no terminal. Of `azure` they know its plain data only. `ui` reads the model and adds ratatui. IO is in `azure`, `scan`, `sim`, `term`, `driver`,
//! `cli`, `files`, `verify` and the store of `draft`. `tests/it/pure/architecture.rs` fails on an arrow that points the wrong way.
//!
//! # Glossary
//!
//! | word | meaning |
//! |---|---|
//! | rule | one line of the selection: a prefix such as `/footage/2026/`, or an exact path |
//! | selection | all rules of an export; the job's blob list is made of it |
//! | check, uncheck | add or take away a row of the tree; unchecking below a checked folder keeps its other children |
//! | list file | the XML file in a container that holds a selection too long for the job itself |
//! | scan, count | read the listings that the rules name; the totals, sizes and findings that come of it |
//! | page, marker | one answer to List Blobs; the text that asks for the page after it |
//! | finding | something about counted blobs worth a word, e.g. "in the archive tier" |
//! | plan | drives packed with the counted sizes: how many are needed, and how full each is |
//! | draft | one export's answers on disk; it outlives the program |
//! | journal | the part of a draft that notes a request before it is sent, so that a crash cannot repeat it |
//! | rail | the column that lists the steps and their states |
//! | action | what a key means, e.g. `Next`; the key table maps keys to actions by context |
//! | message, effect | what goes into `update`, and what it wants done |
//! | call, reply, slot | a request to the backend, its answer, and the place a request takes: a newer one replaces it |
//! | fault | why something failed: what was tried, the reason, advice, the service's code and request id |
//! | rehearsal | a session against the simulated Azure |

pub mod app;
pub mod azure;
pub mod characters;
pub mod cli;
mod convert;
pub mod draft;
pub mod driver;
pub mod files;
pub mod form;
pub mod layout;
pub mod logs;
pub mod papers;
pub mod plain;
pub mod plan;
pub mod protocol;
pub mod scan;
pub mod select;
pub mod sim;
pub mod term;
pub mod tree;
pub mod ui;
pub mod unlock;
pub mod verify;
pub mod wizard;
pub mod wording;
