//! Reads the job again and again while Ship, Follow or Keys is open, and takes the answers into the shared state.

use std::time::Duration;

use jiff::Timestamp;

use crate::azure::fault::{Fault, FaultKind, Retry};
use crate::azure::model::{Job, JobAddress, JobChange, JobState};
use crate::draft::{Gone, Intention};
use crate::protocol::message::{Call, Effect, Reply, Slot};
use crate::protocol::window::WindowFocus;
use crate::wizard::clock::passed;
use crate::wizard::shared::Shared;
use crate::wording::ago;

/// Time between two reads of the job. A real job changes within days, a rehearsed one within seconds.
const EVERY: Duration = Duration::from_secs(60);
/// The same where the service is at work on something that takes it seconds or minutes.
const EVERY_AT_WORK: Duration = Duration::from_secs(10);
const EVERY_IN_REHEARSAL: Duration = Duration::from_secs(1);

/// The longest time between two reads.
const LONGEST: Duration = Duration::from_secs(15 * 60);

/// Time between two changes of the line `read 12 s ago, reads again in 48 s`.
const WORDS_EVERY: Duration = Duration::from_secs(1);

/// Reads that say nothing new before the time between two of them doubles.
const PATIENCE: u32 = 5;

/// The time between two reads of a job that says nothing new: it doubles again and again.
fn grown(shared: &Shared) -> Duration {
    let doubled = shared.poll.unchanged / PATIENCE;
    if doubled == 0 {
        return EVERY;
    }
    spread(shared, EVERY.saturating_mul(2_u32.saturating_pow(doubled.min(8))).min(LONGEST))
}

/// A wait that differs by up to a tenth from draft to draft, so that many programs do not ask at once.
fn spread(shared: &Shared, wait: Duration) -> Duration {
    let mix = |sum: u32, byte: u8| sum.wrapping_mul(31).wrapping_add(byte.into());
    let tenth = shared.draft.id.as_str().bytes().fold(shared.poll.unchanged, mix) % 100;
    wait + wait.mul_f64(f64::from(tenth) / 1000.0)
}

/// Time between two reads of this draft's job. While another window is in front, a job is read as rarely as ever, but it is read: its
/// change is told by a notification, and the window may be seen beside the other one. A rehearsal asks nobody but this program.
pub fn every(shared: &Shared) -> Duration {
    let preparing = shared.draft.job.as_ref().is_some_and(|known| known.status.state == JobState::Preparing);
    let at_work = preparing || deletion(shared).is_some() || shared.draft.journal.cancel.is_some();
    let behind = shared.window == WindowFocus::Behind;
    match (shared.draft.rehearsal, at_work) {
        (true, _) => EVERY_IN_REHEARSAL,
        (false, true) if behind => EVERY,
        (false, false) if behind => spread(shared, LONGEST),
        (false, false) if !shared.poll.came_back => grown(shared),
        (false, _) => EVERY_AT_WORK,
    }
}

/// The person came back to the window: the job is read at once, unless that was done a moment ago or the service asked for patience.
pub fn come_back(shared: &mut Shared) {
    (shared.poll.came_back, shared.poll.unchanged) = (true, 0);
}

/// Time until the next read; `None` while a read is under way, and when another read cannot change anything.
pub fn due_in(shared: &Shared) -> Option<Duration> {
    let known = shared.draft.job.as_ref()?;
    // A web page or a redirect comes from the network, e.g. of a hotel, and the network may change.
    let of_network = |fault: &Fault| fault.kind == FaultKind::BrokenAnswer;
    let deleting = shared.requests.is_busy(Slot::DeleteJob);
    let over = known.status.state.is_over() && deletion(shared).is_none();
    let hopeless = shared.poll.fault.as_ref().is_some_and(|fault| fault.retry == Retry::Never && !of_network(fault));
    if shared.session.is_none() || is_asked(shared) || hopeless || known.gone.is_some() || over || deleting {
        return None;
    }
    let asked = match shared.poll.fault.as_ref().map(|fault| fault.retry) {
        Some(Retry::After(seconds)) => Duration::from_secs(seconds),
        _ => Duration::ZERO,
    };
    Some(shared.poll.answered.map_or(Duration::ZERO, |answered| left(shared, answered, every(shared).max(asked))))
}

/// The deletion that was sent, or was about to be, while the service still has the job.
pub fn deletion(shared: &Shared) -> Option<Intention> {
    let there = shared.draft.job.as_ref().is_some_and(|known| known.gone.is_none());
    shared.draft.journal.delete.filter(|delete| there && !delete.confirmed)
}

/// Whether a request under way will answer with the job.
fn is_asked(shared: &Shared) -> bool {
    [Slot::Job, Slot::Ship, Slot::CancelJob, Slot::Mitigate].into_iter().any(|slot| shared.requests.is_busy(slot))
}

