//! What must be on a drive and what can be wrong with it. Pure: no file is opened here.
//!
//! - `promise`: one blob as the manifest promises it. `finding`: the kinds of fault and one finding.
//! - `drive_path`: which paths of a manifest are followed. `names`: names that differ in spelling only.
//! - `from_log`: what the service's logs promise and tell.
//! - `request`: the drives of a check. `meter_reading`: how far it is. `outcome`: what came of it.
//! - `number_set`, `entry_bits`: sets of entry numbers. `swap`: files that hold each other's bytes.

mod drive_path;
mod entry_bits;
mod finding;
mod from_log;
mod meter_reading;
mod names;
mod number_set;
mod outcome;
mod promise;
mod request;
mod swap;

pub use drive_path::{DrivePath, PathProblem};
pub use entry_bits::EntryBits;
pub use finding::{DriveFault, DriveFinding, Severity};
pub use from_log::{ServiceNames, promised_by, told_by};
pub use meter_reading::{MeterReading, PromisedTotal};
pub use names::{folded, key_of};
pub use number_set::NumberSet;
pub use outcome::{BlobAgain, CheckOutcome, DriveOutcome, DriveVerdict};
pub use promise::{FilePart, MD5_OF_NOTHING, Md5Sum, PartKind, PromisedFile, SideFile, md5_text, read_md5};
pub use request::{AttachedDrive, AttachedState, ExpectedDrive, NamedDrive, same_drive};
pub use swap::{ContentMark, DamagedContent, swapped};
