//! `blobfreight drafts`: the drafts on this machine, without a screen.

use std::sync::Arc;

use clap::Subcommand;
use serde_json::{Value, json};

use super::effective_config::EffectiveConfig;
use super::failure::CommandFailure;
use super::print;
use crate::draft::{DraftEntry, DraftId, DraftSummary};
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
    json: bool,
    command: Option<DraftsCommand>,
) -> Result<(), CommandFailure> {
    let live = LiveBackend::new(setting.places.data.clone(), CLOCK_RATE);
    let call = match &command {
        None => Call::Drafts,
        Some(DraftsCommand::Discard { id: name }) => Call::DiscardDraft(id(name)?),
    };
    let Reply::Drafts(drafts) = live.call(call, Arc::new(|_| {})).await? else { return Ok(()) };
    match command {
        _ if json => print::json(&drafts.iter().map(as_json).collect()),
        Some(DraftsCommand::Discard { id }) => print::out(&format!("Draft {id} is in the trash.\n")),
        None if drafts.is_empty() => print::out("There are no drafts. `blobfreight` begins one.\n"),
        None => print::table(["DRAFT", "CHANGED", "ACCOUNT", "JOB", "STANDS AT"], drafts.iter().map(row).collect()),
    }
    Ok(())
}

/// Reads the name of a draft.
pub(super) fn id(text: &str) -> Result<DraftId, CommandFailure> {
    DraftId::parse(text).ok_or_else(|| {
        CommandFailure::wrong(format!("{text:?} is not the name of a draft; `blobfreight drafts` lists the drafts."))
    })
}

fn row(listed: &DraftEntry) -> [String; 5] {
    let (account, job, stands) = match &listed.content {
        DraftSummary::Ready { step, rehearsal, account, job, status, gone, part } => {
            let part = part.map(|part| format!(", {part}")).unwrap_or_default();
            let state = match status {
                Some(status) if *gone => format!(", job gone, last {status}"),
                Some(status) => format!(", job {status}"),
                None => String::new(),
            };
            let rehearsal = if *rehearsal { " (rehearsal)" } else { "" };
            (account.clone(), job.clone(), format!("{}{state}{part}{rehearsal}", step.name()))
        }
        DraftSummary::Refused(why) => (None, None, why.clone()),
    };
    let changed = listed.changed.strftime("%Y-%m-%d %H:%M UTC").to_string();
    [listed.id.to_string(), changed, account.unwrap_or_default(), job.unwrap_or_default(), stands]
}

fn as_json(listed: &DraftEntry) -> Value {
    let (id, changed) = (listed.id.as_str(), listed.changed.to_string());
    match &listed.content {
        DraftSummary::Ready { step, rehearsal, account, job, status, gone, part } => json!({
            "id": id,
            "changed": changed,
            "readable": true,
            "step": step,
            "rehearsal": rehearsal,
            "account": account,
            "job": job,
            "state": status.as_ref().map(ToString::to_string),
            "gone": gone,
            "part": part,
        }),
        DraftSummary::Refused(why) => json!({ "id": id, "changed": changed, "readable": false, "reason": why }),
    }
}
