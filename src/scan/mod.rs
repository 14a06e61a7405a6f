//! Enumerates a selection over the Blob service: totals, findings and what the drive plan packs. Packing itself is `plan`'s.
//!
//! Read `plan::count` first (what comes out), then `rules` (what is counted once), `engine` (who asks for which page when) and
//! `page` (how a page is read). A listing is cut by folders (`split`) or, where there are none, by names (`ranges`), so that the
//! latency of requests does not add up; small rules of one folder share a listing (`bundle`). `parts` remembers what lies where.

mod bundle;
mod checkpoint;
mod collisions;
pub mod compact_time;
mod engine;
mod entry;
mod fast_parser;
mod fetch;
mod full_parser;
mod ledger;
mod names;
mod options;
mod page_counts;
mod prefix_sizes;
mod ranges;
mod rules;
mod source;
mod split;
mod task;
mod window;

pub use crate::plan::count::{
    CountProgress, CountReport, CountTotals, FindingCount, FindingKind, Findings, RuleReport, RuleStatus,
};
pub use checkpoint::previous;
pub use engine::run;
pub use entry::{EntrySink, ListedEntry};
pub use fast_parser::{FastParser, Unrecognised};
pub use full_parser::read as read_page;
pub use options::{ScanControl, ScanOptions};
pub use rules::statuses;
pub use source::BlobSource;
