//! The state of the review step: where its focus is, which warnings were in view, and how far creating the job is.

use jiff::Timestamp;

use crate::azure::fault::Fault;
use crate::azure::model::AutomationForm;
use crate::form::Field;

/// The word to type before Next creates the job. Holding Enter down through the wizard therefore creates nothing.
pub const WORD: &str = "create";

/// The state of the step.
#[derive(Debug, Default)]
pub struct ReviewStep {
    /// Row among the answers; one past the last is the field for the word.
    pub(super) row: usize,
    /// A row or the field for the word has the focus, not the page as a whole.
    pub(super) on_rows: bool,
    /// The person moved the focus; an answer of the service does not move it then.
    pub(super) moved: bool,
    /// The person has just come back from the step of this row; Enter goes on to the next row.
    pub(super) came_back: bool,
    /// The warnings that were in view.
    pub(super) read: ReadWarnings,
    /// The create request as text, while it is open over the review.
    pub request: Option<RequestPage>,
    /// The field for the word.
    pub word: Field,
    /// How far creating the job is.
    pub phase: CreatePhase,
    /// Why creating failed, or why the subscription could not be registered.
    pub fault: Option<Fault>,
    /// What Ctrl-T does about the fault.
    pub(super) retry_target: RetryTarget,
    /// When an earlier create request was sent, while another one is under way.
    pub(super) sent_before: Option<Timestamp>,
}

/// The request that Ctrl-T repeats after a fault.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum RetryTarget {
    /// Ask the services, or register the subscription.
    #[default]
    Provider,
    /// Look for the job.
    Look,
    /// Create the job, after looking for it.
    Create,
}

/// The create request as text for another program, over the review.
#[derive(Debug, Default)]
pub struct RequestPage {
    /// The program that the text is for.
    pub form: AutomationForm,
    /// The text; `None` while it is being made.
    pub text: Option<String>,
}

/// How far creating the job is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum CreatePhase {
    /// Nothing under way.
    #[default]
    Idle,
    /// Looking for a job of this name.
    Looking,
    /// The list file is being uploaded.
    Uploading,
    /// The service checks the job.
    Checking,
    /// The job is being created.
    Creating,
}

/// The warnings that were in view.
#[derive(Clone, Debug, Default)]
pub(super) struct ReadWarnings {
    /// A frame was drawn.
    pub(super) begun: bool,
    /// The warnings that were in view to their last line.
    pub(super) warnings: Vec<String>,
}
