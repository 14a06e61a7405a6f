//! The simulated clock: an anchor, a rate and hours added by hand. It stands still while no program runs it.

use std::time::Instant;

use jiff::{SignedDuration, Timestamp};

/// A clock that runs `rate` times as fast as the real one.
#[derive(Debug, Clone)]
pub struct Clock {
    anchor: Timestamp,
    since: Instant,
    rate: f64,
}

impl Clock {
    /// A clock that shows `anchor` at this moment.
    pub fn starting_at(anchor: Timestamp, rate: f64) -> Self {
        Self { anchor, since: Instant::now(), rate: if rate.is_finite() { rate.max(0.0) } else { 1.0 } }
    }

    /// Simulated now; never beyond what a timestamp can hold.
    pub fn now(&self) -> Timestamp {
        let elapsed = SignedDuration::try_from_secs_f64(self.since.elapsed().as_secs_f64() * self.rate)
            .unwrap_or(SignedDuration::ZERO);
        self.anchor.checked_add(elapsed).unwrap_or(Timestamp::MAX)
    }

    /// Moves the clock forward.
    pub fn advance(&mut self, by: SignedDuration) {
        self.anchor = self.anchor.checked_add(by.max(SignedDuration::ZERO)).unwrap_or(self.anchor);
    }
}

/// The date form of HTTP headers and of Blob listings, `Fri, 03 Apr 2026 10:11:12 GMT`.
pub fn http_date(at: Timestamp) -> String {
    at.strftime("%a, %d %b %Y %H:%M:%S GMT").to_string()
}

/// The seven-digit form of snapshot identifiers, `2026-04-03T10:11:12.1234567Z`.
pub fn seven_digits(at: Timestamp) -> String {
    let ticks = at.subsec_nanosecond().max(0) / 100;
    format!("{}.{ticks:07}Z", at.strftime("%Y-%m-%dT%H:%M:%S"))
}
