//! Enumerates a selection over the Blob service: totals, findings and what the drive plan packs. Packing itself is `plan`'s.
//!
//! Read `plan::count` first (what comes out), then `rules` (what is counted once), `engine` (who asks for which page when) and
//! `page` (how a page is read). A listing is cut by folders (`split`) or, where there are none, by names (`ranges`), so that the
//! latency of requests does not add up; small rules of one folder share a listing (`bundle`). `parts` remembers what lies where.

mod bundle;
mod checkpoint;
mod engine;
mod entry;
mod lane;
pub mod moment;
mod names;
mod options;
mod pace;
mod page;
mod parts;
mod ranges;
mod rules;
mod source;
mod split;
mod tally;
mod task;
mod twins;
mod units;
mod xml;

pub use crate::plan::count::{FindingKind, Findings, Found, Progress, Report, RuleReport, Standing, Totals};
pub use checkpoint::previous;
pub use engine::run;
pub use entry::{Entry, Sink};
pub use options::{Control, Options};
pub use page::{Unrecognised, Walker};
pub use rules::standings;
pub use source::Source;
pub use xml::read as read_page;
