//! The simulated clock: a start, a rate and hours added by request. It stands still while the program does not run.

use std::time::Instant;

use jiff::{SignedDuration, Timestamp};

/// The time of the simulated clock, and its pace.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ClockReading {
    /// Simulated now.
    pub now: Timestamp,
    /// Simulated seconds per real second.
    pub pace: f64,
    /// When that pace ends and the real one begins; `None` when it never does.
    pub until: Option<Timestamp>,
}

/// A clock that runs `rate` times as fast as the real one: always, or only until a certain time and at the real pace from then on.
#[derive(Debug, Clone)]
pub(super) struct SimClock {
    anchor: Timestamp,
    since: Instant,
    rate: f64,
    until: Option<Timestamp>,
}

impl SimClock {
    /// A clock that shows `anchor` at this moment and always runs at `rate`.
    pub(super) fn starting_at(anchor: Timestamp, rate: f64) -> Self {
        let rate = if rate.is_finite() { rate.max(0.0) } else { 1.0 };
        Self { anchor, since: Instant::now(), rate, until: None }
    }

    /// The same clock, at the real pace until [`Self::hurry_until`] says otherwise.
    pub(super) fn unhurried(self) -> Self {
        Self { until: Some(self.anchor), ..self }
    }

    /// Simulated now; never beyond what a timestamp can hold.
    pub(super) fn now(&self) -> Timestamp {
        self.after(self.since.elapsed().as_secs_f64())
    }

    /// What it shows so many real seconds after it was set.
    fn after(&self, real: f64) -> Timestamp {
        let Some(until) = self.until else { return later(self.anchor, real * self.rate) };
        let way = until.duration_since(self.anchor).as_secs_f64().max(0.0);
        if real * self.rate < way {
            return later(self.anchor, real * self.rate);
        }
        let hurried = if way > 0.0 { way / self.rate } else { 0.0 };
        later(self.anchor.max(until), real - hurried)
    }

    /// Simulated seconds per real second at this moment.
    pub(super) fn pace(&self) -> f64 {
        if self.until.is_some_and(|until| until <= self.now()) { 1.0 } else { self.rate }
    }

    /// Until when it runs faster than the real one; `None` when it always does.
    pub(super) fn until(&self) -> Option<Timestamp> {
        self.until
    }

    /// Runs at its rate until then, if it is one that does not always.
    pub(super) fn hurry_until(&mut self, until: Timestamp) {
        if self.until.is_some_and(|known| known < until) {
            self.set(self.now());
            self.until = Some(until);
        }
    }

    /// Moves the clock forward.
    pub(super) fn advance(&mut self, by: SignedDuration) {
        let now = self.now();
        self.set(now.checked_add(by.max(SignedDuration::ZERO)).unwrap_or(now));
    }

    fn set(&mut self, anchor: Timestamp) {
        (self.anchor, self.since) = (anchor, Instant::now());
    }
}

fn later(time: Timestamp, seconds: f64) -> Timestamp {
    let by = SignedDuration::try_from_secs_f64(seconds).unwrap_or(SignedDuration::ZERO);
    time.checked_add(by).unwrap_or(Timestamp::MAX)
}

/// The date form of HTTP headers and of Blob listings, `Fri, 03 Apr 2026 10:11:12 GMT`.
pub(super) fn http_date(at: Timestamp) -> String {
    at.strftime("%a, %d %b %Y %H:%M:%S GMT").to_string()
}

/// The seven-digit form of snapshot identifiers, `2026-04-03T10:11:12.1234567Z`.
pub(super) fn seven_digits(at: Timestamp) -> String {
    let ticks = at.subsec_nanosecond().max(0) / 100;
    format!("{}.{ticks:07}Z", at.strftime("%Y-%m-%dT%H:%M:%S"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(hours: i64) -> Timestamp {
        Timestamp::UNIX_EPOCH.checked_add(SignedDuration::from_hours(hours)).unwrap()
    }

    #[test]
    fn it_hurries_until_a_time_and_goes_at_the_real_pace_from_then_on() {
        let still = SimClock::starting_at(at(0), 3_600.0).unhurried();
        assert_eq!((still.after(3_600.0), still.pace()), (at(1), 1.0));
        let mut clock = still;
        clock.until = Some(at(10));
        assert_eq!(clock.after(5.0), at(5));
        assert_eq!(clock.after(10.0), at(10));
        assert_eq!(clock.after(10.0 + 3_600.0), at(11));
        assert!(clock.pace() > 1.0);
    }

    #[test]
    fn moving_it_forward_moves_it_by_that_much_whatever_its_pace() {
        for clock in [SimClock::starting_at(at(0), 0.0), SimClock::starting_at(at(0), 0.0).unhurried()] {
            let mut clock = clock;
            clock.advance(SignedDuration::from_hours(48));
            let moved = clock.now().duration_since(at(48)).as_secs();
            assert!((0..60).contains(&moved), "{moved}");
        }
    }
}
