//! Reads a stream of Apache Arrow (IPC streaming format), as List Blobs answers with it (Microsoft page: List Blobs). Columns are found by
//! their names. Nothing is believed: each length, count and offset is compared with the bytes that are there before it is used, and
//! nothing is allocated for more than came.
//!
//! - `fault`: why a stream is not read. `flatbuffer`: the tables in which messages are described.
//! - `message`: the messages of a stream. `schema`: the columns. `batch`: the rows of one message; `buffers`: where they lie.
//! - `column`: the values of a column. `dictionary`: values that rows name by number. `value`: one value, and its text in XML.
//! - `reader`: a stream, piece by piece.

mod batch;
mod buffers;
mod column;
mod dictionary;
mod fault;
mod flatbuffer;
mod message;
mod reader;
mod schema;
mod value;

pub(crate) use batch::ArrowBatch;
pub(crate) use column::ArrowColumn;
pub(crate) use fault::{ArrowFault, ArrowResult};
pub(crate) use reader::ArrowReader;
pub(crate) use value::ArrowValue;

/// The media type of such a stream.
pub(crate) const MEDIA_TYPE: &str = "application/vnd.apache.arrow.stream";
