//! A simulated Azure on loopback: sign-in, Azure Resource Manager, Microsoft.ImportExport and Blob storage over real HTTP.
//! It is for rehearsals, tests and other clients; it never talks to Azure and its addresses lead nowhere.
//!
//! Besides the wire of the services it answers two requests of its own, for tests that cannot reach [`Sim::faults`]:
//!
//! - `POST /simulator/clock` with `{"advanceHours": 48}` hurries the simulated clock and answers `{"now": "..."}`.
//! - `POST /simulator/faults` with one fault or a list of them, see [`FaultRule`]; `DELETE` forgets all of them.

mod arm;
mod auth;
mod blob;
mod clock;
mod control;
mod directory;
mod faults;
mod jobs;
mod locations;
mod response;
mod server;
mod state;
mod storage;
mod wire;

use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use serde::Serialize;

pub use faults::{FaultAction, FaultRule, Faults};
pub use server::{SeenRequest, Sim, start};

/// How one simulated Azure is started.
#[derive(Debug, Clone)]
pub struct SimOptions {
    /// Address to listen on; loopback only, port 0 takes a free one.
    pub listen: SocketAddr,
    /// Simulated seconds per real second; 0 stops the clock, which then moves only when told to.
    pub clock_rate: f64,
    /// The rate counts only while the drives of a job are under way; at all other times the clock goes at the real pace, so that
    /// nobody has to hurry.
    pub hurry_under_way: bool,
    /// File that keeps jobs, uploads and the clock, so that a rehearsal goes on after the program ended.
    pub state_file: Option<PathBuf>,
    /// Serve a generated account instead of the sample account as the one in [`SimEndpoints`].
    pub synthetic: Option<Synthetic>,
    /// Added to every answer.
    pub latency: Duration,
}

impl Default for SimOptions {
    /// A free loopback port, a clock at the pace of the real one, nothing kept.
    fn default() -> Self {
        Self {
            listen: SocketAddr::from(([127, 0, 0, 1], 0)),
            clock_rate: 1.0,
            hurry_under_way: false,
            state_file: None,
            synthetic: None,
            latency: Duration::ZERO,
        }
    }
}

/// What the simulated clock shows at a moment, and how it goes on.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ClockReading {
    /// Simulated now.
    pub now: jiff::Timestamp,
    /// Simulated seconds per real second.
    pub pace: f64,
    /// When that pace ends and the real one begins; `None` when it never does.
    pub until: Option<jiff::Timestamp>,
}

/// A generated account: container `bench`, folders `d0000/`, `d0001/`, ... of a thousand blobs, 1 KB list entries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Synthetic {
    /// How many blobs the account has.
    pub blobs: u64,
}

/// Where a client finds the simulated services, and credentials they accept; made up, so not secret.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct SimEndpoints {
    /// Base URL of Azure Resource Manager, without a closing slash.
    pub arm: String,
    /// Base URL of the sign-in authority, without a closing slash.
    pub authority: String,
    /// Tenant id.
    pub tenant: String,
    /// Id of the first subscription.
    pub subscription: String,
    /// Resource group of the storage account.
    pub resource_group: String,
    /// Azure Resource Manager id of the storage account.
    pub storage_account: String,
    /// Blob endpoint of the storage account, account name in the path, without a closing slash.
    pub blob: String,
    /// Account key of the storage account, base64.
    pub storage_key: String,
    /// A bearer token that every simulated service accepts.
    pub token: String,
}

/// Why a simulated Azure did not start.
#[derive(Debug, thiserror::Error)]
pub enum SimError {
    /// The address is not on loopback.
    #[error("the simulated Azure listens on loopback only, and {0} is not a loopback address; use 127.0.0.1:PORT")]
    NotLoopback(SocketAddr),
    /// The port could not be opened.
    #[error("could not listen on {listen}: {source}; choose another port, or 0 for a free one")]
    Listen {
        /// The address asked for.
        listen: SocketAddr,
        /// What the system said.
        source: std::io::Error,
    },
    /// The state file could not be read or has another form.
    #[error("could not read the rehearsal state in {path}: {reason}; move the file away to start a new rehearsal")]
    State {
        /// The state file.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// One of the files in `assets/rehearsal` is broken; a fault of this program.
    #[error("the built-in rehearsal data is broken ({0}); this is a fault of Blobfreight, please report it")]
    Assets(String),
}
