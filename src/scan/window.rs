//! How many requests may be in flight: more while the service answers, fewer when it throttles. Pure.

/// Requests in flight when a scan starts.
const INITIAL: usize = 8;

/// The number of requests that may be in flight, by additive increase and multiplicative decrease.
#[derive(Clone, Debug)]
pub(super) struct ConcurrencyWindow {
    size: usize,
    limit: usize,
    /// Answers until the window grows by one. Zero before the service throttles for the first time: then every answer lets it grow.
    answers_to_grow: usize,
    /// Answers since the window changed.
    answers: usize,
    /// Throttling answers still to ignore: they belong to requests sent before the last decrease.
    ignored: usize,
}

impl ConcurrencyWindow {
    /// A window of at most `limit` requests; `limit` is cut to 1..=64.
    pub(super) fn new(limit: usize) -> Self {
        let limit = limit.clamp(1, 64);
        Self { size: limit.min(INITIAL), limit, answers_to_grow: 0, answers: 0, ignored: 0 }
    }

    pub(super) fn size(&self) -> usize {
        self.size
    }

    /// Notes a page that came.
    pub(super) fn answered(&mut self) {
        self.ignored = self.ignored.saturating_sub(1);
        self.answers += 1;
        if self.answers >= self.answers_to_grow {
            self.answers = 0;
            self.size = (self.size + 1).min(self.limit);
            self.answers_to_grow = if self.answers_to_grow == 0 { 0 } else { self.size };
        }
    }

    /// Notes that the service asked to slow down.
    pub(super) fn throttled(&mut self) {
        if self.ignored > 0 {
            self.ignored -= 1;
            return;
        }
        self.ignored = self.size.saturating_sub(1);
        self.size = (self.size / 2).max(1);
        self.answers_to_grow = self.size;
        self.answers = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_window_is_halved_by_throttling_and_grows_back_one_by_one() {
        let mut window = ConcurrencyWindow::new(16);
        (0..20).for_each(|_| window.answered());
        assert_eq!(window.size(), 16);
        (0..16).for_each(|_| window.throttled());
        assert_eq!(window.size(), 8, "one wave of throttling counts once");
        window.throttled();
        assert_eq!(window.size(), 4);
        (0..5).for_each(|_| window.answered());
        assert_eq!(window.size(), 5);
    }
}
