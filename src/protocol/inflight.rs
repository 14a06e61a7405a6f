//! Which requests are under way: slots, ids, and when a spinner may be seen. Accepts or drops answers; sends nothing itself.

use std::collections::BTreeMap;
use std::time::Duration;

use jiff::Timestamp;

use crate::protocol::message::{Call, Effect, RequestId, Slot};

/// A request shorter than this shows no spinner.
pub const SPINNER_DELAY: Duration = Duration::from_millis(100);
/// A spinner once seen stays at least this long.
pub const SPINNER_STAY: Duration = Duration::from_secs(1);

/// A pause before a request is sent again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pause {
    /// Until when.
    pub until: Timestamp,
    /// Why, in a few words.
    pub reason: String,
    /// The service said how long.
    pub asked: bool,
}

impl Pause {
    /// What to say of it at `now`: `server asks to wait 12 s`, or `again in 2 s: no connection to the service`.
    pub fn words(&self, now: Timestamp) -> String {
        let left = self.until.duration_since(now).as_secs().max(0);
        if self.asked { format!("server asks to wait {left} s") } else { format!("again in {left} s: {}", self.reason) }
    }
}

/// A request under way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PendingRequest {
    id: RequestId,
    /// When it was started.
    pub since: Timestamp,
    /// It waits before the next try.
    pub waiting: Option<Pause>,
}

/// All requests under way.
#[derive(Clone, Debug, Default)]
pub struct PendingRequests {
    last: u64,
    requests: BTreeMap<Slot, PendingRequest>,
    lingering: BTreeMap<Slot, (Timestamp, Timestamp)>,
}

impl PendingRequests {
    /// An empty table that goes on counting where this one stands, so that no late answer fits by accident.
    pub fn following(&self) -> Self {
        Self { last: self.last, ..Self::default() }
    }

    /// Starts a request; an older one of the same slot is superseded and its answer will be dropped.
    pub fn start(&mut self, slot: Slot, call: Call, now: Timestamp) -> Effect {
        self.last += 1;
        let id = RequestId(self.last);
        self.requests.insert(slot, PendingRequest { id, since: now, waiting: None });
        Effect::Start { slot, id, call }
    }

    /// Gives up the slot's request, if there is one and it may be given up.
    pub fn cancel(&mut self, slot: Slot) -> Option<Effect> {
        if slot.is_write() {
            return None;
        }
        self.requests.remove(&slot).map(|_| Effect::Cancel(slot))
    }

    /// Gives up every request that may be given up.
    pub fn cancel_reads(&mut self) -> Vec<Effect> {
        let slots: Vec<Slot> = self.requests.keys().copied().collect();
        slots.into_iter().filter_map(|slot| self.cancel(slot)).collect()
    }

    /// Whether an answer is the one waited for; if so the slot is free again.
    pub fn accept(&mut self, slot: Slot, id: RequestId, now: Timestamp) -> bool {
        match self.requests.get(&slot) {
            Some(request) if request.id == id => {
                let seen = seen_from(request.since);
                if now >= seen {
                    self.lingering.insert(slot, (request.since, later(seen, SPINNER_STAY)));
                }
                self.requests.remove(&slot);
                true
            }
            _ => false,
        }
    }

    /// Notes that a request waits; ignored for one that is no longer current.
    pub fn wait(&mut self, slot: Slot, id: RequestId, pause: Pause) {
        if let Some(request) = self.requests.get_mut(&slot).filter(|request| request.id == id) {
            request.waiting = Some(pause);
        }
    }

    /// Forgets spinners that were seen long enough.
    pub fn settle(&mut self, now: Timestamp) {
        self.lingering.retain(|_, (_, until)| *until > now);
    }

    /// The slot's request, if one is under way.
    pub fn get(&self, slot: Slot) -> Option<&PendingRequest> {
        self.requests.get(&slot)
    }

    /// The id of the slot's request, if one is under way.
    pub fn id(&self, slot: Slot) -> Option<RequestId> {
        self.requests.get(&slot).map(|request| request.id)
    }

    /// Whether the slot's request is under way.
    pub fn is_busy(&self, slot: Slot) -> bool {
        self.requests.contains_key(&slot)
    }

