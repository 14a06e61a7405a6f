//! How a simulated Azure is started, and the reasons why it does not start.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use super::switches::Switches;

/// How one simulated Azure is started.
#[derive(Debug, Clone)]
pub struct SimOptions {
    /// Address to listen on; loopback only, port 0 takes a free one.
    pub listen: SocketAddr,
    /// Simulated seconds per real second; with 0 the clock moves only by [`super::Sim::advance`].
    pub clock_rate: f64,
    /// The rate counts only while the drives of a job are under way; at all other times the clock goes at the real pace.
    pub hurry_under_way: bool,
    /// File that keeps jobs, uploads and the clock, so that a rehearsal continues at the next start.
    pub state_file: Option<PathBuf>,
    /// Put a generated account into [`super::SimEndpoints`] instead of the sample account.
    pub synthetic: Option<Synthetic>,
    /// Folder for the drives of jobs: each is written there as a folder when its blobs are copied.
    pub drives: Option<PathBuf>,
    /// Time before each response.
    pub latency: Duration,
    /// How the services behave where nobody documents it.
    pub switches: Switches,
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
            drives: None,
            latency: Duration::ZERO,
            switches: Switches::default(),
        }
    }
}

/// A generated account: container `bench`, folders `d0000/`, `d0001/`, ... of a thousand blobs, 1 KB list entries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Synthetic {
    /// How many blobs the account has.
    pub blobs: u64,
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
        /// The address.
        listen: SocketAddr,
        /// The error of the system.
        source: std::io::Error,
    },
    /// The state file could not be read or has another form.
    #[error("could not read the rehearsal state in {path}: {reason}; move the file away to start a new rehearsal")]
    State {
        /// The state file.
        path: PathBuf,
        /// The reason.
        reason: String,
    },
    /// One of the files in `assets/rehearsal` is broken: an error of this program.
    #[error("the built-in rehearsal data is broken ({0}); this is a fault of Blobfreight, please report it")]
    Assets(String),
}
