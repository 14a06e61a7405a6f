//! The pages over the form as data: the checklist of the drives with its words, and the papers of the parcel.

use crate::draft::DriveCheck;
use crate::papers::Papers;
use crate::protocol::keymap::Context;

/// A page over the form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ShipPage {
    /// The checklist, with the cursor on this row.
    Checklist(usize),
    /// Packing slip and label.
    Papers(Box<Papers>),
}

impl ShipPage {
    /// The keys of the page.
    pub(super) fn contexts(&self) -> Vec<Context> {
        match self {
            Self::Checklist(_) => vec![Context::Checklist],
            Self::Papers(_) => vec![Context::PapersPage, Context::Page],
        }
    }
}

/// What a check asks, and how to find out.
pub fn check_words(check: DriveCheck) -> (&'static str, &'static str) {
    match check {
        DriveCheck::Kind => (
            "Each drive is a 2.5-inch SSD (SATA III) or a 2.5- or 3.5-inch hard disk (SATA II or III).",
            "USB sticks are not taken; NVMe and SAS drives are not on the list of the service.",
        ),
        DriveCheck::Bare => (
            "None is in an external enclosure, or was taken out of one.",
            "The service does not take drives with a built-in USB adapter, nor the disk out of such a case.",
        ),
        DriveCheck::Sectors => (
            "Each presents sectors of 512 bytes (512n or 512e, not 4K native).",
            "Linux: lsblk -o NAME,LOG-SEC,SERIAL. PowerShell: Get-Disk | Format-Table SerialNumber,LogicalSectorSize.",
        ),
        DriveCheck::Blank => (
            "Each can be read and written, and nobody needs what is on it.",
            "The service writes to the drives; do not count on anything on them to stay.",
        ),
        DriveCheck::Count => ("There are at most ten, all for this one job.", "An eleventh drive needs another job."),
        DriveCheck::NoCables => ("No cable, adapter or caddy is in the parcel.", "The service sends back drives only."),
        DriveCheck::Packed => (
            "Each is in an antistatic bag, padded, and carries the job's name.",
            "The packing slip lies in the parcel, the label is on it.",
        ),
    }
}
