//! Lists of blobs in Apache Arrow (IPC streaming format), as List Blobs answers since service version 2026-10-06. What is listed is decided
//! in `list`.
//!
//! - `flatbuffer`: writes the tables that describe messages. `column`: the values of a column. `stream`: messages.
//! - `entries`: which columns an entry of a list fills.

mod column;
mod entries;
mod flatbuffer;
mod stream;

pub(super) use entries::{generated, page};
pub(super) use stream::{END, WrittenBatch, batch, schema};

/// The media type of such a list.
pub(super) const MEDIA_TYPE: &str = "application/vnd.apache.arrow.stream";

/// The first service version that answers so.
pub(super) const VERSION: &str = "2026-10-06";
