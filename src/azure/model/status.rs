//! How far a job is, in words that fit both services, each with the service's own word beside it.

use std::fmt;

use serde::{Deserialize, Serialize};

/// How far a job is, as a person sees it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum JobState {
    /// The service has the job and does not wait for drives yet.
    Preparing,
    /// The service waits for the drives. They have to be shipped within two weeks.
    AwaitingShipment,
    /// The customer said that the parcel left.
    Shipped,
    /// The drives arrived.
    Received,
    /// At least one drive is being filled.
    Copying,
    /// The drives are filled and are being packed.
    Packing,
    /// The drives are on their way back, and the service will say more.
    Returning,
    /// Nothing more happens: the drives were sent back without errors.
    Completed,
    /// Nothing more happens: the drives were sent back, and some blobs failed.
    CompletedWithErrors,
    /// The job was cancelled.
    Cancelled,
    /// The job was given up by the service.
    Failed,
    /// A word that no document lists.
    #[default]
    Unknown,
}

impl JobState {
    /// The words on the screen, e.g. `ship now`.
    pub fn title(self) -> &'static str {
        match self {
            Self::Preparing => "being prepared",
            Self::AwaitingShipment => "ship now",
            Self::Shipped => "on the way",
            Self::Received => "arrived",
            Self::Copying => "copying",
            Self::Packing => "being packed",
            Self::Returning => "coming back",
            Self::Completed => "finished",
            Self::CompletedWithErrors => "finished with errors",
            Self::Cancelled => "cancelled",
            Self::Failed => "failed",
            Self::Unknown => "unknown",
        }
    }

    /// Whether nothing changes any more.
    pub fn is_over(self) -> bool {
        matches!(self, Self::Completed | Self::CompletedWithErrors | Self::Cancelled | Self::Failed)
    }

    /// Whether the filled drives left the datacenter. The BitLocker keys are there from then on.
    pub fn sent_back(self) -> bool {
        matches!(self, Self::Returning | Self::Completed | Self::CompletedWithErrors)
    }

    /// Whether the drives have not left the customer.
    pub fn before_shipment(self) -> bool {
        matches!(self, Self::Preparing | Self::AwaitingShipment)
    }

    /// Whether drives may still be on their way to the datacenter, or have not left.
    pub fn before_arrival(self) -> bool {
        self.before_shipment() || self == Self::Shipped
    }
}

/// The state of a job with the service's own word, e.g. `AwaitingShipment` with `Creating`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct JobStatus {
    /// The state.
    pub state: JobState,
    /// The word, verbatim.
    pub word: String,
}

impl JobStatus {
    /// The state of a word of the classic service, in any case; an empty or absent word means Creating.
    pub fn of_classic(word: &str) -> Self {
        let state = match word.to_ascii_lowercase().as_str() {
            "" | "creating" => JobState::AwaitingShipment,
            "shipping" => JobState::Shipped,
            "received" => JobState::Received,
            "transferring" => JobState::Copying,
            "packaging" => JobState::Packing,
            "completed" => JobState::Completed,
            "closed" => JobState::CompletedWithErrors,
            _ => JobState::Unknown,
        };
        Self { state, word: if word.is_empty() { "Creating".into() } else { word.to_owned() } }
    }

    /// The state of a word of Data Box, in any case.
    pub fn of_data_box(word: &str) -> Self {
        let state = match word.to_ascii_lowercase().as_str() {
            "created" => JobState::Preparing,
            "awaitingshipmentdetails" => JobState::AwaitingShipment,
            "shippedtoazuredc" => JobState::Shipped,
            "atazuredc" => JobState::Received,
            "datacopy" => JobState::Copying,
            "preparingtoshipfromazuredc" => JobState::Packing,
            "shippedtocustomer" => JobState::Returning,
            "completed" => JobState::Completed,
            "completedwitherrors" | "completedwithwarnings" => JobState::CompletedWithErrors,
            "cancelled" => JobState::Cancelled,
            failed if failed == "aborted" || failed.starts_with("failed_") => JobState::Failed,
            _ => JobState::Unknown,
        };
        Self { state, word: word.to_owned() }
    }
}

impl JobStatus {
    /// The words on the screen, e.g. `ship now`; the service's own word where nobody explains it.
    pub fn words(&self) -> String {
        if self.state == JobState::Unknown { self.word.clone() } else { self.state.title().to_owned() }
    }
}

/// The service's own word.
impl fmt::Display for JobStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.word)
    }
}

/// What the service lets a person do with a job now. It may change its mind until it is asked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[expect(clippy::struct_excessive_bools, reason = "each is a right of its own, as the service reports it")]
pub struct JobActions {
    /// Say that the parcel left.
    pub ship: bool,
    /// Cancel it.
    pub cancel: bool,
    /// Delete it.
    pub delete: bool,
    /// Change the return address.
    pub change_address: bool,
}

impl JobActions {
    /// What the classic service allows, which has no word for it: after Transferring nothing can be stopped, and a job is
    /// deleted before it is shipped for or after its end.
    pub fn of_classic(state: JobState) -> Self {
        let new = state == JobState::AwaitingShipment;
        let stoppable = new || matches!(state, JobState::Shipped | JobState::Received | JobState::Copying);
        Self { ship: new, cancel: stoppable, delete: new || state == JobState::Completed, change_address: stoppable }
    }
}

/// A stage of a job, in the order and the words of the service.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct JobStage {
    /// The word of the service, e.g. `DataCopy`.
    pub word: String,
    /// The name it gives the stage for people; the word where it gives none.
    pub title: String,
    /// How far the stage is.
    pub progress: StageProgress,
    /// The service's word for that, e.g. `InProgress`, verbatim.
    pub status: String,
    /// When it was reached, ISO 8601, verbatim; absent for stages ahead.
    pub time: Option<String>,
    /// Delays the service reports for it.
    pub delays: Vec<StageDelay>,
}

/// How far a stage is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum StageProgress {
    /// Not reached.
    Ahead,
    /// Under way.
    Current,
    /// Over.
    Done,
    /// Over, with errors or warnings.
    DoneWithErrors,
    /// Failed.
    Failed,
    /// Cancelled.
    Cancelled,
    /// The service waits for the customer.
    NeedsAction,
    /// A word that no document lists.
    #[default]
    Unknown,
}

/// A delay of a stage.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct StageDelay {
    /// The service's code, e.g. `HighDemandDelay`.
    pub code: String,
    /// What it says of it.
    pub description: String,
    /// It is over.
    pub resolved: bool,
}

/// An error that the service keeps in a job or a drive.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServiceError {
    /// Its code.
    pub code: String,
    /// What it says.
    pub message: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_has_a_state_and_stays_as_it_was() {
        for (word, state) in [
            ("transferring", JobState::Copying),
            ("Closed", JobState::CompletedWithErrors),
            ("Faulted", JobState::Unknown),
        ] {
            assert_eq!(JobStatus::of_classic(word), JobStatus { state, word: word.into() });
        }
        for (word, state) in [
            ("Created", JobState::Preparing),
            ("AwaitingShipmentDetails", JobState::AwaitingShipment),
            ("CompletedWithWarnings", JobState::CompletedWithErrors),
            ("Failed_IssueDetectedAtAzureDC", JobState::Failed),
            ("DeviceOrdered", JobState::Unknown),
        ] {
            assert_eq!(JobStatus::of_data_box(word), JobStatus { state, word: word.into() });
        }
        assert_eq!(JobStatus::of_classic("").word, "Creating");
    }
}
