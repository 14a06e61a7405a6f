//! The blobs step on screen.
//!
//! - `page`: divides the body and draws what belongs to the mode. `row` and `status`: the lines of the tree.
//! - `over`: the pages over the tree. `details`: the row under the cursor. `side`: it and the selection, beside the tree. `foreign`: the question about a server outside the cloud.

mod details;
mod foreign;
mod over;
mod page;
mod row;
mod side;
mod status;

pub(crate) use page::SIGNS;
pub(super) use page::body;
