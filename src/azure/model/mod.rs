//! Azure's nouns as plain data, for every layer of the program. No wire format and no IO.

mod access;
mod account;
mod blob;
mod blob_settings;
mod check;
mod identity;
mod job;
mod key;
mod location;
mod lock;
mod masked;
mod offer;
mod page;
mod permission;
mod service;
mod shipping;
mod status;

pub use access::Access;
pub use account::{Provider, ResourceGroup, StorageAccount, Subscription};
pub use blob::{BlobItem, BlobKind, Container, Entry};
pub use blob_settings::{BlobSettings, LifecycleRule};
pub use check::{CheckResult, CheckSubject, JobCheck};
pub use identity::{Identity, SignInMethod};
pub use job::{BlobList, EncryptionKey, Job, JobAddress, JobChange, JobDrive, LogLevel, NewJob};
pub use key::{BitLockerKey, KeyForm};
pub use location::{Location, LocationName, ShippingAddress};
pub use lock::ResourceLock;
pub use masked::{masked, placeholder};
pub use offer::{LocationQuery, Offer, ServiceOffer};
pub use page::Page;
pub use permission::{Allowed, Permission, allows, allows_data};
pub use service::ServiceName;
pub(crate) use shipping::joined;
pub use shipping::{AddressKind, DeliveryPackage, ReturnAddress, ReturnPackage, ReturnShipping};
pub use status::{JobActions, JobStage, JobState, JobStatus, ServiceError, StageDelay, StageProgress};
