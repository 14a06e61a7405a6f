//! Scans a selection: lists the blobs of its rules at the Blob service, and counts totals, findings and the sizes to pack. `plan` packs
//! the drives.
//!
//! Start with `plan::count` (what comes out), then `rules` (which rules are counted, each entry once) and `engine` (which page is fetched
//! when). The path of a page: `source` requests it, `fetch` reads it with one of two parsers, `page_counts` counts its entries, and
//! the engine adds the counts to the `ledger`.
//!
//! - Fetching: `source`, `fetch`, `retry` (when a page does not come), `window` (requests in flight).
//! - Parsing: `arrow_parser`, for XML `fast_parser` and `full_parser`; `entry` (what all produce), `level_names` (names of one level, uncounted).
//! - Counting: `page_counts`, `names` (what a name means on a drive), `collisions` (names equal but for case), `prefix_sizes` (how much lies
//!   under which prefix), `large_floor` (which blobs are kept one by one), `finding_examples` (which are named), `ledger`, `checkpoint`
//!   (on disk), `compact_time`, `common_length`.
//! - Dividing the work: `task` (a listing), `position` (how far it has come), `split` (by folders) and `probe_texts` (by names), so that the
//!   latency of requests does not add up; `bundle` (many small rules in one listing).

mod arrow_parser;
mod bundle;
mod checkpoint;
mod collisions;
mod common_length;
pub mod compact_time;
mod engine;
mod entry;
mod fast_parser;
mod fetch;
mod finding_examples;
mod full_parser;
mod large_floor;
mod ledger;
mod level_names;
mod names;
mod options;
mod page_counts;
mod position;
mod prefix_sizes;
mod probe_texts;
mod retry;
mod rules;
mod source;
mod split;
mod task;
mod window;

pub use crate::plan::count::{
    CountProgress, CountReport, CountTotals, FindingCount, FindingKind, Findings, RuleReport, RuleStatus,
};
pub use arrow_parser::{ArrowParser, UnreadArrow};
pub use checkpoint::previous;
pub use engine::run;
pub use entry::{EntrySink, ListedEntry, ListedTier, ModifiedTime};
pub use fast_parser::{FastParser, Unrecognised};
pub use full_parser::read as read_page;
pub use options::{ScanControl, ScanOptions};
pub use source::BlobSource;
