//! `blobfreight drafts export` and `import`: a draft moves to another machine as one file.

use std::path::Path;

use jiff::Timestamp;
use serde_json::json;

use super::failure::CommandFailure;
use super::output::OutputArgs;
use super::print;
use crate::azure::fault::Fault;
use crate::draft::store::{DraftStore, StoreError};
use crate::draft::{Draft, DraftId, transfer};
use crate::driver::live::new_draft_id;
use crate::files::{self, UnfinishedFile};

/// Writes the draft to a new file, or to standard output.
pub(super) fn export(
    store: &DraftStore,
    id: &DraftId,
    to: Option<&Path>,
    output: OutputArgs,
) -> Result<(), CommandFailure> {
    let draft = store.read(id).map_err(|error| CommandFailure::of_store("export the draft", &error))?;
    let refused = |reason: String| CommandFailure::from(Fault::local(format!("export the draft {id}"), reason));
    let text = transfer::export(&draft, Timestamp::now()).map_err(refused)?;
    let notes = transfer::left_out(&draft);
    let Some(path) = to else {
        say(&notes);
        print::out(&text);
        return Ok(());
    };
    UnfinishedFile::write(path, text.as_bytes()).map_err(|error| {
        let fault =
            Fault::local(format!("export the draft {id}"), format!("{}: {}", path.display(), files::reason(&error)));
        fault.advise("Name a new file in a folder that you can write to.")
    })?;
    say(&notes);
    if output.is_json() {
        print::json(&json!({ "id": id.as_str(), "file": path, "notes": notes }));
    } else {
        print::out(&format!(
            "Draft {id} is in {}; `blobfreight drafts import` reads it on the other machine.\n",
            path.display()
        ));
    }
    Ok(())
}

/// Writes each sentence to standard error.
fn say(notes: &[String]) {
    for note in notes {
        print::note(note);
    }
}

/// Reads a draft from such a file. It keeps its name, unless a draft of this machine has it.
pub(super) fn import(store: &DraftStore, path: &Path, output: OutputArgs) -> Result<(), CommandFailure> {
    let tried = format!("import {}", path.display());
    let bytes = files::read_named(path, true).map_err(|error| {
        let fault = Fault::local(&tried, files::reason(&error));
        CommandFailure::of_input(fault.advise("Name a file that `blobfreight drafts export` wrote."))
    })?;
    let imported = transfer::import(&bytes).map_err(|why| {
        let (reason, advice) = transfer::refusal(&why);
        CommandFailure::of_input(Fault::local(&tried, reason).advise(advice))
    })?;
    let mut notes = imported.notes;
    let there = imported.draft.id.clone();
    let id = add(store, imported.draft).map_err(|error| CommandFailure::of_store("write the draft", &error))?;
    if id != there {
        notes.push(format!("Its name there was {there}, which a draft of this machine has."));
    }
    if output.is_json() {
        print::json(&json!({ "id": id.as_str(), "idThere": there.as_str(), "notes": notes }));
        return Ok(());
    }
    say(&notes);
    print::out(&format!("Draft {id} is here; `blobfreight resume {id}` opens it.\n"));
    Ok(())
}

/// Writes the draft under its own name or, where that is taken, under a new one.
fn add(store: &DraftStore, draft: Draft) -> Result<DraftId, StoreError> {
    let own = DraftId::parse(draft.id.as_str()).filter(|id| !store.has(id));
    let id = own.unwrap_or_else(new_draft_id);
    // The lock keeps another program from making a draft of this name meanwhile.
    let lock = store.lock(&id)?;
    store.add(&[Draft { id: id.clone(), ..draft }])?;
    drop(lock);
    Ok(id)
}
