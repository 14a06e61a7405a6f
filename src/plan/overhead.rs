//! The bytes a blob needs on a drive besides its own, and the usable bytes of a drive. Microsoft publishes no formula: every figure is
//! an estimate on the safe side, with a name, and the configuration can change it.

use serde::{Deserialize, Serialize};

/// NTFS gives out space in clusters of this many bytes; a file occupies whole ones.
pub const CLUSTER: u64 = 4096;

/// The drive manifest holds one entry per range of at most this many bytes (Microsoft page: Import/Export Service Manifest
/// File Format).
pub const RANGE: u64 = 4 << 20;

/// Estimates of the bytes an export needs on a drive besides those of the blobs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "kebab-case", deny_unknown_fields)]
pub struct Overheads {
    /// Percent of the nominal size that holds blobs: the share Microsoft's own Data Box export script leaves for content.
    pub usable_percent: u8,
    /// Taken off every drive for the encrypted volume itself: NTFS tables and `BitLocker` metadata.
    pub volume: u64,
    /// Per blob: the `.properties` file beside it and the file records of both.
    pub side_file: u64,
    /// Per blob: a metadata file. Counted for each, because a listing without metadata is half as large.
    pub metadata_file: u64,
    /// Per blob: its element in the drive manifest.
    pub manifest_blob: u64,
    /// Per 4 MiB of a blob: the element with offset, length and hash in the drive manifest.
    pub manifest_range: u64,
}

impl Default for Overheads {
    fn default() -> Self {
        Self {
            usable_percent: 95,
            volume: 1 << 30,
            side_file: 8 << 10,
            metadata_file: 6 << 10,
            manifest_blob: 600,
            manifest_range: 130,
        }
    }
}

impl Overheads {
    /// Bytes of a drive of `nominal` bytes that blobs and their side files can fill.
    pub fn usable(&self, nominal: u64) -> u64 {
        let share = u128::from(nominal) * u128::from(self.usable_percent.min(100)) / 100;
        u64::try_from(share).unwrap_or(u64::MAX).saturating_sub(self.volume)
    }

    /// Bytes a blob of `size` bytes needs on a drive.
    pub fn item(&self, size: u64) -> u64 {
        let ranges = size.div_ceil(RANGE);
        size.div_ceil(CLUSTER)
            .saturating_mul(CLUSTER)
            .saturating_add(self.per_blob())
            .saturating_add(ranges.saturating_mul(self.manifest_range))
    }

    /// Bytes that many blobs need, from their count, the clusters and the 4 MiB ranges they fill in sum.
    pub fn items(&self, count: u64, clusters: u64, ranges: u64) -> u64 {
        clusters
            .saturating_mul(CLUSTER)
            .saturating_add(count.saturating_mul(self.per_blob()))
            .saturating_add(ranges.saturating_mul(self.manifest_range))
    }

    fn per_blob(&self) -> u64 {
        self.side_file.saturating_add(self.metadata_file).saturating_add(self.manifest_blob)
    }

    /// Each figure with the reason for it, for the screen and the report.
    pub fn reasons(&self) -> [(String, &'static str); 6] {
        [
            (format!("{} % of the drive", self.usable_percent), "the share Microsoft's Data Box export script fills"),
            (format!("{} a drive", crate::wording::binary(self.volume)), "NTFS and BitLocker keep their own tables"),
            (
                format!("{} a blob", crate::wording::binary(self.side_file)),
                "a .properties file beside each blob and two file records",
            ),
            (
                format!("{} a blob", crate::wording::binary(self.metadata_file)),
                "a metadata file, counted for every blob",
            ),
            (format!("{} a blob", crate::wording::binary(self.manifest_blob)), "its element in the drive manifest"),
            (
                format!("{} per 4 MiB", crate::wording::binary(self.manifest_range)),
                "offset, length and hash of each range in the manifest",
            ),
        ]
    }
}
