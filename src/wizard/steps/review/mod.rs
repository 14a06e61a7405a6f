//! The review step: every answer on one page, what is missing, what to know, and the one irreversible act: creating the job.
//!
//! - `state`: the step's state. `step`: its part in the wizard.
//! - `rows`: where the focus is, and which warnings were read.
//! - `create`: creates the job once and not twice. `create_request`: what is sent.
//! - `estimate`: the time and the charges of the export.
//! - `request_page`: the create request as text for another program.
//! - `warnings`: what a person should know before.

mod create;
mod create_request;
mod estimate;
mod request_page;
mod rows;
mod state;
mod step;
mod warnings;

pub use crate::form::job::tags::DRAFT_TAG;
pub use create_request::{CreateRequest, create_request};
pub use estimate::{EstimateLine, JobEstimate, estimate};
pub use state::{CreatePhase, RequestPage, ReviewStep, WORD};
pub use step::purpose;
pub use warnings::{doubts, facts, warnings};
