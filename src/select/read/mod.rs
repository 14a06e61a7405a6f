//! Reads a `BlobList` XML written by hand or by another tool. A list that could export something else than meant is refused
//! with line and column; matters of style are noted.
//!
//! - `read`: the bytes of the file.
//! - `list_parser`: the elements of the list.
//! - `strict`: XML 1.0 rules that the parser does not check.
//! - `notes`: notes on style and likely slips, summed up by kind.
//! - `problem`: the reason why a file is refused.

mod list_parser;
mod notes;
mod problem;
mod read;
mod strict;

pub use list_parser::ReadList;
pub use notes::{NoteSum, Position, ReadNote};
pub use read::{ReadError, read_list};
