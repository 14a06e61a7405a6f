//! What a step is for, what comes after it and when: for the part of a screen that the step itself leaves empty.

use crate::azure::model::JobState;
use crate::draft::KnownJob;
use crate::protocol::step::Step;
use crate::wizard::shared::Shared;

/// Three sentences about a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StepGuide {
    /// Why the step is there.
    pub why: &'static str,
    /// What comes after it.
    pub next: &'static str,
    /// When its answer counts, or how long it takes.
    pub when: &'static str,
}

/// The guide of the step on screen; `None` where its sentences no longer hold: after the job was created, or once it has come to an end, is
/// being cancelled or received no drive.
pub fn guide(shared: &Shared) -> Option<StepGuide> {
    let step = shared.draft.step;
    let goes_on = |job: &&KnownJob| job.gone.is_none() && !job.has_no_drive() && shared.draft.cancellation().is_none();
    let state = shared.draft.job.as_ref().filter(goes_on).map(|job| job.status.state);
    let holds = match step {
        Step::Ship => matches!(state, Some(JobState::Preparing | JobState::AwaitingShipment)),
        Step::Follow | Step::Keys | Step::Verify => {
            !matches!(state, None | Some(JobState::Cancelled | JobState::Failed | JobState::Unknown))
        }
        _ => !shared.is_ordered(),
    };
    holds.then(|| of_step(step))
}

fn of_step(step: Step) -> StepGuide {
    match step {
        Step::SignIn => StepGuide {
            why: "Azure decides by your sign-in which accounts you see and whether you may create a job.",
            next: "The storage account, then the blobs in it.",
            when: "Nothing is created or changed in Azure before the step Review. You can stop at any time and resume the draft.",
        },
        Step::Account => StepGuide {
            why: "One job exports one account. Some accounts are refused, and some fail only after the drives arrived.",
            next: "The blobs: what of the account goes on the drives.",
            when: "The account and your rights are read now. A role that was given just now takes some minutes to count.",
        },
        Step::Blobs => StepGuide {
            why: "The service gets paths and prefixes. It does not check them before the drives arrive.",
            next: "The drives: how many the checked blobs need.",
            when: "A prefix also takes blobs that are added under it before the copy.",
        },
        Step::Drives => StepGuide {
            why: "A blob is never split over two drives, and what fits on no drive stays behind.",
            next: "The return address, and the carrier that brings the drives back.",
            when: "The count goes on while you answer the next steps. Buy the drives when it is complete.",
        },
        Step::Address => StepGuide {
            why: "The drives come back with your own carrier account, at your cost.",
            next: "The location: the datacenter that the drives are shipped to.",
            when: "The datacenter uses the address once the copy is done.",
        },
        Step::Location => StepGuide {
            why: "The region of the account decides which datacenter takes the drives.",
            next: "The job: its name, its resource group and what it logs.",
            when: "Ship nothing yet: the address that counts is the one in the created job, which the step Ship shows.",
        },
        Step::Options => StepGuide {
            why: "The name is how you and the support find the job. The other answers can stay as they are.",
            next: "Review: every answer on one page.",
            when: "Nothing of this can be changed once the job exists.",
        },
        Step::Review => StepGuide {
            why: "After this page the answers are the service's.",
            next: "Ship: the address, the packing list and the announcement of the parcel.",
            when: "The job is created when you type the word and press the button, not before.",
        },
        Step::Ship => StepGuide {
            why: "The datacenter takes in only a parcel that it knows of, by its tracking number.",
            next: "Follow: where the drives are.",
            when: "Announce the parcel on the day the carrier takes it.",
        },
        Step::Follow => StepGuide {
            why: "The states are the service's own. It can learn of a delivery one to three business days after the carrier.",
            next: "The BitLocker keys, which unlock the drives.",
            when: "Microsoft aims at a copy within 7 to 10 days after the drives arrived and promises no time \
                   (page: View the status of Azure Import/Export jobs).",
        },
        Step::Keys => StepGuide {
            why: "Without its key a drive cannot be read. The service deletes the keys together with the job.",
            next: "Verify: whether every byte on the unlocked drives is right.",
            when: "Save the keys as soon as they are here.",
        },
        Step::Verify => StepGuide {
            why: "Each drive has a manifest with the MD5 of every part. A check of the drive against it finds what is damaged or missing.",
            next: "Nothing: this is the last step. The report says what to fetch again.",
            when: "Check before the blobs are deleted from the account. A hard disk takes an hour for each 0.5 to 1 TB.",
        },
    }
}
