//! How far a check is, at one moment. Plain data.

use serde::{Deserialize, Serialize};

use super::finding::DriveFinding;

/// The counts of a check at one moment.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MeterReading {
    /// Bytes read.
    pub bytes: u64,
    /// Bytes that an earlier check had read and that were not read again.
    pub bytes_before: u64,
    /// Entries finished, those of an earlier check included.
    pub entries: u64,
    /// Bytes and entries that all drives promise together; absent until they were counted.
    pub promised: Option<PromisedTotal>,
    /// Findings so far.
    pub findings: u64,
    /// Those that mean damage or something missing.
    pub damage: u64,
    /// Those that mean that something could not be checked.
    pub unchecked: u64,
    /// The first of the findings.
    pub first: Vec<DriveFinding>,
    /// Reads that took seconds.
    pub slow: u64,
    /// The last of them: file and offset.
    pub slow_place: Option<String>,
}

/// What the manifests or logs of all drives promise together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PromisedTotal {
    /// Bytes that have to be read.
    pub bytes: u64,
    /// Blobs and snapshots.
    pub entries: u64,
}

impl MeterReading {
    /// Percent of the promised bytes that are read; `None` while the total is not known. What is read beyond them, e.g. metadata, does not
    /// look like the end.
    pub fn percent(&self) -> Option<u8> {
        let total = self.promised.filter(|total| total.bytes > 0)?;
        let done = u128::from(self.bytes.saturating_add(self.bytes_before)) * 100 / u128::from(total.bytes);
        Some(u8::try_from(done.min(100)).unwrap_or(100))
    }

    /// Seconds that are left at the pace of the last `seconds`; `None` while the total or the pace is not known.
    pub fn seconds_left(&self, seconds: u64) -> Option<u64> {
        let total = self.promised?.bytes;
        let left = u128::from(total.saturating_sub(self.bytes.saturating_add(self.bytes_before)));
        let pace = u128::from(self.bytes);
        (pace > 0 && seconds > 0).then(|| u64::try_from(left * u128::from(seconds) / pace).unwrap_or(u64::MAX))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_time_left_counts_what_an_earlier_check_read_as_done_and_is_unknown_without_a_total() {
        let total = Some(PromisedTotal { bytes: 1_000, entries: 2 });
        let reading = MeterReading { bytes: 100, bytes_before: 500, promised: total, ..MeterReading::default() };
        assert_eq!(reading.seconds_left(10), Some(40));
        assert_eq!(MeterReading { promised: None, ..reading.clone() }.seconds_left(10), None);
        assert_eq!(MeterReading { bytes: 0, ..reading }.seconds_left(10), None, "no pace yet");
    }
}
