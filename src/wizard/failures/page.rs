//! The keys of the page, and the answers to its requests.

use super::state::FailuresPage;
use crate::azure::fault::Fault;
use crate::azure::model::JobState;
use crate::logs::{JobLogList, ReportBuilder};
use crate::protocol::action::Action;
use crate::protocol::keymap::Context;
use crate::protocol::message::{Call, Effect, Reply, Slot};
use crate::wizard::shared::Shared;
use crate::wizard::step::StepOutcome;
use crate::wizard::{list, poll};
use crate::wording::{count, many};

/// Opens the page. The logs are read the first time.
pub fn open(shared: &mut Shared) -> Vec<Effect> {
    shared.failures.is_open = true;
    shared.failures.lists_blobs = false;
    if shared.failures.report.is_some() { Vec::new() } else { read(shared) }
}

/// Closes the list of blobs, or the page.
pub fn close(shared: &mut Shared) -> bool {
    let page = &mut shared.failures;
    if page.is_open && page.lists_blobs {
        page.lists_blobs = false;
        return true;
    }
    std::mem::take(&mut page.is_open)
}

/// The number of the page for the viewport, `None` while it is closed.
pub fn page_number(shared: &Shared) -> Option<usize> {
    let page = &shared.failures;
    page.is_open.then(|| if page.lists_blobs { 6 + page.row } else { 5 })
}

/// The contexts of the key table while the page is open.
pub fn contexts(shared: &Shared) -> Option<Vec<Context>> {
    let page = &shared.failures;
    if !page.is_open {
        return None;
    }
    let report = page.report.as_ref();
    let busy = [Slot::SaveLogs, Slot::RetryDraft].into_iter().any(|slot| shared.requests.is_busy(slot));
    let retries = report.is_some_and(|report| !report.retry.is_empty()) && page.draft.is_none() && !busy;
    let has_rows = report.is_some_and(|report| !report.groups.is_empty()) && !page.lists_blobs;
    let contexts = [
        (page.fault.is_some(), Context::Failed),
        (retries, Context::Retriable),
        (report.is_some_and(|report| !report.groups.is_empty()) && !busy, Context::Savable),
        (has_rows, Context::Reasons),
        (true, Context::Failures),
        (has_rows, Context::List),
        (true, Context::Loaded),
        (!has_rows, Context::Page),
    ];
    Some(contexts.into_iter().filter_map(|(holds, context)| holds.then_some(context)).collect())
}

/// Acts on a key while the page is open.
pub fn act(shared: &mut Shared, action: &Action) -> StepOutcome {
    match action {
        Action::Move(motion) => {
            let rows = shared.failures.report.as_ref().map_or(0, |report| report.groups.len());
            shared.failures.row = list::moved(shared.failures.row, rows, *motion, 10);
            StepOutcome::stay()
        }
        Action::Activate | Action::Toggle => {
            shared.failures.lists_blobs = shared.failures.group().is_some();
            StepOutcome::stay()
        }
        Action::Reload | Action::Retry => {
            shared.failures = FailuresPage { is_open: true, ..FailuresPage::default() };
            let mut effects = poll::read(shared);
            effects.extend(read(shared));
            effects.into()
        }
        Action::Save => save(shared).into(),
        Action::RetryDraft => make_draft(shared).into(),
        _ => StepOutcome::stay(),
    }
}

/// Whether the job may have logs by now: it names some, or its drives are filled.
pub fn may_have_logs(shared: &Shared) -> bool {
    let Some(known) = shared.draft.job.as_ref().filter(|known| known.gone.is_none()) else { return false };
    let state = known.status.state;
    let names_logs = shared.catalogue.job.as_ref().is_some_and(|job| !JobLogList::of(job).sources.is_empty());
    names_logs || state == JobState::Packing || state.sent_back()
}

