//! The command line as clap reads it. What a command does is in the module of its name.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use super::simulate;
use crate::azure::model::SignInMethod;

/// Export blobs from Azure Storage on disks, step by step: an Azure Import/Export job from choosing blobs to unlocking drives
#[derive(Debug, Parser)]
#[command(name = "blobfreight", version, about, disable_help_subcommand = true)]
pub struct Cli {
    /// What counts for every command.
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

/// What counts for every command.
#[derive(Clone, Debug, Default, Args)]
pub struct GlobalArgs {
    /// Read this configuration file instead of the usual one
    #[arg(long, global = true, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// Use this Azure cloud: public, us-government, china, or one of the configuration file
    #[arg(long, global = true, value_name = "NAME")]
    pub cloud: Option<String>,
    /// Draw with ASCII characters only
    #[arg(long, global = true)]
    pub ascii: bool,
    /// Let nothing move on the screen
    #[arg(long, global = true)]
    pub no_motion: bool,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Practise a whole export on a simulated Azure: no account, no network
    Rehearse,
    /// Go on with a draft
    Resume {
        /// Its name, as `blobfreight drafts` lists it
        #[arg(value_name = "DRAFT")]
        id: String,
    },
    /// List the drafts, or discard one
    Drafts {
        /// Print JSON
        #[arg(long)]
        json: bool,
        /// What to do with them; they are listed when nothing is named.
        #[command(subcommand)]
        command: Option<DraftsCommand>,
    },
    /// Look at export jobs
    Jobs {
        /// What to do.
        #[command(subcommand)]
        command: JobsCommand,
    },
    /// List where drives can be shipped
    Locations {
        /// How to ask.
        #[command(flatten)]
        ask: SessionArgs,
    },
    /// Run the simulated Azure on loopback for other clients
    Simulate(simulate::SimulateArgs),
    /// Count what an export would take and say how many drives it needs
    Scan(super::scan::ScanArgs),
    /// Write a draft's selection as a blob list file (XML), or read one into a draft
    Select(super::select::SelectArgs),
}

/// What to do with drafts.
#[derive(Debug, Subcommand)]
pub enum DraftsCommand {
    /// Move a draft to the trash
    Discard {
        /// Its name
        #[arg(value_name = "DRAFT")]
        id: String,
    },
}

/// What to do with jobs.
#[derive(Debug, Subcommand)]
pub enum JobsCommand {
    /// List the export jobs of a subscription
    List {
        /// How to ask.
        #[command(flatten)]
        ask: SessionArgs,
        /// Only those of this resource group
        #[arg(long, short = 'g', value_name = "GROUP")]
        resource_group: Option<String>,
    },
    /// Show one job with its drives
    Show {
        /// Which.
        #[command(flatten)]
        job: JobSelector,
        /// How to ask.
        #[command(flatten)]
        ask: SessionArgs,
    },
    /// Save the BitLocker keys of a job to a new file that only you can read
    Keys {
        /// Which.
        #[command(flatten)]
        job: JobSelector,
        /// How to ask.
        #[command(flatten)]
        ask: SessionArgs,
    },
}

/// Which job.
#[derive(Clone, Debug, Args)]
pub struct JobSelector {
    /// Name of the job
    #[arg(value_name = "JOB")]
    pub name: String,
    /// Its resource group
    #[arg(long, short = 'g', value_name = "GROUP")]
    pub resource_group: String,
}

/// How a headless command asks Azure, and how it prints the answer.
#[derive(Clone, Debug, Args)]
pub struct SessionArgs {
    /// Subscription id; needed only when you can see more than one
    #[arg(long, value_name = "ID")]
    pub subscription: Option<String>,
    /// Tenant id or domain, when not the usual one is meant
    #[arg(long, value_name = "TENANT")]
    pub tenant: Option<String>,
    /// How to sign in
    #[arg(long, value_enum, default_value_t = SignInArg::Tools)]
    pub sign_in: SignInArg,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

/// A way to sign in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum SignInArg {
    /// Azure CLI or Azure Developer CLI
    Tools,
    /// Service principal from the environment
    Environment,
    /// Workload identity
    Workload,
    /// Managed identity
    Managed,
}

impl From<SignInArg> for SignInMethod {
    fn from(way: SignInArg) -> Self {
        match way {
            SignInArg::Tools => Self::DeveloperTools,
            SignInArg::Environment => Self::Environment,
            SignInArg::Workload => Self::WorkloadIdentity,
            SignInArg::Managed => Self::ManagedIdentity,
        }
    }
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
