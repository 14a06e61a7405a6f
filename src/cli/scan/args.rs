//! The arguments of `blobfreight scan`.

use std::path::PathBuf;

use clap_complete::engine::ArgValueCandidates;
use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;

use super::json;
use crate::cli::draft_names::draft_names;
use crate::cli::output::OutputArgs;
use crate::plan::Purchase;
use crate::scan::compact_time;

/// Arguments of `blobfreight scan`.
#[derive(Debug, clap::Args)]
#[command(
    after_long_help = json::FIELDS,
    override_usage = "blobfreight scan --drives <SIZES> [OPTIONS]\n       \
        {--draft <ID> | --list <FILE> | --all |\n        [--prefix <TEXT>] [--path <BLOB>]}"
)]
pub struct ScanArgs {
    #[command(flatten)]
    pub(super) selection: ScanSelection,
    /// Drives: a size for as many as needed (4TB, 3.64TiB), or the ones there are (2x8TB + 1x4TB)
    #[arg(long, value_name = "SIZES", value_parser = purchase)]
    pub(super) drives: Purchase,
    /// Blob endpoint of the account; emulators carry the account in its path
    #[arg(long, value_name = "URL")]
    pub(super) blob_endpoint: Option<String>,
    /// Most requests at a time
    #[arg(long, value_name = "N", default_value_t = 16, value_parser = clap::value_parser!(u8).range(1..=64))]
    pub(super) concurrency: u8,
    /// Go on where an earlier scan of this endpoint stopped, and take over the rules it has counted
    #[arg(long)]
    pub(super) resume: bool,
    /// Report blobs changed after this time, e.g. 2026-11-22 or 2026-11-22T08:30:00Z; if left out, after the start of the
    /// previous scan of this endpoint. Not with --resume: the earlier scan has compared with its own time
    #[arg(long, value_name = "WHEN", value_parser = since, conflicts_with = "resume")]
    pub(super) since: Option<u64>,
    /// Form of the output; --help lists the fields of the JSON, and a line of TSV is a rule
    #[command(flatten)]
    pub(super) output: OutputArgs,
}

/// The selection that is counted: a draft, a list, the whole account, or prefixes and paths together.
#[derive(Debug, clap::Args)]
#[group(required = true, multiple = true)]
pub(super) struct ScanSelection {
    /// The selection of a draft
    #[arg(long, value_name = "ID", add = ArgValueCandidates::new(draft_names), conflicts_with_all = ["list", "prefix", "path", "all"])]
    pub(super) draft: Option<String>,
    /// A blob list file (XML)
    #[arg(long, value_name = "FILE", conflicts_with_all = ["prefix", "path", "all"])]
    pub(super) list: Option<PathBuf>,
    /// All blobs with their snapshots whose /container/name begins so; may be repeated
    #[arg(long, value_name = "/CONTAINER/TEXT")]
    pub(super) prefix: Vec<String>,
    /// One blob with its snapshots; may be repeated
    #[arg(long, value_name = "CONTAINER/BLOB")]
    pub(super) path: Vec<String>,
    /// The whole account
    #[arg(long, conflicts_with_all = ["prefix", "path"])]
    pub(super) all: bool,
}

fn purchase(text: &str) -> Result<Purchase, String> {
    Purchase::parse(text).map_err(|error| error.to_string())
}

/// A date or a time as a compact time in UTC, e.g. 20261122083000.
fn since(text: &str) -> Result<u64, String> {
    let wrong = |_| "write a date such as 2026-11-22, or a time such as 2026-11-22T08:30:00Z".to_owned();
    let civil =
        |text: &str| text.parse::<DateTime>().and_then(|at| at.to_zoned(TimeZone::UTC)).map(|at| at.timestamp());
    text.parse::<Timestamp>().or_else(|_| civil(text)).map_err(wrong).map(compact_time::from_timestamp)
}
