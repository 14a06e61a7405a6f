//! What a call can tell before it is answered. A new kind is added here; whoever carries the call out tells it, and the step that owns
//! the slot shows it.

use std::time::Duration;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::azure::model::SignInPrompt;
use crate::plan::count::CountProgress;
use crate::verify::rules::MeterReading;

/// Something to tell of a call under way.
#[derive(Debug, Serialize, Deserialize)]
pub enum ProgressEvent {
    /// It waits before it is sent again.
    Waits {
        /// How long from now.
        delay: Duration,
        /// Why, in a few words: `no connection to the service`.
        reason: String,
        /// The service said how long.
        asked: bool,
    },
    /// What the service's clock shows, where that is not the real time: in a rehearsal. It holds for every call.
    Clock {
        /// What it shows.
        now: Timestamp,
        /// Its seconds per real second.
        pace: f64,
        /// When that pace ends and the real one begins; `None` when it never does.
        until: Option<Timestamp>,
    },
    /// It waits for the person to sign in, and how; `None` once it no longer does.
    SignIn(Option<SignInPrompt>),
    /// How far a count is. At most eight a second.
    Counted(CountProgress),
    /// How far a check of drives is. At most four a second.
    Checked(Box<MeterReading>),
}
