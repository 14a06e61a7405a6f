//! The command line as clap reads it. Each command is in the module of its name.

use clap::{Parser, Subcommand};
use clap_complete::engine::ArgValueCandidates;

use super::common_args::GlobalArgs;
use super::draft_names::draft_names;
use super::drafts::DraftsCommand;
use super::jobs::JobsCommand;
use super::output::OutputArgs;
use super::simulate;

/// Export blobs from Azure Storage on disks, step by step: an Azure Import/Export job from choosing blobs to unlocking drives
#[derive(Debug, Parser)]
#[command(name = "blobfreight", version, about, disable_help_subcommand = true)]
pub struct Cli {
    /// The options of every command.
    #[command(flatten)]
    pub global: GlobalArgs,
    /// Pick blobs of just this account, without a sign-in, with what `AZURE_STORAGE_KEY`, `AZURE_STORAGE_SAS_TOKEN` or
    /// `AZURE_STORAGE_CONNECTION_STRING` holds; without URL the connection string names the account
    #[arg(long, value_name = "URL", num_args = 0..=1, default_missing_value = "")]
    pub blob_endpoint: Option<String>,
    /// What to do; the start screen when nothing is named.
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Practise a whole export on a simulated Azure, without an account
    Rehearse,
    /// Go on with a draft
    Resume {
        /// Its name, as `blobfreight drafts` lists it
        #[arg(value_name = "DRAFT", add = ArgValueCandidates::new(draft_names))]
        id: String,
    },
    /// List, show, move and delete drafts
    Drafts {
        /// Form of the output.
        #[command(flatten)]
        output: OutputArgs,
        /// What to do with them; they are listed when nothing is named.
        #[command(subcommand)]
        command: Option<DraftsCommand>,
    },
    /// List, ship, follow, cancel and delete export jobs
    Jobs {
        /// What to do.
        #[command(subcommand)]
        command: JobsCommand,
    },
    /// Show or save the BitLocker keys of a job
    Keys(super::keys::KeysArgs),
    /// Say what was not exported, by reason, from the logs of a job
    Logs(super::logs::LogsArgs),
    /// List where drives can be shipped
    Locations(super::locations::LocationsArgs),
    /// Check answers in a file and create their job, without a screen
    New(super::new::NewArgs),
    /// Show, find and edit the configuration
    Config {
        /// Form of the output.
        #[command(flatten)]
        output: OutputArgs,
        /// What to do.
        #[command(subcommand)]
        command: super::settings::ConfigCommand,
    },
    /// Write the script that completes command lines in a shell
    Completions {
        /// The shell
        shell: super::completions::CompletionShell,
    },
    /// Write the man pages into a folder, for packages
    Man {
        /// The folder; it is made where it is not there
        #[arg(value_name = "DIR")]
        dir: std::path::PathBuf,
    },
    /// Look for faults of this machine, the sign-in and the account
    Doctor(Box<super::doctor::DoctorArgs>),
    /// Sign in as a person, in a browser or with a device code
    SignIn(super::sign_in::SignInArgs),
    /// Remove the sign-in from the system's keyring
    SignOut {
        /// Form of the output.
        #[command(flatten)]
        output: OutputArgs,
    },
    /// Run the simulated Azure on loopback for other clients
    Simulate(simulate::SimulateArgs),
    /// Count what an export takes, and the drives that it needs
    Scan(super::scan::ScanArgs),
    /// Write a draft's selection as a blob list (XML), or read one
    Select(super::select::SelectArgs),
    /// Check returned drives, byte by byte, against what was promised
    Verify(super::verify::VerifyArgs),
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_command_line_is_well_formed() {
        Cli::command().debug_assert();
    }

    #[test]
    fn global_arguments_may_stand_behind_the_command() {
        let cli = Cli::try_parse_from(["blobfreight", "rehearse", "--ascii", "--no-motion"]).unwrap();
        assert!(cli.global.ascii && cli.global.no_motion && matches!(cli.command, Some(Command::Rehearse)));
    }

    #[test]
    fn a_wrong_argument_ends_with_status_2() {
        for wrong in [vec!["blobfreight", "--what"], vec!["blobfreight", "jobs"], vec!["blobfreight", "resume"]] {
            assert_eq!(Cli::try_parse_from(&wrong).unwrap_err().exit_code(), 2, "{wrong:?}");
        }
    }
}
