//! A simulated Azure on loopback: sign-in, Azure Resource Manager, Microsoft.ImportExport, Microsoft.DataBox and Blob storage
//! over real HTTP.
//! It is for rehearsals, tests and other clients; it never talks to Azure and its addresses lead nowhere.
//!
//! Four requests control the simulator itself, for tests in another process:
//!
//! - `POST /simulator/clock` with `{"advanceHours": 48}` moves the simulated clock forward and answers `{"now": "..."}`.
//! - `POST /simulator/faults` with one fault or a list of them, see [`FaultRule`]; `DELETE` forgets all of them.
//! - `POST /simulator/drives` with a list of damages does them to the drives that were written, see `drives`; `GET` names their folders.
//! - `POST /simulator/switches` with some of [`Switches`]: how the services behave where nobody documents it.
//!
//! The way of a request: `server` (connections, journal) asks `faults` for a fault, then `services` passes the request to
//! `auth` (the sign-in authority), `arm` (with `permissions`, `storage`, `locks`, `import_export` and `data_box` below it), `blob` or `control`; `fault_response` answers in their place,
//! `reply_fault` changes what they answer, and
//! `wire` writes the response. The services share `state`, whose parts are `directory` (read by `asset`), `locations`, `clock`,
//! `registrations`, `switches` (with `failures`), the blob content and the jobs, whose life is in `jobs`; `drives` writes what comes back as folders. A request and a response are in `response`; `options` and `endpoints` are for the caller.

mod arm;
mod asset;
mod auth;
mod blob;
mod clock;
mod control;
mod data_box;
mod directory;
mod drives;
mod endpoints;
mod failures;
mod fault_response;
mod faults;
mod import_export;
mod jobs;
mod locations;
mod locks;
mod options;
mod permissions;
mod registrations;
mod rehearse;
mod reply_fault;
mod response;
mod server;
mod services;
mod state;
mod storage;
mod switches;
mod vault_access;
mod wire;

pub use clock::ClockReading;
pub use endpoints::SimEndpoints;
pub use failures::{BlobFailureRule, FailureCause};
pub use faults::{FaultAction, FaultRule, Faults};
pub use options::{SimError, SimOptions, Synthetic};
pub use rehearse::Mishap;
pub use server::{SeenRequest, Sim, start};
pub use switches::{
    Acceptance, Consent, CopyCourse, CountryForm, CreateFailureShape, DataBoxOffer, ExistingJob, Expiry,
    ImportExportOffer, InlineSlash, KeyFormat, KeysFrom, ListDetails, LockEnd, LogCourse, LogLinks, OperationEnd,
    PersonRoles, ReturnTracking, Switches,
};
pub use vault_access::VaultAccess;
