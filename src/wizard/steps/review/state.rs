//! The state of the review step: where its focus is, which warnings were in view, and how far creating the job is.

use jiff::Timestamp;

use crate::azure::fault::Fault;
use crate::form::Field;

/// What has to be typed before Next creates the job, so that holding Enter through the wizard creates nothing.
pub const WORD: &str = "create";

/// The state of the step.
#[derive(Debug, Default)]
pub struct ReviewStep {
    /// Row among the answers; one past the last is the field for the word.
    pub(super) row: usize,
    /// A row or the field for the word has the focus, not the page as a whole.
    pub(super) on_rows: bool,
    /// The person moved the focus: an answer of the service leaves it where it is.
    pub(super) moved: bool,
    /// The step of the row was visited a moment ago: Enter goes on from here.
    pub(super) came_back: bool,
    /// What of the warnings was in view.
    pub(super) read: ReadWarnings,
    /// What was typed of the word.
    pub word: Field,
    /// Where creating stands.
    pub phase: CreatePhase,
    /// Why creating failed, or why the provider could not be read.
    pub fault: Option<Fault>,
    /// What Ctrl-T does about the fault.
    pub(super) remedy: Remedy,
    /// When an earlier create request was sent, while another one is under way.
    pub(super) sent_before: Option<Timestamp>,
}

/// What was asked for when the fault came, to be asked for again.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Remedy {
    /// What the subscription says of the service.
    #[default]
    Provider,
    /// Whether there is a job.
    Look,
    /// The job, which is looked for first.
    Create,
}

/// Where creating stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum CreatePhase {
    /// Nothing under way.
    #[default]
    Idle,
    /// Looking for a job of this name.
    Looking,
    /// The list file is being uploaded.
    Uploading,
    /// The job is being created.
    Creating,
}

/// What of the warnings was in view.
#[derive(Clone, Debug, Default)]
pub(super) struct ReadWarnings {
    /// A frame was drawn.
    pub(super) begun: bool,
    /// The warnings that were in view to their last line.
    pub(super) warnings: Vec<String>,
}
