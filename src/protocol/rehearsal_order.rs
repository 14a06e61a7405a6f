//! What a person who rehearses can ask of the simulated Azure. Data only.

use strum::VariantArray;

/// What a person who rehearses asks of the simulated Azure. The variants stand in the order of the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, VariantArray)]
pub enum RehearsalOrder {
    /// The clock goes a day forward.
    Day,
    /// The clock goes to the next stage of the job.
    NextStage,
    /// The parcel never arrives.
    LoseParcel,
    /// A drive is not in the parcel.
    LoseDrive,
    /// Some blobs cannot be copied.
    FailBlobs,
    /// Two weeks pass and the job is dropped.
    DropJob,
    /// The location that takes its drives is closed.
    CloseLocation,
    /// The service asks to wait.
    Throttle,
    /// The keys come days after the drives.
    DelayKeys,
    /// A drive comes back damaged.
    DamageDrive,
}
