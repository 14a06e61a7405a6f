//! The arguments of `blobfreight new`.

use std::path::PathBuf;

use clap::{ArgGroup, Args};

use crate::azure::model::AutomationForm;
use crate::cli::common_args::SessionArgs;

/// Arguments of `blobfreight new`.
#[derive(Debug, Args)]
#[command(
    group(ArgGroup::new("source").required(true).args(["answers", "from_job", "schema"])),
    after_long_help = AFTER_HELP
)]
pub struct NewArgs {
    /// Read the answers from this file, TOML or JSON; `-` reads standard input
    #[arg(long, value_name = "FILE")]
    pub(super) answers: Option<PathBuf>,
    #[command(flatten)]
    pub(super) purpose: NewPurpose,
    /// Print the answers of this job as TOML, for a file to change and use again
    #[arg(long, value_name = "JOB")]
    pub(super) from_job: Option<String>,
    /// The resource group of that job
    #[arg(long, short = 'g', value_name = "GROUP", requires = "from_job")]
    pub(super) resource_group: Option<String>,
    /// Print the JSON Schema of the file
    #[arg(long)]
    pub(super) schema: bool,
    #[command(flatten)]
    pub(super) session: SessionArgs,
}

/// What is to come of the answers.
#[derive(Clone, Debug, Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of the command line")]
pub(super) struct NewPurpose {
    /// Create the job. Without it the answers are only checked
    #[arg(long, requires = "answers")]
    pub(super) create: bool,
    /// Create the job although something is doubtful
    #[arg(long, requires = "create")]
    pub(super) accept_doubts: bool,
    /// Register the subscription for the service where that is missing, and wait until it is done
    #[arg(long, requires = "answers")]
    pub(super) register: bool,
    /// Print the create request in this form, for another program to send; the job is not created
    #[arg(long, value_name = "FORM", value_enum, requires = "answers", conflicts_with = "create")]
    pub(super) print: Option<AutomationForm>,
    /// With --print: write the blob list that the job needs to this new file
    #[arg(long, value_name = "FILE", requires = "print")]
    pub(super) list_out: Option<PathBuf>,
    /// Keep the draft that is made of the answers, to go on in the wizard. A draft whose job was sent is always kept
    #[arg(long, requires = "answers")]
    pub(super) keep: bool,
}

const AFTER_HELP: &str = "\
Exit status:
  0  the answers are complete and nothing is doubtful; with --create: the job
     was created and read back
  1  a request failed, or it is not known whether the job was created
  2  the arguments or the file are wrong
  3  an answer is missing or wrong, or something is doubtful and
     --accept-doubts was not given; no job was created
  4  sign in first

A short file:
  account = \"mediaeurope\"
  blobs.prefixes = [\"/media/2024/\"]
  drives = \"8TB\"

  [address]
  contact = \"Ana Example\"
  street1 = \"12 Harbour Road\"
  city = \"Ghent\"
  postal-code = \"9000\"
  country = \"BE\"
  phone = \"+32 9 555 01 99\"
  emails = [\"storage@example.com\"]

  [carrier]
  name = \"FedEx\"
  account-number = \"123456789\"

  [job]
  name = \"export-media-2024\"
  resource-group = \"media-rg\"";
