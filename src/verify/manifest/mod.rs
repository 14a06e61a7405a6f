//! Drive manifests, read as a stream: one entry at a time, whatever the size of the file.
//!
//! - `parser`: the events of the XML reader to entries. `fields`: numbers, digests and attributes. Both are pure.
//! - `decoder`: bytes of any of the known encodings to UTF-8. `reader`: a file to entries. Both read from what they are given.

mod decoder;
mod fields;
mod parser;
mod problem;
mod reader;

pub use parser::ManifestHead;
pub use problem::ManifestProblem;
pub use reader::ManifestReader;

#[cfg(test)]
mod tests;
