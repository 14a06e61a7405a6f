//! The shared async API backend: everything that talks to Azure, for the wizard, the headless commands and the tests.
//!
//! `model`, `cloud` and `fault` are plain data and may be used by any layer; the rest performs IO.

pub mod cloud;
pub mod fault;
pub mod model;
