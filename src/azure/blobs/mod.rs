//! Blob storage: lists containers and blobs, and uploads the list file of a job.
//!
//! - `request`: the request for a path of an account. `listing`: containers, flat listings, snapshots and versions.
//! - `folder`: one level of a container. `list_file`: the list file of a job.

mod folder;
mod list_file;
mod listing;
mod log;
mod request;
