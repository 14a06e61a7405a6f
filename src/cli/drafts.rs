//! `blobfreight drafts`: the drafts on this machine, without a screen.

use std::path::PathBuf;

use clap::Subcommand;
use clap_complete::engine::ArgValueCandidates;
use jiff::Timestamp;

use super::draft_names::{discarded_names, draft_names};
use super::effective_config::EffectiveConfig;
use super::failure::CommandFailure;
use super::output::{OutputArgs, OutputFormat};
use super::{draft_list, draft_transfer, print};
use crate::azure::fault::Fault;
use crate::draft::DraftId;
use crate::draft::store::DraftStore;
use crate::driver::live::{drafts_in, sweep};

/// The subcommands of `blobfreight drafts`.
#[derive(Debug, Subcommand)]
pub enum DraftsCommand {
    /// List the drafts: what comes next with each, and until when
    List {
        /// List the trash instead, which keeps a draft for 30 days
        #[arg(long)]
        trash: bool,
    },
    /// Show one draft
    Show {
        /// Its name
        #[arg(value_name = "DRAFT", add = ArgValueCandidates::new(draft_names))]
        id: String,
    },
    /// Write a draft as one file for another machine, without secrets
    Export {
        /// Its name
        #[arg(value_name = "DRAFT", add = ArgValueCandidates::new(draft_names))]
        id: String,
        /// The new file, readable by you only; without it standard output
        #[arg(long, value_name = "FILE")]
        to: Option<PathBuf>,
    },
    /// Read a draft that `export` wrote on another machine
    Import {
        /// The file
        #[arg(value_name = "FILE")]
        file: PathBuf,
    },
    /// Move a draft to the trash, from where `restore` brings it back for 30 days
    #[command(visible_alias = "discard")]
    Delete {
        /// Its name
        #[arg(value_name = "DRAFT", add = ArgValueCandidates::new(draft_names))]
        id: String,
    },
    /// Bring a draft back from the trash
    Restore {
        /// Its name
        #[arg(value_name = "DRAFT", add = ArgValueCandidates::new(discarded_names))]
        id: String,
    },
    /// Take a draft over that another machine left open, after you made sure that nothing runs there
    Unlock {
        /// Its name
        #[arg(value_name = "DRAFT", add = ArgValueCandidates::new(draft_names))]
        id: String,
    },
}

/// Does what the command says; lists the drafts where it says nothing.
///
/// # Errors
/// The directory cannot be read; there is no such draft; it is open in another Blobfreight; the file is wrong.
pub(super) fn run(
    setting: &EffectiveConfig,
    output: OutputArgs,
    command: Option<DraftsCommand>,
) -> Result<(), CommandFailure> {
    let dir = drafts_in(&setting.places.data);
    let opened =
        DraftStore::open(&dir).map_err(|error| CommandFailure::of_store("open the folder of the drafts", &error))?;
    let store = &opened;
    let now = Timestamp::now();
    match command.unwrap_or(DraftsCommand::List { trash: false }) {
        DraftsCommand::List { trash: true } => {
            let discarded = store.discarded().map_err(|error| CommandFailure::of_store("list the trash", &error))?;
            draft_list::discarded(output, &discarded);
        }
        DraftsCommand::List { trash: false } => {
            sweep(&setting.places.data, store);
            store.empty_old_trash(now);
            list(store, output, now)?;
        }
        DraftsCommand::Show { id: name } => {
            let id = id(&name)?;
            let draft = store.read(&id).map_err(|error| CommandFailure::of_store("show the draft", &error))?;
            draft_list::show(output, &draft, now);
        }
        DraftsCommand::Export { id: name, to } => draft_transfer::export(store, &id(&name)?, to.as_deref(), output)?,
        DraftsCommand::Import { file } => draft_transfer::import(store, &file, output)?,
        DraftsCommand::Delete { id: name } => {
            store.discard(&id(&name)?).map_err(|error| CommandFailure::of_store("discard the draft", &error))?;
            done(
                store,
                output,
                now,
                &format!("Draft {name} is in the trash; `blobfreight drafts restore {name}` brings it back."),
            )?;
        }
        DraftsCommand::Restore { id: name } => {
            store.restore(&id(&name)?).map_err(|error| CommandFailure::of_store("bring the draft back", &error))?;
            done(store, output, now, &format!("Draft {name} is back."))?;
        }
        DraftsCommand::Unlock { id: name } => {
            let lock = store
                .take_over(&id(&name)?)
                .map_err(|error| CommandFailure::of_store("take the draft over", &error))?;
            drop(lock);
            done(store, output, now, &format!("Draft {name} can be opened here."))?;
        }
    }
    Ok(())
}

/// Says what was done, or lists what is there now for programs.
fn done(store: &DraftStore, output: OutputArgs, now: Timestamp, sentence: &str) -> Result<(), CommandFailure> {
    if output.is_json() {
        return list(store, output, now);
    }
    print::out(&format!("{sentence}\n"));
    Ok(())
}

fn list(store: &DraftStore, output: OutputArgs, now: Timestamp) -> Result<(), CommandFailure> {
    let drafts = store.list().map_err(|error| CommandFailure::of_store("list the drafts", &error))?;
    if drafts.is_empty() && output.format() == OutputFormat::Table {
        print::out("There are no drafts. `blobfreight` begins one.\n");
    } else {
        draft_list::drafts(output, &drafts, now);
    }
    Ok(())
}

/// Reads the name of a draft.
pub(super) fn id(text: &str) -> Result<DraftId, CommandFailure> {
    DraftId::parse(text).ok_or_else(|| {
        CommandFailure::wrong(format!("{text:?} is not the name of a draft; `blobfreight drafts` lists the drafts."))
    })
}

/// The failure of a command that needs the selection of a draft, e.g. `count the selection`, when nothing is selected.
pub(super) fn nothing_selected(tried: &str, id: &DraftId) -> CommandFailure {
    let nothing = Fault::local(format!("{tried} of draft {id}"), "nothing is selected in it");
    CommandFailure::of_input(nothing.advise(format!("Check blobs with `blobfreight resume {id}` first.")))
}
