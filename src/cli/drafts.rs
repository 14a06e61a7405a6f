//! `blobfreight drafts`: the drafts on this machine, without a screen.

use std::sync::Arc;

use clap::Subcommand;
use jiff::Timestamp;
use serde_json::{Value, json};

use super::effective_config::EffectiveConfig;
use super::failure::CommandFailure;
use super::output::{OutputArgs, OutputFormat};
use super::print;
use crate::draft::{Deadline, DraftEntry, DraftId, DraftSummary, NextTask, ReadyDraft};
use crate::driver::backend::Backend;
use crate::driver::live::{CLOCK_RATE, LiveBackend};
use crate::protocol::message::{Call, Reply};

/// The subcommands of `blobfreight drafts`.
#[derive(Debug, Subcommand)]
pub enum DraftsCommand {
    /// Move a draft to the trash
    Discard {
        /// Its name
        #[arg(value_name = "DRAFT")]
        id: String,
    },
}

/// Lists the drafts, or discards one.
///
/// # Errors
/// The directory cannot be read; there is no such draft; it is open in another Blobfreight.
pub(super) async fn run(
    setting: &EffectiveConfig,
    output: OutputArgs,
    command: Option<DraftsCommand>,
) -> Result<(), CommandFailure> {
    let live = LiveBackend::new(setting.places.data.clone(), CLOCK_RATE);
    let call = match &command {
        None => Call::Drafts,
        Some(DraftsCommand::Discard { id: name }) => Call::DiscardDraft(id(name)?),
    };
    let Reply::Drafts(drafts) = live.call(call, Arc::new(|_| {})).await? else { return Ok(()) };
    let now = Timestamp::now();
    match command {
        Some(DraftsCommand::Discard { id }) if !output.is_json() => {
            print::out(&format!("Draft {id} is in the trash.\n"));
        }
        None if drafts.is_empty() && output.format() == OutputFormat::Table => {
            print::out("There are no drafts. `blobfreight` begins one.\n");
        }
        _ => {
            let rows = drafts.iter().map(|listed| row(listed, now)).collect();
            let json = || drafts.iter().map(|listed| as_json(listed, now)).collect();
            output.list(["DRAFT", "CHANGED", "ACCOUNT", "JOB", "STATE", "NEXT"], rows, json);
        }
    }
    Ok(())
}

/// Reads the name of a draft.
pub(super) fn id(text: &str) -> Result<DraftId, CommandFailure> {
    DraftId::parse(text).ok_or_else(|| {
        CommandFailure::wrong(format!("{text:?} is not the name of a draft; `blobfreight drafts` lists the drafts."))
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
