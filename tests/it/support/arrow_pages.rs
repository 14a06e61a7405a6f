//! Listings in Apache Arrow as Apache's own crates write them, in every form that a column may have.

use std::collections::HashMap;
use std::sync::Arc;

use arrow_array::builder::{MapBuilder, StringBuilder, StringDictionaryBuilder};
use arrow_array::types::{ArrowDictionaryKeyType, Int8Type, Int32Type, UInt16Type};
use arrow_array::{
    Array, ArrayRef, BooleanArray, Float64Array, Int32Array, Int64Array, LargeStringArray, NullArray, RecordBatch,
    StringArray, StringViewArray, TimestampMicrosecondArray, TimestampMillisecondArray, TimestampNanosecondArray,
    TimestampSecondArray, UInt32Array, UInt64Array,
};
use arrow_ipc::writer::{DictionaryHandling, IpcWriteOptions, StreamWriter};
use arrow_schema::{Field, Schema, SchemaRef, TimeUnit};

/// One entry of a listing.
#[derive(Clone, Debug, Default)]
pub(crate) struct ListedRow {
    pub(crate) name: String,
    /// A virtual folder, of which nothing but the name is listed.
    pub(crate) folder: bool,
    pub(crate) snapshot: Option<String>,
    pub(crate) version: Option<String>,
    pub(crate) current: bool,
    pub(crate) deleted: bool,
    pub(crate) size: Option<u64>,
    /// Seconds since 1970.
    pub(crate) modified: Option<i64>,
    /// Further properties that are texts.
    pub(crate) texts: Vec<(&'static str, String)>,
    pub(crate) metadata: Vec<(String, String)>,
}

/// The form of texts.
#[derive(Clone, Copy, Debug)]
pub(crate) enum TextForm {
    Plain,
    Large,
    View,
    /// Numbers of one byte, of two, of four.
    Dictionary(usize),
}

/// How columns are written.
#[expect(clippy::struct_excessive_bools, reason = "each is a freedom of its own that a service has")]
#[derive(Clone, Copy, Debug)]
pub(crate) struct ColumnForms {
    pub(crate) names: TextForm,
    pub(crate) texts: TextForm,
    pub(crate) unit: TimeUnit,
    pub(crate) zone: Option<&'static str>,
    /// Bits of a number where the numbers are small enough for so many.
    pub(crate) bits: usize,
    pub(crate) signed: bool,
    /// The word for a virtual folder.
    pub(crate) prefix: &'static str,
    /// Columns without any value are there all the same.
    pub(crate) with_empty: bool,
    /// The columns stand in the other order, between others that nobody knows.
    pub(crate) reversed: bool,
    /// Dictionaries grow instead of being sent anew.
    pub(crate) delta: bool,
}

impl Default for ColumnForms {
    fn default() -> Self {
        Self {
            names: TextForm::Plain,
            texts: TextForm::Plain,
            unit: TimeUnit::Second,
            zone: Some("UTC"),
            bits: 64,
            signed: true,
            prefix: "blobprefix",
            with_empty: false,
            reversed: false,
            delta: false,
        }
    }
}

impl ColumnForms {
    /// The forms for so many rows: a dictionary has no more values than its numbers can tell apart.
    fn for_rows(self, rows: usize) -> Self {
        let wide =
            |form| if rows > 100 && matches!(form, TextForm::Dictionary(1)) { TextForm::Dictionary(2) } else { form };
        Self { names: wide(self.names), texts: wide(self.texts), ..self }
    }
}

/// A page: rows in batches of these lengths, and what is left in one more.
pub(crate) fn page(rows: &[ListedRow], batches: &[usize], marker: Option<&str>, forms: &ColumnForms) -> Vec<u8> {
    let forms = &forms.for_rows(rows.len());
    let kept = kept(rows, forms);
    let schema = schema(&columns(rows, forms, &kept), marker);
    let options = IpcWriteOptions::default();
    let options = if forms.delta { options.with_dictionary_handling(DictionaryHandling::Delta) } else { options };
    let mut writer = StreamWriter::try_new_with_options(Vec::new(), &schema, options).unwrap();
    let mut rest = rows;
    for length in batches.iter().copied().chain([usize::MAX]) {
        let (batch, after) = rest.split_at(length.min(rest.len()));
        let columns = columns(batch, forms, &kept).into_iter().map(|(_, column)| column).collect();
        writer.write(&RecordBatch::try_new(Arc::clone(&schema), columns).unwrap()).unwrap();
        rest = after;
    }
    writer.into_inner().unwrap()
}

/// The columns that the schema has; all batches have the same.
fn kept(rows: &[ListedRow], forms: &ColumnForms) -> Vec<String> {
    let has_values = |column: &ArrayRef| column.logical_null_count() < column.len() || forms.with_empty;
    let columns = all(rows, forms).into_iter();
    columns.filter(|(name, column)| name == "Name" || has_values(column)).map(|(name, _)| name).collect()
}

fn columns(rows: &[ListedRow], forms: &ColumnForms, kept: &[String]) -> Vec<(String, ArrayRef)> {
    let mut columns: Vec<_> = all(rows, forms).into_iter().filter(|(name, _)| kept.contains(name)).collect();
    if forms.reversed {
        columns.push(("Score".into(), Arc::new(Float64Array::from(vec![1.5; rows.len()]))));
        columns.insert(0, ("Nothing".into(), Arc::new(NullArray::new(rows.len()))));
        columns.reverse();
    }
    columns
}

fn schema(columns: &[(String, ArrayRef)], marker: Option<&str>) -> SchemaRef {
    let field = |(name, column): &(String, ArrayRef)| Field::new(name, column.data_type().clone(), true);
    let metadata: HashMap<String, String> = marker.map(|text| ("NextMarker".into(), text.into())).into_iter().collect();
    Arc::new(Schema::new_with_metadata(columns.iter().map(field).collect::<Vec<_>>(), metadata))
}

/// Every column that a listing may have.
fn all<'r>(rows: &'r [ListedRow], forms: &ColumnForms) -> Vec<(String, ArrayRef)> {
    let flag = |of: fn(&ListedRow) -> bool| -> ArrayRef {
        Arc::new(rows.iter().map(|row| of(row).then_some(true)).collect::<BooleanArray>())
    };
    let property = |name: &str| -> Vec<Option<&'r str>> {
        // As in XML, the last one counts.
        let of = |row: &'r ListedRow| {
            row.texts.iter().rev().find(|(other, _)| *other == name).map(|(_, text)| text.as_str())
        };
        rows.iter().map(of).collect()
    };
    let resource_type = rows.iter().zip(property("ResourceType"));
    let resource_type = resource_type.map(|(row, text)| if row.folder { Some(forms.prefix) } else { text }).collect();
    let mut columns: Vec<(String, ArrayRef)> = vec![
        ("Name".into(), texts(rows.iter().map(|row| Some(row.name.as_str())).collect(), forms.names)),
        ("Snapshot".into(), texts(rows.iter().map(|row| row.snapshot.as_deref()).collect(), forms.texts)),
        ("VersionId".into(), texts(rows.iter().map(|row| row.version.as_deref()).collect(), forms.texts)),
        ("IsCurrentVersion".into(), flag(|row| row.current)),
        ("Deleted".into(), flag(|row| row.deleted)),
        ("Content-Length".into(), numbers(rows, forms)),
        ("Last-Modified".into(), times(rows, forms)),
        ("ResourceType".into(), texts(resource_type, forms.texts)),
        ("Metadata".into(), maps(rows)),
    ];
    for name in TEXT_COLUMNS {
        columns.push((name.into(), texts(property(name), forms.texts)));
    }
    columns
}

