//! Counts the entries of one page. A page counts as a whole or not at all: [`PageCounter`] collects while the page is read, and only
//! [`PageCounter::finish`] makes the [`PageCounts`] that are added to the ledger. Pure.
//!
//! - `page_counts`: the bounds of the listing, its position, and the counts of a whole page.
//! - `entry_counter`: adds a single entry to totals and findings.

mod entry_counter;
mod page_counts;

pub(super) use page_counts::{ListingBounds, PageContext, PageCounter, PageCounts};
