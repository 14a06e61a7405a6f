//! How many requests may be in flight. Two things decide, and the smaller number counts. Pure.
//!
//! - *What helps*: while pages spend their time on the way, more requests at once read more; once the processor is busy reading pages, they
//!   only wait for each other. So the number follows from the time that a page takes and the part of it that reading takes, e.g. 35 ms
//!   and 4 ms: two processors are busy with 18 requests.
//! - *What the service takes*: when it throttles, half as many, then one more after so many answers as there are requests. The number at
//!   which it throttled is not tried again before many answers later.

use std::time::Duration;

/// Requests in flight before the first page was measured.
const INITIAL: usize = 4;

/// Requests beyond those that the average page needs, for pages that take longer.
const SPARE: usize = 2;

/// The number grows when the measured one is larger by this factor: once the processor is busy, both are about the same.
const GROWS_FROM: f64 = 1.25;

/// The part that the latest page has in the average.
const LATEST: f64 = 0.125;

/// Answers for each request of the window until a number at which the service throttled is tried again.
const ANSWERS_UNTIL_TRIED_AGAIN: usize = 50;

/// How long a page took.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct PageTime {
    /// From the request to the end of the page.
    pub(super) whole: Duration,
    /// The part of it that the page was read in, without waiting for bytes.
    pub(super) reading: Duration,
}

/// The number of requests that may be in flight.
#[derive(Clone, Debug)]
pub(super) struct ConcurrencyWindow {
    /// Requests at most, as the person set it.
    limit: usize,
    /// Pages that can be read at the same time.
    processors: usize,
    /// Requests that help, as measured.
    useful: usize,
    /// Average seconds of a page, and of reading it.
    average: Option<(f64, f64)>,
    /// Requests that the service takes, as far as known.
    taken: usize,
    /// The service throttled at one more than this.
    ceiling: usize,
    /// Answers since `taken` changed, and since the service throttled.
    answers: (usize, usize),
    /// Throttling answers still to ignore: they belong to requests sent before the last decrease.
    ignored: usize,
}

impl ConcurrencyWindow {
    /// A window of at most `limit` requests, read by so many processors; `limit` is cut to 1..=64.
    pub(super) fn new(limit: usize, processors: usize) -> Self {
        let limit = limit.clamp(1, 64);
        Self {
            limit,
            processors,
            useful: INITIAL,
            average: None,
            taken: limit,
            ceiling: limit,
            answers: (0, 0),
            ignored: 0,
        }
    }

    pub(super) fn size(&self) -> usize {
        self.useful.min(self.taken).min(self.limit)
    }

    /// The size, while it is the service that keeps it smaller than what helps.
    pub(super) fn reduced(&self) -> Option<usize> {
        (self.taken < self.useful.min(self.limit)).then(|| self.size())
    }

    /// Notes how long a page took.
    pub(super) fn measured(&mut self, time: PageTime) {
        let (whole, reading) = (time.whole.as_secs_f64(), time.reading.as_secs_f64());
        let (old_whole, old_reading) = self.average.unwrap_or((whole, reading));
        let average = |old: f64, new: f64| old + (new - old) * LATEST;
        let (whole, reading) = (average(old_whole, whole), average(old_reading, reading));
        self.average = Some((whole, reading));
        // Conversions to a whole number saturate, and no window is larger than 64.
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss)]
        let busy = |factor: f64| (self.processors as f64 * whole / (reading.max(1e-6) * factor)).ceil() as usize;
        if busy(GROWS_FROM) > self.useful {
            self.useful = busy(1.0).saturating_add(SPARE).min(self.limit);
        }
    }

    /// Notes a page that came.
    pub(super) fn answered(&mut self) {
        self.ignored = self.ignored.saturating_sub(1);
        self.answers = (self.answers.0 + 1, self.answers.1 + 1);
        if self.answers.0 >= self.taken && self.taken < self.ceiling {
            (self.taken, self.answers.0) = (self.taken + 1, 0);
        }
        if self.answers.1 >= self.ceiling * ANSWERS_UNTIL_TRIED_AGAIN && self.ceiling < self.limit {
            (self.ceiling, self.answers.1) = (self.ceiling + 1, 0);
        }
    }

    /// Notes that the service asked to slow down.
    pub(super) fn throttled(&mut self) {
        if self.ignored > 0 {
            self.ignored -= 1;
            return;
        }
        let size = self.size();
        self.ignored = size.saturating_sub(1);
        self.ceiling = size.saturating_sub(1).max(1);
        self.taken = (size / 2).max(1);
        self.answers = (0, 0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(whole: u64, reading: u64) -> PageTime {
        PageTime { whole: Duration::from_millis(whole), reading: Duration::from_millis(reading) }
    }

    #[test]
    fn t41_the_first_page_tells_how_many_requests_help() {
        for (time, size) in [(page(40, 4), 16), (page(14, 4), 9), (page(4, 4), 4), (page(30, 0), 16)] {
            let mut window = ConcurrencyWindow::new(16, 2);
            assert_eq!(window.size(), INITIAL);
            window.measured(time);
            assert_eq!(window.size(), size, "{time:?}");
        }
        let mut window = ConcurrencyWindow::new(3, 2);
        window.measured(page(500, 1));
        assert_eq!(window.size(), 3, "never more than the person allows");
    }

    /// Two processors read pages of 4 ms; whatever waits for them takes longer.
    #[test]
    fn a_busy_processor_is_not_given_more_requests() {
        for latency in [0, 2, 30] {
            let mut window = ConcurrencyWindow::new(64, 2);
            for _ in 0..1_000 {
                let whole = (latency + 4).max(window.size() as u64 * 4 / 2);
                window.measured(page(whole, 4));
            }
            let needed = usize::try_from((latency + 4) * 2 / 4).unwrap();
            assert!((needed..=needed + SPARE + INITIAL).contains(&window.size()), "{latency} ms: {}", window.size());
        }
    }

    #[test]
    fn t41_the_window_is_halved_by_throttling_and_grows_back_to_what_the_service_took() {
        let mut window = ConcurrencyWindow::new(16, 2);
        window.measured(page(1_000, 1));
        assert_eq!((window.size(), window.reduced()), (16, None));
        (0..16).for_each(|_| window.throttled());
        assert_eq!((window.size(), window.reduced()), (8, Some(8)), "one wave of throttling counts once");
        window.throttled();
        assert_eq!(window.size(), 4);
        (0..4).for_each(|_| window.answered());
        assert_eq!(window.size(), 5);
        (0..100).for_each(|_| window.answered());
        assert_eq!(window.size(), 7, "at eight it throttled");
        (0..1_000).for_each(|_| window.answered());
        assert!(window.size() > 8, "the service may take more by now");
    }
}
