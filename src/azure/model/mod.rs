//! Azure's nouns as plain data, as the rest of the program may know them. No wire format and no IO lives here.

mod access;
mod account;
mod blob;
mod identity;
mod job;
mod location;
mod masked;
mod page;

pub use access::Access;
pub use account::{Provider, ResourceGroup, StorageAccount, Subscription};
pub use blob::{BlobItem, BlobKind, Container, Entry};
pub use identity::{Identity, SignInMethod};
pub use job::{
    BitLockerKey, BlobList, DeliveryPackage, EncryptionKey, Job, JobAddress, JobChange, JobDrive, JobState, LogLevel,
    NewJob, ReturnAddress, ReturnPackage, ReturnShipping,
};
pub use location::{Location, LocationName, ShippingAddress};
pub use masked::{masked, placeholder};
pub use page::Page;
