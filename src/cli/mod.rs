//! The command line: reads the arguments and the configuration, runs the command, and says in one sentence why it failed.
//!
//! - `args`, `common_args`: the arguments; each command's own are in the file or folder of its name
//! - `config`: the configuration file; `effective_config` the configuration with the arguments laid over it
//! - `wizard`: the commands with a screen, or with lines in its place (`plain_mode`); `drafts`, `jobs`, `keys`, `locations`, `logs`, `new`, `scan`, `select`, `sign_in`, `simulate`, `verify`: those without
//! - `headless`: cloud, sign-in and subscription of a command without a screen; `person` prints what a person has to do to sign in; `list` reads a list file, `output` and `print` write the output
//! - `words`: the values of options that are types of the model
//! - `draft_list`, `draft_names`, `draft_transfer`: parts of `drafts`; `job_search`, `job_watch` and the like parts of `jobs`; `confirm` asks before what cannot be taken back
//! - `failure`: the sentence and the exit status of a command that failed
//! - `notifier`: notifies the person when long work has ended
//!
//! - `doctor`: looks for what is wrong; `settings`: the command `config`; `completions`, `man`: for shells and packages; `command_line`: reads the arguments; `help` dresses the help with `examples`, exit statuses and `environment`
//!
//! `help::EXIT_STATUSES` lists the exit statuses.

pub mod args;
mod command_line;
mod common_args;
mod completions;
pub mod config;
mod confirm;
mod doctor;
mod draft_list;
mod draft_names;
mod draft_notes;
mod draft_transfer;
mod drafts;
mod effective_config;
mod environment;
mod examples;
mod failure;
mod headless;
mod help;
mod job_cancel;
mod job_delete;
mod job_exec;
mod job_search;
mod job_ship;
mod job_watch;
mod jobs;
mod keys;
mod list;
mod locations;
mod logs;
mod man;
pub mod new;
mod notifier;
mod output;
mod person;
mod plain_mode;
mod print;
pub mod scan;
pub mod select;
mod settings;
pub mod sign_in;
pub mod simulate;
pub mod verify;
mod wizard;
mod words;

use std::process::ExitCode;

use crate::driver::log;
use crate::protocol::message::Opening;
pub use args::Cli;
use args::Command;
pub use command_line::{Invocation, complete};
use drafts::DraftsCommand;
use effective_config::EffectiveConfig;
pub use environment::{ENVIRONMENT, EnvironmentVariable};
use failure::CommandFailure;
pub use help::EXIT_STATUSES;
use jobs::JobsCommand;
use output::OutputArgs;

/// Runs one command to its end. Needs a tokio runtime.
pub async fn run(line: Invocation) -> ExitCode {
    let status = Box::pin(carry_out(line.cli)).await.unwrap_or_else(|failure| failure.report(line.form));
    print::lost().map_or(status, |fault| CommandFailure::from(fault).report(line.form))
}

async fn carry_out(cli: Cli) -> Result<ExitCode, CommandFailure> {
    if let Some(endpoint) = cli.blob_endpoint {
        if cli.command.is_some() {
            return Err(CommandFailure::wrong(
                "--blob-endpoint stands alone, without a command: it opens the wizard on that account.",
            ));
        }
        let setting = EffectiveConfig::read(&cli.global)?;
        log::start(&setting.places.state);
        return wizard::run_account(&setting, &endpoint).await.map(ExitCode::from);
    }
    let command = match cli.command {
        // Works without a configuration, also where the file is broken.
        Some(Command::Simulate(args)) => return Ok(simulate::run(args).await),
        Some(Command::Config { output, command }) => {
            settings::run(command, output, &cli.global)?;
            return Ok(ExitCode::SUCCESS);
        }
        Some(Command::Completions { shell }) => {
            completions::write(shell)?;
            return Ok(ExitCode::SUCCESS);
        }
        Some(Command::Man { dir }) => {
            man::write(&dir)?;
            return Ok(ExitCode::SUCCESS);
        }
        Some(Command::Doctor(args)) => return doctor::run(&args, &cli.global).await.map(ExitCode::from),
        Some(Command::Scan(args)) => return scan::run(&args, &cli.global).await.map(ExitCode::from),
        Some(Command::Rehearse) => ConfigRequest::Session(Opening::Rehearse),
        Some(Command::Resume { id }) => ConfigRequest::Session(Opening::Resume(drafts::id(&id)?)),
        None => ConfigRequest::Session(Opening::Start),
        Some(Command::Drafts { output, command }) => ConfigRequest::Drafts(output, command),
        Some(Command::Jobs { command }) => ConfigRequest::Jobs(command),
        Some(Command::Keys(args)) => ConfigRequest::Keys(args),
        Some(Command::Logs(args)) => ConfigRequest::Logs(Box::new(args)),
        Some(Command::Locations(args)) => ConfigRequest::Locations(args),
        Some(Command::New(args)) => ConfigRequest::New(Box::new(args)),
        Some(Command::Select(args)) => ConfigRequest::Select(args),
        Some(Command::SignIn(args)) => ConfigRequest::SignIn(args),
        Some(Command::SignOut { output }) => ConfigRequest::SignOut(output),
        Some(Command::Verify(args)) => ConfigRequest::Verify(Box::new(args)),
    };
    let setting = EffectiveConfig::read(&cli.global)?;
    log::start(&setting.places.state);
    match command {
        ConfigRequest::Session(opening) => return wizard::run(&setting, opening).await.map(ExitCode::from),
        ConfigRequest::Drafts(output, command) => drafts::run(&setting, output, command)?,
        ConfigRequest::Keys(args) => keys::run(&setting, &args).await?,
        ConfigRequest::Jobs(command) => return jobs::run(&setting, command).await.map(ExitCode::from),
        ConfigRequest::Logs(args) => return logs::run(&setting, *args).await.map(ExitCode::from),
        ConfigRequest::New(args) => return new::run(&setting, *args).await.map(ExitCode::from),
        ConfigRequest::Locations(args) => locations::run(&setting, args).await?,
        ConfigRequest::Select(args) => select::run(&setting, args).await?,
        ConfigRequest::SignIn(args) => sign_in::sign_in(&setting, args).await?,
        ConfigRequest::SignOut(output) => sign_in::sign_out(&setting, output).await?,
        ConfigRequest::Verify(args) => return verify::run(&setting, *args).await.map(ExitCode::from),
    }
    Ok(ExitCode::SUCCESS)
}

/// The commands that need the configuration.
enum ConfigRequest {
    Session(Opening),
    Drafts(OutputArgs, Option<DraftsCommand>),
    Jobs(JobsCommand),
    Keys(keys::KeysArgs),
    Locations(locations::LocationsArgs),
    New(Box<new::NewArgs>),
    Logs(Box<logs::LogsArgs>),
    Select(select::SelectArgs),
    SignIn(sign_in::SignInArgs),
    SignOut(OutputArgs),
    Verify(Box<verify::VerifyArgs>),
}
