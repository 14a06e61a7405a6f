//! What came of a check, for people and for programs. Pure: values in, text out.
//!
//! - `text`: the summary on standard output. `html`: a page to keep. `json`: everything. `csv`: each blob, its file and its verdict.
//! - `outcome`: the same in an amount that does not grow with the drives, for the screen.

mod csv;
mod html;
mod json;
mod outcome;
mod text;

pub use csv::{CSV_HEADING, CsvRows};
pub use html::html;
pub use json::JsonReport;
pub use outcome::outcome;
pub use text::text;

#[cfg(test)]
mod tests;
