//! Export jobs: one trait over one job model, and the two services behind it.
//!
//! - `service`: [`JobService`], the calls that a service of export jobs has. [`find`] searches for a job by its tag.
//! - `import_export`: Microsoft.ImportExport. `data_box`: Microsoft.DataBox.
//! - `automation`: the create request as text for other programs.
//! - `client`: sends the operations of either. `version`: the api-version that it is called with. `long_running`: waits for operations that go
//!   on after the answer.

pub mod automation;
mod client;
mod data_box;
mod import_export;
mod long_running;
mod service;
mod version;

pub(crate) use data_box::DataBoxService;
pub(crate) use import_export::ImportExportService;
pub use service::{JobService, find};
pub(crate) use version::speaks;
