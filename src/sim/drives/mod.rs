//! The drives of an export as folders: files, manifest and logs as the services leave them, so that a client can check what came back.
//! They are written below the folder of `SimOptions::drives` when the drives of a job are copied, and damaged on request.
//!
//! - `fill`: which blobs go onto which drive. `image`: writes a drive. `file_names`: where a blob lies on it. `manifest`: its text.
//! - `damage`: what happens to a drive on its way, on request. `rough_way`: the same as a person who rehearses asks for it.

mod damage;
mod file_names;
mod fill;
mod image;
mod manifest;
mod rough_way;

pub(super) use damage::handle;
pub(super) use fill::fill;
pub(super) use rough_way::damage_first;
