//! The command line: reads the arguments and the configuration, runs what was asked for, says in one sentence what went wrong.
//!
//! Exit status: 0, 1 for what failed, 2 for what was asked wrongly (arguments, configuration, no terminal), 128 plus the number of
//! the signal that ended a session.

pub mod args;
pub mod config;
mod drafts;
mod failure;
mod headless;
mod jobs;
mod list;
mod locations;
mod print;
pub mod scan;
pub mod select;
pub mod simulate;
mod wizard;

use std::process::ExitCode;

use crate::app::protocol::Opening;
use crate::driver::log;
pub use args::Cli;
use args::{Ask, Command, DraftsCommand, Global, JobsCommand};
use config::{Config, Places, places};
use failure::Failure;

/// Runs one command to its end. Needs a tokio runtime.
pub async fn run(cli: Cli) -> ExitCode {
    carry_out(cli).await.unwrap_or_else(Failure::tell)
}

async fn carry_out(cli: Cli) -> Result<ExitCode, Failure> {
    if let Some(endpoint) = cli.blob_endpoint {
        if cli.command.is_some() {
            return Err(Failure::wrong("--blob-endpoint goes before no command: it opens the account by itself."));
        }
        let setting = Setting::read(&cli.global)?;
        log::start(&setting.places.state);
        return wizard::run_account(&setting, &endpoint).await.map(ExitCode::from);
    }
    let command = match cli.command {
        // Needs no configuration, and a broken one must not stand in its way.
        Some(Command::Simulate(args)) => return Ok(simulate::run(args).await),
        Some(Command::Scan(args)) => return Ok(scan::run(args, &cli.global).await),
        Some(Command::Rehearse) => Asked::Session(Opening::Rehearse),
        Some(Command::Resume { id }) => Asked::Session(Opening::Resume(drafts::id(&id)?)),
        None => Asked::Session(Opening::Start),
        Some(Command::Drafts { json, command }) => Asked::Drafts(json, command),
        Some(Command::Jobs { command }) => Asked::Jobs(command),
        Some(Command::Locations { ask }) => Asked::Locations(ask),
        Some(Command::Select(args)) => Asked::Select(args),
    };
    let setting = Setting::read(&cli.global)?;
    log::start(&setting.places.state);
    match command {
        Asked::Session(opening) => return wizard::run(&setting, opening).await.map(ExitCode::from),
        Asked::Drafts(json, command) => drafts::run(&setting, json, command).await?,
        Asked::Jobs(command) => jobs::run(&setting, command).await?,
        Asked::Locations(ask) => locations::run(&setting, &ask).await?,
        Asked::Select(args) => select::run(&setting, args).await?,
    }
    Ok(ExitCode::SUCCESS)
}

/// What needs the configuration.
enum Asked {
    Session(Opening),
    Drafts(bool, Option<DraftsCommand>),
    Jobs(JobsCommand),
    Locations(Ask),
    Select(select::Args),
}

/// The configuration with the arguments laid over it.
struct Setting {
    config: Config,
    places: Places,
    /// Name of the cloud asked for with `--cloud`.
    cloud: Option<String>,
}

impl Setting {
    fn read(global: &Global) -> Result<Self, Failure> {
        let mut config = Config::load(global.config.as_deref())?;
        config.ascii |= global.ascii;
        config.motion &= !global.no_motion;
        Ok(Self { config, places: places(), cloud: global.cloud.clone() })
    }
}