/// Properties that are texts.
pub(crate) const TEXT_COLUMNS: [&str; 8] = [
    "AccessTier",
    "ArchiveStatus",
    "BlobType",
    "LeaseState",
    "CustomerProvidedKeySha256",
    "Content-Type",
    "Etag",
    "Content-MD5",
];

fn texts(values: Vec<Option<&str>>, form: TextForm) -> ArrayRef {
    match form {
        TextForm::Plain => Arc::new(StringArray::from(values)),
        TextForm::Large => Arc::new(LargeStringArray::from(values)),
        TextForm::View => Arc::new(StringViewArray::from(values)),
        TextForm::Dictionary(1) => dictionary::<Int8Type>(&values),
        TextForm::Dictionary(2) => dictionary::<UInt16Type>(&values),
        TextForm::Dictionary(_) => dictionary::<Int32Type>(&values),
    }
}

fn dictionary<K: ArrowDictionaryKeyType>(values: &[Option<&str>]) -> ArrayRef {
    let mut builder = StringDictionaryBuilder::<K>::new();
    for value in values {
        builder.append_option(*value);
    }
    Arc::new(builder.finish())
}

fn numbers(rows: &[ListedRow], forms: &ColumnForms) -> ArrayRef {
    let sizes = rows.iter().map(|row| row.size);
    match (forms.bits, forms.signed) {
        (32, true) => Arc::new(sizes.map(|size| size.map(|size| i32::try_from(size).unwrap())).collect::<Int32Array>()),
        (32, false) => {
            Arc::new(sizes.map(|size| size.map(|size| u32::try_from(size).unwrap())).collect::<UInt32Array>())
        }
        (_, true) => Arc::new(sizes.map(|size| size.map(|size| i64::try_from(size).unwrap())).collect::<Int64Array>()),
        (_, false) => Arc::new(sizes.collect::<UInt64Array>()),
    }
}

fn times(rows: &[ListedRow], forms: &ColumnForms) -> ArrayRef {
    // Half of a second more must not change the second.
    let parts = |many: i64| {
        rows.iter().map(move |row| row.modified.map(|seconds| seconds * many + many / 2)).collect::<Vec<_>>()
    };
    match forms.unit {
        TimeUnit::Second => Arc::new(TimestampSecondArray::from(parts(1)).with_timezone_opt(forms.zone)),
        TimeUnit::Millisecond => Arc::new(TimestampMillisecondArray::from(parts(1_000)).with_timezone_opt(forms.zone)),
        TimeUnit::Microsecond => {
            Arc::new(TimestampMicrosecondArray::from(parts(1_000_000)).with_timezone_opt(forms.zone))
        }
        TimeUnit::Nanosecond => {
            Arc::new(TimestampNanosecondArray::from(parts(1_000_000_000)).with_timezone_opt(forms.zone))
        }
    }
}

fn maps(rows: &[ListedRow]) -> ArrayRef {
    let mut builder = MapBuilder::new(None, StringBuilder::new(), StringBuilder::new());
    for row in rows {
        for (key, value) in &row.metadata {
            builder.keys().append_value(key);
            builder.values().append_value(value);
        }
        builder.append(!row.metadata.is_empty()).unwrap();
    }
    Arc::new(builder.finish())
}
