//! Drafts: the answers of a person so far, kept on disk. No field holds a secret.
//!
//! - `draft`: the draft as one value; `id` its name, `entry` its line on the start screen
//! - `answers`, `drives`, `direct`, `server`: the answers of each step
//! - `journal`: requests noted before they are sent; `job`: the job as last read; `verified`: the checks of its drives
//! - `next`: what comes next with an export and until when, from `facts`; `next_words` and `job_deadline` say it in words
//! - `transfer`: a draft as one file for another machine
//! - `file`: how a draft stands in its file; `migrate` reads a file of any version
//! - `store`: the directory of files and the locks; `unlocked` says why an open draft has none

mod answers;
mod direct;
mod draft;
mod drives;
mod entry;
mod facts;
mod file;
mod id;
mod job;
mod job_deadline;
mod journal;
pub mod migrate;
mod next;
mod next_words;
mod server;
pub mod store;
pub mod transfer;
mod unlocked;
mod verified;

pub use answers::{
    AddressAnswers, ChosenAccount, ChosenBlobs, ChosenLocation, DriveCheck, EncryptionAnswers, JobAnswers,
    ParcelAnswers, SignedIn, TypedAddress,
};
pub use direct::DirectAccount;
pub use draft::{Cancellation, Draft, VERSION};
pub use drives::{CountedTotals, DriveAnswers, PartOf, PlannedDrives};
pub use entry::{DraftEntry, DraftSummary, ReadyDraft, UsedSignIn};
pub use facts::{EventTime, ExportFacts};
pub use id::DraftId;
pub use job::{Gone, KnownDrive, KnownJob};
pub use job_deadline::{JobDeadline, TimeLeft};
pub use journal::{CreateIntention, Intention, Journal};
pub use next::{Consequence, Deadline, DueTime, NextTask, TaskGroup, TaskKind};
pub use server::AccountServer;
pub use unlocked::Unlocked;
pub use verified::{Verification, VerifiedDrive};
