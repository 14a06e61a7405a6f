//! The subcommands of `blobfreight config`.

use std::path::PathBuf;

use clap::Subcommand;
use serde_json::{Value, json};

use super::{edit, listing};
use crate::cli::common_args::GlobalArgs;
use crate::cli::config::{Config, places};
use crate::cli::failure::CommandFailure;
use crate::cli::output::OutputArgs;
use crate::driver::live::drafts_in;
use crate::driver::log;

/// The subcommands of `blobfreight config`.
#[derive(Clone, Copy, Debug, Subcommand)]
pub enum ConfigCommand {
    /// List the files and folders of the program
    Path,
    /// List what is configured: each value and where it comes from
    Show,
    /// Open the configuration in $VISUAL or $EDITOR, and check it after
    ///
    /// Where there is no file yet, one is written in which every key stands as a comment with what it does.
    Edit,
}

/// Runs one of them.
///
/// # Errors
/// The configuration file is wrong, or the editor cannot be started.
pub(crate) fn run(command: ConfigCommand, output: OutputArgs, global: &GlobalArgs) -> Result<(), CommandFailure> {
    match command {
        ConfigCommand::Path => path(output, global),
        ConfigCommand::Show => show(output, global)?,
        ConfigCommand::Edit => edit::edit(&config_file(global), output)?,
    }
    Ok(())
}

fn config_file(global: &GlobalArgs) -> PathBuf {
    global.config.clone().unwrap_or_else(|| places().config)
}

fn path(output: OutputArgs, global: &GlobalArgs) {
    let places = places();
    let all = [
        ("config", config_file(global)),
        ("data", places.data.clone()),
        ("drafts", drafts_in(&places.data)),
        ("state", places.state.clone()),
        ("log", places.state.join(log::FILE)),
    ];
    let there = |path: &PathBuf| if path.exists() { "there" } else { "not there" };
    let row = |(name, path): &(&str, PathBuf)| [(*name).to_owned(), path.display().to_string(), there(path).to_owned()];
    output.list(["NAME", "PATH", "IS"], all.iter().map(row).collect(), || {
        let one =
            |(name, path): &(&str, PathBuf)| ((*name).to_owned(), json!({ "path": path, "exists": path.exists() }));
        Value::Object(all.iter().map(one).collect())
    });
}

fn show(output: OutputArgs, global: &GlobalArgs) -> Result<(), CommandFailure> {
    let config = Config::load(global.config.as_deref())?;
    let file = config_file(global);
    let written = listing::written(&file);
    let settings = listing::all(&config, &written, global, |name| std::env::var(name).ok());
    let rows = settings.iter().map(|one| [one.key.clone(), one.value.clone(), one.origin.words(&file)]).collect();
    output.list(["KEY", "VALUE", "FROM"], rows, || {
        let one = |one: &listing::ConfigValue| {
            json!({ "key": one.key, "value": one.value, "from": one.origin.word(), "name": one.origin.name() })
        };
        settings.iter().map(one).collect()
    });
    Ok(())
}
