//! The messages of a stream.

use super::column::{BatchParts, WrittenColumn, long};
use super::flatbuffer::{FlatValue, buffer};

/// The end of a stream.
pub(crate) const END: &[u8] = &[0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0];

/// The version of the format, V5.
const FORMAT: i16 = 4;

/// The message with the columns, and the marker of the next page.
pub(crate) fn schema(columns: &[WrittenColumn], marker: Option<&str>) -> Vec<u8> {
    let fields = FlatValue::Tables(columns.iter().map(WrittenColumn::field).collect());
    let pair = |text: &str| vec![FlatValue::Text("NextMarker".into()), FlatValue::Text(text.into())];
    let metadata = FlatValue::Tables(marker.map(pair).into_iter().collect());
    message(1, vec![FlatValue::Absent, fields, metadata], &[]).0
}

/// A message with rows.
pub(crate) struct WrittenBatch {
    pub bytes: Vec<u8>,
    /// Where the texts of the first column begin.
    pub texts: usize,
}

/// The message with these rows; the first column is one of texts.
pub(crate) fn batch(columns: &[WrittenColumn], rows: usize) -> WrittenBatch {
    let mut parts = BatchParts::default();
    for column in columns {
        column.write(&mut parts);
    }
    // The first column has its validity, then its offsets, then its texts.
    let texts = parts.buffers.get(2).and_then(|(offset, _)| usize::try_from(*offset).ok()).unwrap_or_default();
    let header = vec![FlatValue::Long(long(rows)), FlatValue::Pairs(parts.nodes), FlatValue::Pairs(parts.buffers)];
    let (bytes, start) = message(3, header, &parts.body);
    WrittenBatch { bytes, texts: start + texts }
}

/// A message, and where its body begins.
fn message(kind: u8, header: Vec<FlatValue>, body: &[u8]) -> (Vec<u8>, usize) {
    let table =
        [FlatValue::Short(FORMAT), FlatValue::Byte(kind), FlatValue::Table(header), FlatValue::Long(long(body.len()))];
    let description = buffer(&table);
    let length = i32::try_from(description.len()).unwrap_or_default();
    let mut out = Vec::with_capacity(8 + description.len() + body.len());
    out.extend_from_slice(&[0xff; 4]);
    out.extend_from_slice(&length.to_le_bytes());
    out.extend_from_slice(&description);
    let start = out.len();
    out.extend_from_slice(body);
    (out, start)
}