/// The account and the logs of the job, once it was read in this session.
fn job_logs(shared: &Shared) -> Option<(String, JobLogList)> {
    let job = shared.catalogue.job.as_ref()?;
    let own = shared.account_id().unwrap_or_default();
    let account = if job.storage_account.is_empty() { own } else { &job.storage_account };
    Some((account.to_owned(), JobLogList::of(job)))
}

/// Reads the logs; first the job, where it was not read in this session.
fn read(shared: &mut Shared) -> Vec<Effect> {
    if shared.session.is_none() || shared.requests.is_busy(Slot::Logs) {
        return Vec::new();
    }
    let Some((account, logs)) = job_logs(shared) else { return poll::read(shared) };
    if logs.sources.is_empty() {
        shared.failures.report = may_have_logs(shared).then(|| ReportBuilder::default().finish(&logs));
        return Vec::new();
    }
    vec![shared.start(Slot::Logs, Call::Logs { account, logs })]
}

/// The job was read: its logs are read where the page waits for them.
pub fn go_on(shared: &mut Shared) -> Vec<Effect> {
    let waits = shared.failures.is_open && shared.failures.report.is_none() && shared.failures.fault.is_none();
    if waits && shared.catalogue.job.is_some() { read(shared) } else { Vec::new() }
}

fn save(shared: &mut Shared) -> Vec<Effect> {
    let Some((account, logs)) = job_logs(shared) else { return Vec::new() };
    shared.failures.fault = None;
    vec![shared.start(Slot::SaveLogs, Call::SaveLogs { account, logs })]
}

/// Makes a draft of what another job can export. This draft stays as it is.
fn make_draft(shared: &mut Shared) -> Vec<Effect> {
    let Some(report) = &shared.failures.report else { return Vec::new() };
    let draft = shared.draft.for_blobs(report.retry.clone(), shared.now);
    shared.failures.fault = None;
    vec![shared.start(Slot::RetryDraft, Call::AddDrafts(vec![draft]))]
}

/// Takes an answer.
pub fn done(shared: &mut Shared, outcome: Result<Reply, Fault>) {
    match outcome {
        Ok(Reply::Logs(report)) => {
            shared.failures.row = shared.failures.row.min(report.groups.len().saturating_sub(1));
            shared.failures.report = Some(*report);
        }
        Ok(Reply::SavedLogs { files, complete }) => {
            let files = shared.note_saved_files(&files);
            shared.say("Saved, readable by you only; this page says where.");
            shared.failures.saved = Some((files, complete));
        }
        Ok(Reply::Added(names)) => {
            let name = names.into_iter().next().unwrap_or_default();
            let taken = shared.failures.report.as_ref().map_or(0, |report| report.retry.len());
            let rules = many(taken as u64, "rule");
            shared.say(format!("The draft {name} on the start screen takes them in {rules}."));
            shared.failures.draft = Some(name);
        }
        Ok(other) => shared.failures.fault = Some(other.unexpected()),
        Err(fault) => shared.failures.fault = Some(fault),
    }
}

/// What the new draft takes and what it leaves, as a sentence; `None` where there is nothing to take.
pub fn retry_words(shared: &Shared) -> Option<String> {
    let report = shared.failures.report.as_ref().filter(|report| !report.retry.is_empty())?;
    let takes = report.retry.len() as u64;
    let rest = match report.failed.saturating_sub(takes).saturating_sub(report.retry_left) {
        0 => String::new(),
        1 => " 1 is left out; its reason says why.".to_owned(),
        left => format!(" {} are left out; their reasons say why.", count(left)),
    };
    let beyond = match report.retry_left {
        0 => String::new(),
        more => format!(" {} more do not fit in one draft; {} saves them all.", count(more), shared.key(&Action::Save)),
    };
    let draft = shared.key(&Action::RetryDraft);
    Some(format!("{draft} makes a new draft of {} that another job can export.{beyond}{rest}", many(takes, "blob")))
}
