//! `blobfreight select`: writes a draft's selection as a list file, or reads a list file into a draft. Sends no request.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap_complete::engine::ArgValueCandidates;
use serde_json::{Value, json};

use super::draft_names::draft_names;
use super::effective_config::EffectiveConfig;
use super::failure::CommandFailure;
use super::output::{OutputArgs, OutputFormat};
use super::{drafts, list, print};
use crate::azure::fault::Fault;
use crate::draft::{ChosenBlobs, Draft, Unlocked};
use crate::driver::backend::Backend;
use crate::driver::live::{CLOCK_RATE, LiveBackend};
use crate::files::{self, UnfinishedFile};
use crate::protocol::message::{Call, Reply};
use crate::protocol::step::Step;
use crate::select::{Rule, Selection, write_list};
use crate::ui::text::{clean, count};

/// Arguments of `blobfreight select`.
#[derive(Debug, clap::Args)]
#[command(group(clap::ArgGroup::new("what").required(true).multiple(true).args(["draft", "list"])))]
pub struct SelectArgs {
    /// The draft whose selection is written, or replaced with --list
    #[arg(long, value_name = "ID", add = ArgValueCandidates::new(draft_names))]
    draft: Option<String>,
    /// Write to this file instead of standard output
    #[arg(long, value_name = "FILE", conflicts_with = "list")]
    out: Option<PathBuf>,
    /// Write over the file if it is there
    #[arg(long, requires = "out")]
    force: bool,
    /// Read this blob list file (XML); without --draft or --new it is only checked
    #[arg(long, value_name = "FILE")]
    list: Option<PathBuf>,
    /// Begin a new draft with the list
    #[arg(long, requires = "list", conflicts_with = "draft")]
    new: bool,
    /// Form of what is said; without --out, `-o json` and `-o tsv` print the rules in place of the XML
    #[command(flatten)]
    output: OutputArgs,
}

/// Writes a selection, or reads one.
///
/// # Errors
/// There is no such draft; nothing is selected in it; a name cannot stand in XML; a file cannot be read or written, or is not a list.
pub(super) async fn run(setting: &EffectiveConfig, args: SelectArgs) -> Result<(), CommandFailure> {
    let live = LiveBackend::new(setting.places.data.clone(), CLOCK_RATE);
    match (&args.list, &args.draft) {
        (Some(file), draft) => read(&live, file, draft.as_deref(), args.new, args.output).await,
        (None, Some(draft)) => write(&live, draft, args.out.as_deref(), args.force, args.output).await,
        (None, None) => Ok(()),
    }
}

async fn write(
    live: &LiveBackend,
    name: &str,
    out: Option<&Path>,
    force: bool,
    output: OutputArgs,
) -> Result<(), CommandFailure> {
    let draft = opened(live, Call::ReadDraft(drafts::id(name)?)).await?;
    let rules = &draft.selection.rules;
    let failed = |reason: String| Fault::local(format!("write the selection of draft {name}"), reason);
    if rules.is_empty() {
        return Err(drafts::nothing_selected("write the selection", &draft.id));
    }
    let xml = write_list(rules).map_err(|why| {
        failed(why.to_string().trim_end_matches('.').to_owned())
            .advise("Select it by a prefix that ends before that character.")
    })?;
    let Some(path) = out else {
        match output.format() {
            OutputFormat::Table => print::out(&xml),
            OutputFormat::Tsv => print::tsv(rules.iter().map(parts).collect()),
            OutputFormat::Json => print::json(&json!({ "draft": name, "rules": rules_json(rules) })),
        }
        return Ok(());
    };
    save(path, &xml, force)?;
    tell_held(output, path, rules);
    Ok(())
}