    /// Since when the slot's spinner turns, if it should be seen now.
    pub fn spinner(&self, slot: Slot, now: Timestamp) -> Option<Timestamp> {
        let running = self.requests.get(&slot).map(|request| request.since).filter(|since| now >= seen_from(*since));
        running.or_else(|| self.lingering.get(&slot).filter(|(_, until)| *until > now).map(|(since, _)| *since))
    }

    /// The slots with a request under way.
    pub fn slots(&self) -> impl Iterator<Item = (Slot, &PendingRequest)> {
        self.requests.iter().map(|(slot, request)| (*slot, request))
    }

    /// When the screen changes by itself next because of a request: a spinner appears, turns, counts down or goes.
    pub fn wake_in(&self, now: Timestamp, frame: Duration) -> Option<Duration> {
        let running = self.requests.values().map(|request| {
            let seen = seen_from(request.since);
            if now < seen { between(now, seen) } else { frame }
        });
        let leaving = self.lingering.values().map(|(_, until)| between(now, *until).min(frame));
        running.chain(leaving).min()
    }
}

fn seen_from(since: Timestamp) -> Timestamp {
    later(since, SPINNER_DELAY)
}

fn later(time: Timestamp, by: Duration) -> Timestamp {
    time.checked_add(by).unwrap_or(Timestamp::MAX)
}

fn between(from: Timestamp, to: Timestamp) -> Duration {
    Duration::try_from(to.duration_since(from)).unwrap_or(Duration::ZERO)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(ms: i64) -> Timestamp {
        Timestamp::from_millisecond(1_700_000_000_000 + ms).unwrap()
    }

    fn id_of(effect: &Effect) -> RequestId {
        match effect {
            Effect::Start { id, .. } => *id,
            other => panic!("not a start: {other:?}"),
        }
    }

    #[test]
    fn w38_an_answer_to_a_superseded_request_is_dropped() {
        let mut inflight = PendingRequests::default();
        let first = id_of(&inflight.start(Slot::Locations, Call::Subscriptions, at(0)));
        let second = id_of(&inflight.start(Slot::Locations, Call::Subscriptions, at(5)));
        assert!(!inflight.accept(Slot::Locations, first, at(10)), "late answer");
        assert!(inflight.accept(Slot::Locations, second, at(11)));
        assert!(!inflight.accept(Slot::Locations, second, at(12)), "doubled answer");
    }

    #[test]
    fn w35_a_spinner_waits_100_ms_and_then_stays_a_second() {
        let mut inflight = PendingRequests::default();
        let id = id_of(&inflight.start(Slot::Job, Call::Subscriptions, at(0)));
        assert_eq!(inflight.spinner(Slot::Job, at(99)), None);
        assert_eq!(inflight.spinner(Slot::Job, at(100)), Some(at(0)));
        assert!(inflight.accept(Slot::Job, id, at(150)));
        assert_eq!(inflight.spinner(Slot::Job, at(1_099)), Some(at(0)));
        assert_eq!(inflight.spinner(Slot::Job, at(1_100)), None);
        inflight.settle(at(1_100));
        assert!(inflight.requests.is_empty() && inflight.lingering.is_empty());
    }

    #[test]
    fn w35_a_quick_answer_shows_no_spinner_at_all() {
        let mut inflight = PendingRequests::default();
        let id = id_of(&inflight.start(Slot::Job, Call::Subscriptions, at(0)));
        assert!(inflight.accept(Slot::Job, id, at(40)));
        assert_eq!(inflight.spinner(Slot::Job, at(200)), None);
        assert_eq!(inflight.wake_in(at(200), Duration::from_millis(80)), None, "nothing to wake up for");
    }

    #[test]
    fn a_write_is_never_given_up() {
        let mut inflight = PendingRequests::default();
        let _ = inflight.start(Slot::Ship, Call::Subscriptions, at(0));
        let _ = inflight.start(Slot::Job, Call::Subscriptions, at(0));
        assert_eq!(inflight.cancel_reads().len(), 1);
        assert!(inflight.is_busy(Slot::Ship) && !inflight.is_busy(Slot::Job));
    }
}
