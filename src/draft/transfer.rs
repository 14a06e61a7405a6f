//! A draft as one file for another machine: its answers and what is known of its job, without what belongs to this machine and
//! without what is secret.

use jiff::Timestamp;
use serde::Deserialize;
use serde_json::{Value, json};

use super::draft::{Cancellation, Draft};
use super::migrate::{self, Unreadable};

/// What the file says it is.
const FORMAT: &str = "blobfreight-draft";
/// The layout of the file around the draft; the draft in it has its own version.
const LAYOUT: u32 = 1;

/// A draft that came from another machine.
#[derive(Clone, Debug, PartialEq)]
pub struct ImportedDraft {
    /// The draft, with the name that it had there.
    pub draft: Draft,
    /// What to know of it, a sentence each.
    pub notes: Vec<String>,
}

/// The file of a draft, as JSON. Left out: the account number with the carrier, the paths of saved files, the leave to use another server.
///
/// # Errors
/// It is a rehearsal, whose Azure is on this machine only, or it cannot be written. A sentence without a full stop.
pub fn export(draft: &Draft, now: Timestamp) -> Result<String, String> {
    if draft.rehearsal {
        return Err("it is a rehearsal, and its simulated Azure is on this machine only".to_owned());
    }
    let draft = serde_json::to_value(without_this_machine(draft.clone())).map_err(|error| error.to_string())?;
    let file = json!({ "format": FORMAT, "layout": LAYOUT, "exported": now.to_string(), "draft": draft });
    Ok(format!("{file:#}\n"))
}

/// What is left out of the file, a sentence each.
pub fn left_out(draft: &Draft) -> Vec<String> {
    let mut notes = Vec::new();
    if !draft.address.shipping.account_number.is_empty() && !draft.has_job() {
        notes.push(
            "The account number with the carrier is left out; type it again before you create the job.".to_owned(),
        );
    }
    if let Some(file) = &draft.keys_file {
        notes.push(format!("The BitLocker keys stay in {file} on this machine; take that file along by a safe way."));
    }
    notes
}

/// The draft in such a file.
///
/// # Errors
/// It is no such file, it is damaged, or a newer program wrote it. The file is never changed.
pub fn import(bytes: &[u8]) -> Result<ImportedDraft, Unreadable> {
    let broken = |error: serde_json::Error| Unreadable::Broken(error.to_string());
    let file: TransferFile = serde_json::from_slice(bytes).map_err(broken)?;
    if file.format.as_deref() != Some(FORMAT) {
        return Err(Unreadable::Broken("it is not a draft that `blobfreight drafts export` wrote".to_owned()));
    }
    if file.layout > LAYOUT {
        return Err(Unreadable::Newer(file.layout));
    }
    let draft = migrate::read(&serde_json::to_vec(&file.draft).map_err(broken)?)?;
    if draft.rehearsal {
        return Err(Unreadable::Broken("it is a rehearsal, and its simulated Azure is on another machine".to_owned()));
    }
    // Whoever wrote the file may leave something in it that does not hold here.
    let draft = without_this_machine(draft);
    let notes = under_way(&draft);
    Ok(ImportedDraft { draft, notes })
}

#[derive(Deserialize)]
struct TransferFile {
    format: Option<String>,
    #[serde(default)]
    layout: u32,
    #[serde(default)]
    draft: Value,
}

/// Why a file was refused, and what to do, for a person.
pub fn refusal(why: &Unreadable) -> (String, &'static str) {
    match why {
        Unreadable::Newer(version) => (
            format!("it was written by a newer blobfreight (format {version})"),
            "It was left untouched; import it with the newer program.",
        ),
        Unreadable::Broken(reason) => (format!("it is damaged or something else ({reason})"), "It was left untouched."),
    }
}

/// Removes what is valid on one machine only: the permission to send the sign-in to a server, the paths of saved files, a request that was
/// noted and never sent. Removes the account number with the carrier, too: it is a secret.
fn without_this_machine(mut draft: Draft) -> Draft {
    draft.allowed_server = None;
    draft.keys_file = None;
    draft.keys_of.clear();
    draft.papers.clear();
    draft.address.shipping.account_number.clear();
    let never_sent = |create: &super::journal::CreateIntention| create.sent.is_none() && !create.intention.confirmed;
    if !draft.has_job() && draft.journal.create.as_ref().is_some_and(never_sent) {
        draft.journal.create = None;
    }
    draft
}

/// What was being sent when the draft was exported, and is not known to have arrived.
fn under_way(draft: &Draft) -> Vec<String> {
    let mut notes = Vec::new();
    if let Some(create) = draft.open_create() {
        notes.push(format!(
            "Its create request was under way: the job {} may exist. Review looks for it before it sends anything.",
            create.job.name
        ));
    }
    if draft.journal.ship.is_some_and(|ship| !ship.confirmed) {
        notes.push("Its parcel was being announced: Ship looks whether the service knows of it.".to_owned());
    }
    if draft.cancellation() == Some(Cancellation::Unconfirmed) {
        notes.push(
            "Its job was being cancelled: Follow looks whether the service took it. Send no drives before.".to_owned(),
        );
    }
    if draft.journal.delete.is_some_and(|delete| !delete.confirmed) {
        notes.push("Its job was being deleted: Follow looks whether it is gone.".to_owned());
    }
    if draft.job.as_ref().is_some_and(|job| job.status.state.sent_back()) {
        notes.push("Whether its BitLocker keys are saved is not known on this machine.".to_owned());
    }
    notes
}
