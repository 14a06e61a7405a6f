//! Wire formats: bytes to the model and back, lenient in what is read, exact in what is sent. No IO.

pub(crate) mod arm;
pub(crate) mod arrow;
pub(crate) mod data_box;
mod encryption;
pub(crate) mod headers;
pub(crate) mod job;
pub(crate) mod job_body;
pub(crate) mod job_file;
pub(crate) mod json;
pub(crate) mod list_blobs;
pub(crate) mod list_blobs_arrow;
pub(crate) mod list_containers;
pub(crate) mod location;
pub(crate) mod lock;
pub(crate) mod rights;
pub(crate) mod xml;

#[cfg(test)]
mod tests;
