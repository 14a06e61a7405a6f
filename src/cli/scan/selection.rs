//! The selection that a scan counts.

use super::args::ScanSelection;
use crate::cli::config::places;
use crate::cli::failure::CommandFailure;
use crate::cli::{drafts, list};
use crate::draft::Draft;
use crate::draft::store::DraftStore;
use crate::driver::live::drafts_in;
use crate::select::{Rule, RuleForm};

/// The draft with this name.
pub(super) fn draft(id: &str) -> Result<Draft, CommandFailure> {
    let id = drafts::id(id)?;
    let store = DraftStore::open(&drafts_in(&places().data));
    let store = store.map_err(|error| CommandFailure::of_store("open the folder of the drafts", &error))?;
    store.read(&id).map_err(|error| CommandFailure::of_store("count the draft", &error))
}

/// The rules that the arguments name.
pub(super) fn rules(selection: &ScanSelection, draft: Option<&Draft>) -> Result<Vec<Rule>, CommandFailure> {
    if let Some(draft) = draft {
        if draft.selection.rules.is_empty() {
            return Err(drafts::nothing_selected("count the selection", &draft.id));
        }
        return Ok(draft.selection.rules.to_vec());
    }
    if let Some(file) = &selection.list {
        return Ok(list::from_file(file)?.rules);
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
