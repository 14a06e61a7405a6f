//! A simulated Azure on loopback: sign-in, Azure Resource Manager, Microsoft.ImportExport and Blob storage over real HTTP.
//! It is for rehearsals, tests and other clients; it never talks to Azure and its addresses lead nowhere.
//!
//! Two requests control the simulator itself, for tests in another process:
//!
//! - `POST /simulator/clock` with `{"advanceHours": 48}` moves the simulated clock forward and answers `{"now": "..."}`.
//! - `POST /simulator/faults` with one fault or a list of them, see [`FaultRule`]; `DELETE` forgets all of them.
//!
//! The way of a request: `server` (connections, journal) asks `faults` for a fault, then `services` passes the request to
//! `auth`, `arm` (with `storage` and `jobs` below it), `blob` or `control`; `fault_response` answers in their place, and
//! `wire` writes the response. The services share `state`, whose parts are `directory`, `locations`, `clock`, the blob
//! content and the jobs. A request and a response are in `response`; `options` and `endpoints` are for the caller.

mod arm;
mod auth;
mod blob;
mod clock;
mod control;
mod directory;
mod endpoints;
mod fault_response;
mod faults;
mod jobs;
mod locations;
mod options;
mod response;
mod server;
mod services;
mod state;
mod storage;
mod wire;

pub use clock::ClockReading;
pub use endpoints::SimEndpoints;
pub use faults::{FaultAction, FaultRule, Faults};
pub use options::{SimError, SimOptions, Synthetic};
pub use server::{SeenRequest, Sim, start};
