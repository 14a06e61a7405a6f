//! The data of the step.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use jiff::Timestamp;

use crate::azure::fault::Fault;
use crate::form::{Form, check_drives};
use crate::protocol::message::DriveVerification;
use crate::verify::rules::{AttachedDrive, AttachedState, CheckOutcome, MeterReading};

/// The state of the step.
#[derive(Debug)]
pub struct VerifyStep {
    /// The fields: another drive, the folder of logs.
    pub form: Form,
    /// A field has the focus, otherwise the list of drives or the page.
    pub on_field: bool,
    /// Row of the cursor in the list.
    pub row: usize,
    /// The page of the end is shown.
    pub at_end: bool,
    /// The drives that were found on this machine; `None` before the first answer.
    pub attached: Option<Vec<AttachedDrive>>,
    /// Folders that the person typed.
    pub typed: Vec<PathBuf>,
    /// The folders to check.
    pub chosen: BTreeSet<PathBuf>,
    /// How far it is.
    pub stage: CheckStage,
    /// The check that runs, waits or has ended.
    pub wanted: DriveVerification,
    /// Why something could not be done.
    pub fault: Option<Fault>,
    /// The files of the reports that were saved.
    pub saved: Vec<String>,
    /// The draft that was made of what is to be fetched again.
    pub draft: Option<String>,
}

/// How far the step is.
#[derive(Debug, Default)]
pub enum CheckStage {
    /// The person chooses drives.
    #[default]
    Choosing,
    /// A check runs.
    Checking {
        /// Since when, for the pace.
        since: Timestamp,
        /// The last progress.
        reading: Box<MeterReading>,
    },
    /// A check was stopped and can go on.
    Paused(Box<MeterReading>),
    /// A check has ended.
    Checked(Box<CheckOutcome>),
}

/// A row of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DriveRow<'a> {
    /// Folder or device.
    pub place: &'a Path,
    /// What was found; `None` for a folder that the person typed.
    pub found: Option<&'a AttachedDrive>,
}

impl DriveRow<'_> {
    /// Whether it can be checked: it is mounted, or the person says where it is.
    pub fn is_open(&self) -> bool {
        self.found.is_none_or(|found| matches!(found.state, AttachedState::Mounted(_)))
    }
}

impl Default for VerifyStep {
    fn default() -> Self {
        Self {
            form: check_drives::form(),
            on_field: false,
            row: 0,
            at_end: false,
            attached: None,
            typed: Vec::new(),
            chosen: BTreeSet::new(),
            stage: CheckStage::default(),
            wanted: DriveVerification::default(),
            fault: None,
            saved: Vec::new(),
            draft: None,
        }
    }
}

impl VerifyStep {
    /// The rows of the list: what was typed, then what was found.
    pub fn rows(&self) -> Vec<DriveRow<'_>> {
        let typed = self.typed.iter().map(|place| DriveRow { place, found: None });
        let found = self.attached.iter().flatten().map(|found| DriveRow { place: &found.place, found: Some(found) });
        typed.chain(found).collect()
    }

    /// The row under the cursor.
    pub fn selected(&self) -> Option<DriveRow<'_>> {
        self.rows().into_iter().nth(self.row)
    }

    /// What came of the check, once it has ended.
    pub fn outcome(&self) -> Option<&CheckOutcome> {
        if let CheckStage::Checked(outcome) = &self.stage { Some(outcome) } else { None }
    }
}
