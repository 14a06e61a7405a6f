//! The clock of the simulated Azure. It runs faster than real time, e.g. 6 hours in a second; the wizard computes it from the last
//! reading it received.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

/// The time that has passed since. Where the machine's clock was set back meanwhile nobody knows; then it is long enough for whatever waits,
/// which otherwise would wait until the clock is there again.
pub fn passed(since: Timestamp, now: Timestamp) -> Duration {
    Duration::try_from(now.duration_since(since)).unwrap_or(Duration::MAX)
}

/// The last reading of the simulated clock.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SimulatedClock {
    /// The real time at which the reading came.
    pub received: Timestamp,
    /// The simulated time at that moment.
    pub showed: Timestamp,
    /// Its seconds per real second.
    pub pace: f64,
    /// The simulated time from which it runs at the real pace; `None` if it never does.
    pub until: Option<Timestamp>,
}

impl SimulatedClock {
    /// The simulated time at a real time.
    pub fn at(&self, real: Timestamp) -> Timestamp {
        let passed = real.duration_since(self.received).as_secs_f64().max(0.0);
        let there = later(self.showed, passed * self.pace);
        match self.until.filter(|until| *until > self.showed && *until < there) {
            Some(until) => {
                let hurried = until.duration_since(self.showed).as_secs_f64() / self.pace;
                later(until, passed - hurried)
            }
            None => there,
        }
    }

    /// Its seconds per real second at a real time.
    pub fn pace_at(&self, real: Timestamp) -> f64 {
        if self.until.is_some_and(|until| until <= self.at(real)) { 1.0 } else { self.pace }
    }

    /// The pace in words: `1 s = 6 h`, or `real pace`.
    pub fn words(&self, real: Timestamp) -> String {
        let pace = self.pace_at(real);
        let (amount, unit) = match pace {
            3_600.0.. => (pace / 3_600.0, "h"),
            60.0.. => (pace / 60.0, "min"),
            _ => (pace, "s"),
        };
        let is_real = (pace - 1.0).abs() < 0.01;
        if is_real { "real pace".to_owned() } else { format!("1 s = {} {unit}", (amount * 10.0).round() / 10.0) }
    }
}

fn later(time: Timestamp, seconds: f64) -> Timestamp {
    let by = SignedDuration::try_from_secs_f64(seconds).unwrap_or(SignedDuration::ZERO);
    time.checked_add(by).unwrap_or(Timestamp::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_second(1_700_000_000 + seconds).unwrap()
    }

    #[test]
    fn it_goes_on_as_it_was_told_and_slows_down_where_it_was_told_to() {
        let clock = SimulatedClock { received: at(0), showed: at(0), pace: 21_600.0, until: Some(at(43_200)) };
        assert_eq!((clock.at(at(1)), clock.words(at(1))), (at(21_600), "1 s = 6 h".to_owned()));
        assert_eq!((clock.at(at(12)), clock.words(at(12))), (at(43_210), "real pace".to_owned()));
        let still = SimulatedClock { pace: 1.0, until: Some(at(0)), ..clock };
        assert_eq!((still.at(at(60)), still.words(at(60))), (at(60), "real pace".to_owned()));
        for (pace, words) in
            [(20_000.0, "1 s = 5.6 h"), (600.0, "1 s = 10 min"), (2.0, "1 s = 2 s"), (0.0, "1 s = 0 s")]
        {
            assert_eq!(SimulatedClock { pace, until: None, ..clock }.words(at(1)), words);
        }
    }
}
