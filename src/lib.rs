//! Blobfreight: a terminal wizard for Azure Import/Export export jobs.

pub mod app;
pub mod azure;
pub mod cli;
pub mod draft;
pub mod driver;
pub mod form;
pub mod plan;
pub mod scan;
pub mod select;
pub mod sim;
pub mod term;
pub mod tree;
pub mod ui;
pub mod wizard;
