//! The clock of a rehearsal as the wizard knows it: what it showed when it was last told, and how it has gone on since.

use jiff::{SignedDuration, Timestamp};

/// The simulated clock since it was last told.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SimulatedClock {
    /// When it was told, in real time.
    pub told: Timestamp,
    /// What it showed then.
    pub showed: Timestamp,
    /// Its seconds per real second.
    pub pace: f64,
    /// When that pace ends and the real one begins; `None` when it never does.
    pub until: Option<Timestamp>,
}

impl SimulatedClock {
    /// What it shows at a real time.
    pub fn at(&self, real: Timestamp) -> Timestamp {
        let passed = real.duration_since(self.told).as_secs_f64().max(0.0);
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

    /// `1 s = 6 h`, or that it goes as any other clock.
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
        let clock = SimulatedClock { told: at(0), showed: at(0), pace: 21_600.0, until: Some(at(43_200)) };
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
