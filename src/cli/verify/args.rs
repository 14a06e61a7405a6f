//! The arguments of `blobfreight verify`.

use std::path::PathBuf;

use clap::Args;

use crate::cli::common_args::SessionArgs;

/// Exit status of `verify`, for its help.
const EXIT_STATUS: &str = "\
Exit status: 0 everything promised is there and right, 1 damaged or missing,
2 not checked, 3 stopped, 4 sign in first.";

/// Arguments of `blobfreight verify`.
#[derive(Clone, Debug, Args)]
#[command(after_help = EXIT_STATUS)]
pub struct VerifyArgs {
    /// Where a returned drive is mounted, or where a copy of one lies; several are checked at once
    #[arg(value_name = "DRIVE", required = true)]
    pub drives: Vec<PathBuf>,
    /// The job: a file with it as the service answers or as `jobs show --json` prints it, or the name of a job of a draft, which is then
    /// asked for. It names the drives and the hashes of their manifests
    #[arg(long, value_name = "FILE|NAME")]
    pub job: Option<String>,
    /// A folder with downloaded logs and copies of manifests
    #[arg(long, value_name = "DIR")]
    pub logs: Option<PathBuf>,
    /// Serial number of the drive; once for each DRIVE, in the same order
    #[arg(long, value_name = "ID")]
    pub drive_id: Vec<String>,
    /// Go on where an earlier check of the same drive stopped
    #[arg(long)]
    pub resume: bool,
    /// Also write a report: .txt, .html, .json, or .csv with each blob, its file and its verdict; may be given several times
    #[arg(long, value_name = "FILE")]
    pub report: Vec<PathBuf>,
    /// Readers for each drive: 1 reads in order, as spinning disks like it; without it the system is asked what the drive is
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u8).range(1..=64))]
    pub readers: Option<u8>,
    /// How to ask for a job by its name.
    #[command(flatten)]
    pub ask: SessionArgs,
}
