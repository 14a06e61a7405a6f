//! Drafts as `blobfreight drafts` prints them: rows and JSON.

use jiff::Timestamp;
use serde_json::{Value, json};

use super::output::{OutputArgs, OutputFormat};
use super::print;
use crate::draft::store::DiscardedDraft;
use crate::draft::{Deadline, Draft, DraftEntry, DraftSummary, NextTask, ReadyDraft};
use crate::ui::text;

/// Prints the drafts, by what comes next and its deadline.
pub(super) fn drafts(output: OutputArgs, drafts: &[DraftEntry], now: Timestamp) {
    let mut drafts: Vec<&DraftEntry> = drafts.iter().collect();
    drafts.sort_by(|one, other| match (one.ready(), other.ready()) {
        _ if one.archived != other.archived => one.archived.cmp(&other.archived),
        (Some(one), Some(other)) => NextTask::of(&one.facts).order(&NextTask::of(&other.facts)),
        (one, other) => one.is_none().cmp(&other.is_none()),
    });
    let rows = drafts.iter().map(|listed| row(listed, now)).collect();
    let json = || drafts.iter().map(|listed| as_json(listed, now)).collect();
    output.list(["DRAFT", "CHANGED", "ACCOUNT", "JOB", "STATE", "NEXT"], rows, json);
}

/// Prints the trash.
pub(super) fn discarded(output: OutputArgs, discarded: &[DiscardedDraft]) {
    if discarded.is_empty() && output.format() == OutputFormat::Table {
        return print::out("The trash is empty.\n");
    }
    let name = |one: &DiscardedDraft| match &one.content {
        DraftSummary::Ready(draft) => draft.job.clone().or(draft.account.clone()).unwrap_or_default(),
        DraftSummary::Refused(why) => why.clone(),
    };
    let when = |one: &DiscardedDraft| one.discarded.map(|at| at.strftime("%Y-%m-%d %H:%M UTC").to_string());
    let rows = discarded.iter().map(|one| [one.id.to_string(), when(one).unwrap_or_default(), name(one)]).collect();
    output.list(["DRAFT", "DISCARDED", "JOB"], rows, || {
        discarded
            .iter()
            .map(|one| {
                let at = one.discarded.map(|at| at.to_string());
                json!({ "id": one.id.as_str(), "discarded": at, "job": one.content.ready().and_then(|draft| draft.job.clone()) })
            })
            .collect()
    });
}

/// Prints one draft.
pub(super) fn show(output: OutputArgs, draft: &Draft, now: Timestamp) {
    let content = DraftSummary::Ready(Box::new(ReadyDraft::of(draft)));
    let entry = DraftEntry { id: draft.id.clone(), changed: draft.changed, archived: false, content };
    if output.format() != OutputFormat::Table {
        let details = details(draft);
        return output.list([""; 6], vec![row(&entry, now)], || {
            let mut json = as_json(&entry, now);
            if let (Some(all), Value::Object(more)) = (json.as_object_mut(), details) {
                all.extend(more);
            }
            json
        });
    }
    let [id, changed, account, job, state, next] = row(&entry, now);
    let (blobs, keys) = (many_rules(draft), draft.keys_file.clone().unwrap_or_default());
    let group =
        draft.job_address().map(|job| job.resource_group.clone()).unwrap_or(draft.options.resource_group.clone());
    let lines = [
        ("Draft", id),
        ("Changed", changed),
        ("Account", account),
        ("Rules", blobs),
        ("Job", job),
        ("Resource group", group),
        ("State", state),
        ("Next", next),
        ("Keys in", keys),
    ];
    for (label, value) in lines.into_iter().filter(|(_, value)| !value.is_empty()) {
        print::out(&format!("{label:16}{}\n", text::clean(&value)));
    }
}

fn many_rules(draft: &Draft) -> String {
    match draft.selection.rules.len() {
        0 => String::new(),
        count => crate::wording::many(count as u64, "rule"),
    }
}

fn details(draft: &Draft) -> Value {
    json!({
        "created": draft.created.to_string(),
        "service": draft.job_service().or(draft.service).map(crate::azure::model::ServiceName::word),
        "resourceGroup": draft.job_address().map(|job| job.resource_group.clone()),
        "subscription": draft.job_address().map(|job| job.subscription.clone()),
        "rules": draft.selection.rules.len(),
        "keysFile": draft.keys_file,
    })
}

fn row(listed: &DraftEntry, now: Timestamp) -> [String; 6] {
    let changed = listed.changed.strftime("%Y-%m-%d %H:%M UTC").to_string();
    let draft = match &listed.content {
        DraftSummary::Ready(draft) => draft,
        DraftSummary::Refused(why) => {
            return [listed.id.to_string(), changed, String::new(), String::new(), String::new(), why.clone()];
        }
    };
    let facts = &draft.facts;
    let part = draft.part.map(|part| format!("{part}, ")).unwrap_or_default();
    let rehearsal = if draft.rehearsal { "rehearsal, " } else { "" };
    let archived = if listed.archived { "archived, " } else { "" };
    let state = match &facts.status {
        Some(status) if facts.gone => format!("gone, last {status}"),
        Some(status) => status.to_string(),
        None => String::new(),
    };
    let next = next(draft, now).1;
    let [account, job] = [&draft.account, &draft.job].map(|name| name.clone().unwrap_or_default());
    [listed.id.to_string(), changed, account, job, state, format!("{archived}{part}{rehearsal}{next}")]
}

/// What comes next with a draft, and in words. The clock of a rehearsal stands still while it is closed.
fn next(draft: &ReadyDraft, now: Timestamp) -> (NextTask, String) {
    let next = NextTask::of(&draft.facts);
    let words = next.words((!draft.rehearsal).then_some(now));
    (next, words)
}

fn as_json(listed: &DraftEntry, now: Timestamp) -> Value {
    let (id, changed, archived) = (listed.id.as_str(), listed.changed.to_string(), listed.archived);
    match &listed.content {
        DraftSummary::Ready(draft) => {
            let (next, words) = next(draft, now);
            json!({
                "id": id,
                "changed": changed,
                "archived": archived,
                "readable": true,
                "step": draft.step,
                "rehearsal": draft.rehearsal,
                "account": draft.account,
                "job": draft.job,
                "state": draft.facts.status.as_ref().map(ToString::to_string),
                "gone": draft.facts.gone,
                "part": draft.part,
                "keysSaved": draft.facts.keys_saved,
                "next": next_json(&next, &words),
            })
        }
        DraftSummary::Refused(why) => {
            json!({ "id": id, "changed": changed, "archived": archived, "readable": false, "reason": why })
        }
    }
}

/// What comes next, for programs: the task, its words, and the deadline where there is one.
pub(super) fn next_json(next: &NextTask, words: &str) -> Value {
    let (due, latest, then) = match next.deadline {
        Deadline::By(due) => (Some(due.at.to_string()), Some(due.latest), Some(due.then.word())),
        Deadline::Unknown(then) => (None, None, Some(then.word())),
        Deadline::None => (None, None, None),
    };
    json!({ "task": next.kind.word(), "words": words, "due": due, "dueAtTheLatest": latest, "then": then })
}
