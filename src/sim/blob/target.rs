//! The account, container and blob of a request, and the refusals and headers that several operations share.

use jiff::Timestamp;

use super::super::clock::http_date;
use super::super::response::Response;

/// The account, container and blob that a request names.
pub(super) struct BlobTarget<'t> {
    /// Account name.
    pub account: &'t str,
    /// Container, `""` for the account itself.
    pub container: &'t str,
    /// Blob name, `""` for the container itself.
    pub blob: &'t str,
    /// Hierarchical namespace.
    pub hierarchical: bool,
}

/// A refusal: status, code and message.
pub(super) type StorageRefusal = (u16, &'static str, &'static str);

pub(super) const NO_CONTAINER: StorageRefusal = (404, "ContainerNotFound", "The specified container does not exist.");
pub(super) const NO_BLOB: StorageRefusal = (404, "BlobNotFound", "The specified blob does not exist.");

/// The response with entity tag and modification date.
pub(super) fn stamped(response: Response, etag: &str, modified: Timestamp) -> Response {
    response.with("ETag", format!("\"{etag}\"")).with("Last-Modified", http_date(modified))
}
