//! Enumerates a selection over the Blob service: totals, findings and what the drive plan packs. Packing itself is `plan`'s.

mod entry;
mod page;
mod xml;

pub use entry::{Entry, Sink};
pub use page::{Unrecognised, Walker};
pub use xml::read as read_page;
