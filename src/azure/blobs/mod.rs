//! Blob storage: lists containers and blobs, and uploads the list file of a job.
//!
//! - `request`: the request for a path of an account. `listing`: containers, flat listings, snapshots and versions.
//! - `arrow_offer`: asks for Apache Arrow where the service may have it.
//! - `folder`: one level of a container. `list_file`: the list file of a job.

mod arrow_offer;
mod folder;
mod list_file;
mod listing;
mod log;
mod request;
