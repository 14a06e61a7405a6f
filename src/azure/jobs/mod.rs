//! Export jobs: one trait over one job model, so that a second service can stand beside Microsoft.ImportExport.
//!
//! - `service`: [`JobService`], the calls that a service of export jobs has. [`find`] searches for a job by its tag.
//! - `import_export`: Microsoft.ImportExport. `version`: the api-version that it is called with.

mod import_export;
mod service;
mod version;

pub(crate) use import_export::ImportExportService;
pub use service::{JobService, find};