/// Writes the file; an existing one only with `force`.
pub(super) fn save(path: &Path, xml: &str, force: bool) -> Result<(), CommandFailure> {
    let write = if force { files::replace } else { UnfinishedFile::write };
    let written = write(path, xml.as_bytes());
    written.map_err(|error| {
        let tried = format!("write {}", path.display());
        if error.kind() == std::io::ErrorKind::AlreadyExists {
            let exists = Fault::local(tried, "the file exists already");
            return exists.advise("Give another name, or --force to write over it.").into();
        }
        Fault::local(tried, files::reason(&error)).advise("Give a place that can be written to.").into()
    })
}

/// Says how many rules a file holds.
fn tell_held(output: OutputArgs, file: &Path, rules: &[Rule]) {
    let text = format!("{} holds {}.\n", clean(&file.display().to_string()), counted(rules.len()));
    output.one(
        &text,
        [file.display().to_string(), rules.len().to_string()],
        || json!({ "file": file, "rules": rules_json(rules) }),
    );
}

fn rules_json(rules: &[Rule]) -> Value {
    let rule = |rule: &Rule| {
        let [kind, text] = parts(rule);
        json!({ "kind": kind, "text": text })
    };
    rules.iter().map(rule).collect()
}

/// Kind and text of a rule, as `scan` names them.
fn parts(rule: &Rule) -> [String; 2] {
    let (kind, text) = super::words::rule(rule);
    [kind.to_owned(), text]
}

async fn read(
    live: &LiveBackend,
    file: &Path,
    draft: Option<&str>,
    new: bool,
    output: OutputArgs,
) -> Result<(), CommandFailure> {
    let list = list::from_file(file)?;
    let rules = Selection::from_rules(list.rules).rules();
    let held = counted(rules.len());
    let call = match draft {
        Some(name) => Call::OpenDraft(drafts::id(name)?),
        None if new => Call::NewDraft { rehearsal: false },
        None => {
            tell_held(output, file, &rules);
            return Ok(());
        }
    };
    let mut draft = opened(live, call).await?;
    if draft.journal.create.is_some() || draft.has_job() {
        return Err(Fault::local(format!("change draft {}", draft.id), "its job was sent already")
            .advise("Read the list into a new draft with --new.")
            .into());
    }
    let chosen = draft.account.as_ref().map(|chosen| chosen.account.id.clone());
    let account = chosen.or_else(|| draft.given.as_ref().map(|given| given.endpoint.clone()));
    draft.step = draft.step.min(if account.is_some() { Step::Blobs } else { Step::SignIn });
    let rules = Arc::new(rules);
    draft.selection = ChosenBlobs { rules: Arc::clone(&rules), account, ..ChosenBlobs::default() };
    draft.changed = jiff::Timestamp::now();
    live.save(&draft)?;
    live.close_draft();
    let text = format!("Draft {} now selects {held}.\n", draft.id);
    output.one(
        &text,
        [draft.id.to_string(), rules.len().to_string()],
        || json!({ "draft": draft.id.as_str(), "rules": rules_json(&rules) }),
    );
    Ok(())
}

/// Opens a draft, with its lock where the call takes one.
async fn opened(live: &LiveBackend, call: Call) -> Result<Draft, CommandFailure> {
    let held = |id: &dyn std::fmt::Display, by: &str| {
        Fault::local(format!("change draft {id}"), format!("it is open in another Blobfreight ({by})"))
            .advise("Close it there first.")
    };
    let writes = !matches!(call, Call::ReadDraft(_));
    let is_named = !matches!(call, Call::NewDraft { .. });
    let answer = live.call(call, Arc::new(|_| {})).await;
    let answer = answer.map_err(|fault| if is_named { CommandFailure::of_input(fault) } else { fault.into() })?;
    match answer {
        Reply::Opened { read_only: Some(Unlocked::Failed(why)), .. } if writes => Err(why.into()),
        Reply::Opened { draft, .. } => Ok(*draft),
        Reply::Held { id, holder, .. } => Err(held(&id, &holder).into()),
        _ => Err(Fault::local("open the draft", "the program got the answer of another call").into()),
    }
}

fn counted(rules: usize) -> String {
    if rules == 1 { "1 rule".to_owned() } else { format!("{} rules", count(rules as u64)) }
}
