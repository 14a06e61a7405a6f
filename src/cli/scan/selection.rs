//! The selection that a scan counts.

use super::args::ScanSelection;
use crate::cli::config::places;
use crate::cli::failure::{CommandFailure, WRONG};
use crate::cli::list;
use crate::draft::store::DraftStore;
use crate::draft::{Draft, DraftId};
use crate::driver::live::drafts_in;
use crate::select::{Rule, RuleForm};

/// The draft with this name.
pub(super) fn draft(id: &str) -> Result<Draft, CommandFailure> {
    let unknown = || CommandFailure::wrong(format!("`{id}` is no draft; `blobfreight drafts` lists the drafts."));
    let id = DraftId::parse(id).ok_or_else(unknown)?;
    let store = DraftStore::open(&drafts_in(&places().data));
    let store = store.map_err(|error| CommandFailure::of_store("open the folder of the drafts", &error))?;
    store.read(&id).map_err(|error| CommandFailure::of_store("count the draft", &error).with_status(WRONG))
}

/// The rules that the arguments name.
pub(super) fn rules(selection: &ScanSelection, draft: Option<&Draft>) -> Result<Vec<Rule>, CommandFailure> {
    let some = |rules: Vec<Rule>, place: String| {
        let nothing =
            || CommandFailure::wrong(format!("{place} names no blob to export, so there is nothing to count."));
        if rules.is_empty() { Err(nothing()) } else { Ok(rules) }
    };
    if let Some(draft) = draft {
        return some(draft.selection.rules.to_vec(), format!("Draft {}", draft.id));
    }
    if let Some(file) = &selection.list {
        let refuse =
            |reason: String| CommandFailure::wrong(format!("Could not read the list {}: {reason}.", file.display()));
        let list = list::from_file(file).map_err(refuse)?;
        return some(list.rules, format!("The list {}", file.display()));
    }
    if selection.all {
        return Ok(vec![Rule::Prefix("/".to_owned())]);
    }
    let prefixes = selection.prefix.iter().map(|text| ("--prefix", text, RuleForm::Prefix));
    let paths = selection.path.iter().map(|text| ("--path", text, RuleForm::Path));
    prefixes.chain(paths).map(|(option, text, form)| rule_of(option, text, form)).collect()
}

/// Reads a rule from the command line. Warns on standard error about a text that looks like a slip.
fn rule_of(option: &str, text: &str, form: RuleForm) -> Result<Rule, CommandFailure> {
    list::rule(&format!("blobfreight scan: {option}"), text, form)
        .map_err(|(shown, why)| CommandFailure::wrong(format!("{option}{shown}: {why}.")))
}