/// Changes the job. Cancels a read under way: its answer would be older than the change and could arrive after it.
pub fn change(shared: &mut Shared, slot: Slot, job: JobAddress, change: JobChange) -> Vec<Effect> {
    let read = shared.requests.cancel(Slot::Job);
    let update = shared.start(slot, Call::UpdateJob { job, change: Box::new(change) });
    read.into_iter().chain([update]).collect()
}

/// The rest of a wait that began at `since`.
pub fn left(shared: &Shared, since: Timestamp, wait: Duration) -> Duration {
    wait.saturating_sub(passed(since, shared.now))
}

/// Reads the job now, unless a read is under way.
pub fn read(shared: &mut Shared) -> Vec<Effect> {
    let job = shared.draft.job_address().filter(|_| shared.draft.has_job()).cloned();
    match job {
        Some(job) if shared.session.is_some() && !is_asked(shared) => {
            shared.poll.fault = None;
            vec![shared.start(Slot::Job, Call::Job(job))]
        }
        _ => Vec::new(),
    }
}

/// Reads the job if it is time to.
pub fn tick(shared: &mut Shared) -> Vec<Effect> {
    if due_in(shared).is_some_and(|left| left.is_zero()) { read(shared) } else { Vec::new() }
}

/// Time until a step that shows the job needs a tick: to read the job, or to count down.
pub fn wake_in(shared: &Shared) -> Option<Duration> {
    due_in(shared).map(|left| left.min(WORDS_EVERY))
}

impl Shared {
    /// Takes in the job as read, for this session and, in the draft, for the next.
    pub fn learn_job(&mut self, job: Job) {
        self.poll.answered = Some(self.now);
        if self.draft.job.as_ref().is_some_and(|known| known.status != job.status) {
            self.notice = self.notice.take().filter(|notice| !notice.of_job);
        }
        let at = self.service_time();
        self.draft.learn_job(&job, self.now, at);
        self.catalogue.job = Some(job);
    }

    /// Takes in that the service no longer has the job.
    pub fn lose_job(&mut self, gone: Gone) {
        self.poll.answered = Some(self.now);
        self.draft.job = self.draft.job.take().map(|known| known.lost(gone));
        self.catalogue.job = None;
    }
}

/// Takes in an answer about the job, whichever request it is for.
pub fn learn(shared: &mut Shared, outcome: Result<Reply, Fault>) {
    shared.poll.answered = Some(shared.now);
    (shared.poll.fault, shared.poll.came_back) = (None, false);
    match outcome {
        Ok(Reply::Job(Some(job))) => {
            let same = shared.catalogue.job.as_ref() == Some(&*job);
            shared.poll.unchanged = if same { shared.poll.unchanged.saturating_add(1) } else { 0 };
            shared.learn_job(*job);
        }
        Ok(Reply::Job(None)) => shared.lose_job(Gone { seen: shared.service_time(), with_group: false }),
        Ok(other) => shared.poll.fault = Some(other.unexpected()),
        Err(fault) if without_group(&fault) => shared.lose_job(Gone { seen: shared.service_time(), with_group: true }),
        Err(fault) => shared.poll.fault = Some(fault),
    }
}

/// Whether a request failed because the job's resource group does not exist; the job was deleted with its group. Other things that are
/// not found (a subscription, a page of a proxy) say nothing about the job.
pub fn without_group(fault: &Fault) -> bool {
    fault.kind == FaultKind::Gone && fault.code.as_deref() == Some("ResourceGroupNotFound")
}

/// When the state on screen was read, and when it will be read again: `read 12 s ago, reads again in 48 s`; `read 2 min ago, reads again in
/// 14 min, seldom while another window is in front`.
pub fn words(shared: &Shared) -> String {
    let Some(known) = &shared.draft.job else { return String::new() };
    let read = format!("read {}", ago(shared.now, known.read));
    let paused = shared.requests.get(Slot::Job).and_then(|request| request.waiting.as_ref());
    if let Some(pause) = paused.filter(|pause| pause.until > shared.now) {
        let left = pause.until.duration_since(shared.now).as_secs_f64().ceil();
        return format!("{read}; {}, so it is read again in {left} s", pause.reason);
    }
    if shared.requests.is_busy(Slot::Job) {
        return format!("{read}, being read again");
    }
    if shared.session.is_none() {
        return format!("{read}, not signed in");
    }
    match due_in(shared) {
        Some(left) => {
            let seldom = shared.window == WindowFocus::Behind && !shared.draft.rehearsal;
            let why = if seldom { ", seldom while another window is in front" } else { "" };
            format!("{read}, reads again in {}{why}", wait(left))
        }
        None => read,
    }
}

/// A time to wait: `48 s`, `14 min`.
fn wait(left: Duration) -> String {
    let seconds = left.as_secs() + u64::from(left.subsec_nanos() > 0);
    if seconds < 120 { format!("{seconds} s") } else { format!("{} min", seconds.div_ceil(60)) }
}
