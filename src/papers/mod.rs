//! The papers of a parcel: the packing slip that lies in it and the label that is on it, as text and as a page to print.
//!
//! - `content`: what they say, made of the draft, and why there are none.
//! - `text`: both as plain text.
//! - `page`: both as one HTML page for the screen and for paper.

mod content;
mod page;
mod text;

pub use content::{NoPapers, Papers};
pub use page::page;
pub use text::{LABEL, text};
