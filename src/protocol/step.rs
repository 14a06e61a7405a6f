//! The steps of the wizard by name, in the order a person takes them. What a step does is in `wizard::steps`.

use serde::{Deserialize, Serialize};
use strum::VariantArray;

/// A step. The variants stand in the order a person takes them; every other list of steps is derived from this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, VariantArray)]
#[serde(rename_all = "kebab-case")]
pub enum Step {
    /// Cloud and identity.
    SignIn,
    /// Subscription and storage account.
    Account,
    /// What is exported.
    Blobs,
    /// How many drives that takes.
    Drives,
    /// Where the drives come back to, and with whom.
    Address,
    /// Where drives are shipped.
    Location,
    /// Job name and options.
    Options,
    /// Everything on one page, and the button.
    Review,
    /// The parcel to Microsoft.
    Ship,
    /// The job's progress.
    Follow,
    /// BitLocker keys.
    Keys,
    /// Whether what came back is right.
    Verify,
}

impl Step {
    /// All steps in order.
    pub const ALL: &[Self] = Self::VARIANTS;

    /// The steps before Review: the job is made of their answers.
    pub const ANSWERS: &[Self] = Self::VARIANTS.split_at(Self::Review as usize).0;

    /// Short name for the rail.
    pub fn name(self) -> &'static str {
        match self {
            Self::SignIn => "Sign in",
            Self::Account => "Account",
            Self::Blobs => "Blobs",
            Self::Drives => "Drives",
            Self::Location => "Location",
            Self::Address => "Return address",
            Self::Options => "Job",
            Self::Review => "Review",
            Self::Ship => "Ship",
            Self::Follow => "Follow",
            Self::Keys => "Keys",
            Self::Verify => "Verify",
        }
    }

    /// Title of its screen.
    pub fn title(self) -> &'static str {
        match self {
            Self::SignIn => "Sign in to Azure",
            Self::Account => "Storage account",
            Self::Blobs => "Blobs to export",
            Self::Drives => "Drives to buy",
            Self::Location => "Shipping location",
            Self::Address => "Return address and carrier",
            Self::Options => "Job name and options",
            Self::Review => "Review and create",
            Self::Ship => "Ship the drives",
            Self::Follow => "Follow the job",
            Self::Keys => "BitLocker keys",
            Self::Verify => "Verify the drives",
        }
    }

    /// What its screen is for, one line.
    pub fn purpose(self) -> &'static str {
        match self {
            Self::SignIn => "Which cloud, and as whom.",
            Self::Account => "Whose blobs are exported. One account a job.",
            Self::Blobs => "Space checks what goes on the drives.",
            Self::Drives => "How many, and what will not come back.",
            Self::Location => "Which datacenter receives your drives.",
            Self::Address => "Where the drives come back to, and with whom.",
            Self::Options => "What the job is called and what it logs.",
            Self::Review => "Every answer, and the one act that counts.",
            Self::Ship => "Tell the service that the parcel is on its way.",
            Self::Follow => "Where the drives are. Reads itself again.",
            Self::Keys => "What unlocks the returned drives. Save them.",
            Self::Verify => "Whether every byte that came back is right.",
        }
    }

    /// Place in the order, from 0.
    pub fn index(self) -> usize {
        self as usize
    }

    /// The step after this one.
    pub fn next(self) -> Option<Self> {
        Self::ALL.get(self.index() + 1).copied()
    }

    /// The step before this one.
    pub fn previous(self) -> Option<Self> {
        self.index().checked_sub(1).and_then(|index| Self::ALL.get(index)).copied()
    }
}
