//! The one state of the job: when it is read by itself, and what the answer means. Ship, Follow and Keys share it while one of them is open.

use std::time::Duration;

use jiff::Timestamp;

use crate::azure::fault::{Fault, FaultKind, Retry};
use crate::azure::model::{JobAddress, JobChange};
use crate::draft::Gone;
use crate::protocol::message::{Call, Effect, Reply, Slot};
use crate::wizard::shared::Shared;
use crate::wording::ago;

/// How often the job is read. Jobs move in days; a rehearsal hurries.
const EVERY: Duration = Duration::from_secs(60);
const EVERY_IN_REHEARSAL: Duration = Duration::from_secs(1);

/// How often the words about the last and the next reading change.
const WORDS_EVERY: Duration = Duration::from_secs(1);

/// How often this draft's job is read.
pub fn every(shared: &Shared) -> Duration {
    if shared.draft.rehearsal { EVERY_IN_REHEARSAL } else { EVERY }
}

/// In how long the job is to be read; `None` while it is being read, and where reading it again can tell nothing new.
pub fn due_in(shared: &Shared) -> Option<Duration> {
    let known = shared.draft.job.as_ref()?;
    // A web page or a redirect is of the network at hand, which may be another in a minute.
    let of_network = |fault: &Fault| fault.kind == FaultKind::BrokenAnswer;
    let hopeless = shared.poll.fault.as_ref().is_some_and(|fault| fault.retry == Retry::Never && !of_network(fault));
    if shared.session.is_none() || is_asked(shared) || hopeless || known.gone.is_some() || known.state.is_over() {
        return None;
    }
    Some(shared.poll.answered.map_or(Duration::ZERO, |answered| left(shared, answered, every(shared))))
}

/// Whether a request under way will tell the state of the job.
fn is_asked(shared: &Shared) -> bool {
    [Slot::Job, Slot::Ship, Slot::CancelJob].into_iter().any(|slot| shared.requests.is_busy(slot))
}

/// Changes the job. A read under way is given up: its answer is older than the change and must not come after it.
pub fn change(shared: &mut Shared, slot: Slot, job: JobAddress, change: JobChange) -> Vec<Effect> {
    let read = shared.requests.cancel(Slot::Job);
    let update = shared.start(slot, Call::UpdateJob { job, change: Box::new(change) });
    read.into_iter().chain([update]).collect()
}

/// What is left of a wait that began then.
pub fn left(shared: &Shared, since: Timestamp, wait: Duration) -> Duration {
    wait.saturating_sub(Duration::try_from(shared.now.duration_since(since)).unwrap_or_default())
}

/// Reads the job now, unless it is being read.
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

/// When a step that shows the job wants to be told the time next: to read the job, or to count down to that.
pub fn wake_in(shared: &Shared) -> Option<Duration> {
    due_in(shared).map(|left| left.min(WORDS_EVERY))
}

/// Takes in what the service said of the job, to whichever request.
pub fn learn(shared: &mut Shared, outcome: Result<Reply, Fault>) {
    shared.poll.answered = Some(shared.now);
    shared.poll.fault = None;
    match outcome {
        Ok(Reply::Job(Some(job))) => shared.learn_job(*job),
        Ok(Reply::Job(None)) => shared.lose_job(Gone { seen: shared.service_time(), with_group: false }),
        Ok(_) => {}
        Err(fault) if without_group(&fault) => shared.lose_job(Gone { seen: shared.service_time(), with_group: true }),
        Err(fault) => shared.poll.fault = Some(fault),
    }
}

/// Whether a request failed because the job's resource group does not exist: a job lives and dies with its group. What else cannot be
/// found (a subscription, a page of a proxy) says nothing about the job.
pub fn without_group(fault: &Fault) -> bool {
    fault.kind == FaultKind::Gone && fault.code.as_deref() == Some("ResourceGroupNotFound")
}

/// `read 12 s ago, reads again in 48 s`: when the state on screen was read, and when it will be read again.
pub fn words(shared: &Shared) -> String {
    let Some(known) = &shared.draft.job else { return String::new() };
    let read = format!("read {}", ago(shared.now, known.read));
    if shared.requests.is_busy(Slot::Job) {
        return format!("{read}, being read again");
    }
    if shared.session.is_none() {
        return format!("{read}, not signed in");
    }
    match due_in(shared) {
        Some(left) => format!("{read}, reads again in {} s", left.as_secs_f64().ceil()),
        None => read,
    }
}
