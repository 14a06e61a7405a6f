//! The service Microsoft.DataBox, for export jobs on the customer's own disks.
//!
//! - `service`: [`DataBoxService`] with its reads. `paths`: the addresses of its operations.
//! - `create`, `update`, `delete`: what changes a job. The service goes on with each of them after its answer.
//! - `offers`: whether and where the service takes jobs, and what it thinks of one before it exists.

mod create;
mod delete;
mod offers;
mod paths;
mod service;
mod update;

pub(crate) use service::DataBoxService;
