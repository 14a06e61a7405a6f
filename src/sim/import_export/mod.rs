//! The simulated Microsoft.ImportExport, above the life of a job in `jobs`.
//!
//! - `import_export`: the way from a request to its operation.
//! - `create`, `update`, `list`: PUT, PATCH and the list of jobs; `render` writes a job as JSON, `states` names its state.
//! - `selection`: the rules of a job; `listed_keys`: the answer of listBitLockerKeys.

mod create;
mod import_export;
mod list;
mod listed_keys;
mod render;
mod selection;
mod states;
mod update;

pub(super) use import_export::{VERSIONS, handle};
pub(super) use selection::rules;
