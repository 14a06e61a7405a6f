//! How far a check is, for whoever watches; and the way to stop it.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// A read that takes longer than this is told: a drive that tries a sector again and again.
pub(super) const SLOW: Duration = Duration::from_secs(3);

/// Counts while a check runs. Any thread may look, and stop it.
#[derive(Debug, Default)]
pub struct CheckMeter {
    bytes: AtomicU64,
    entries: AtomicU64,
    findings: AtomicU64,
    slow: AtomicU64,
    slow_place: Mutex<Option<String>>,
    stop: AtomicBool,
}

/// The counts at one moment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MeterReading {
    /// Bytes read.
    pub bytes: u64,
    /// Entries finished.
    pub entries: u64,
    /// Findings so far.
    pub findings: u64,
    /// Reads that took seconds.
    pub slow: u64,
    /// The last of them: file and offset.
    pub slow_place: Option<String>,
}

impl CheckMeter {
    /// The counts now.
    pub fn reading(&self) -> MeterReading {
        MeterReading {
            bytes: self.bytes.load(Ordering::Relaxed),
            entries: self.entries.load(Ordering::Relaxed),
            findings: self.findings.load(Ordering::Relaxed),
            slow: self.slow.load(Ordering::Relaxed),
            slow_place: self.slow_place.lock().unwrap_or_else(PoisonError::into_inner).clone(),
        }
    }

    /// Asks the check to stop. What is finished is kept.
    pub fn stop(&self) {
        self.stop.store(true, Ordering::Relaxed);
    }

    /// Whether somebody asked it to stop.
    pub fn is_stopped(&self) -> bool {
        self.stop.load(Ordering::Relaxed)
    }

    pub(super) fn read(&self, bytes: u64) {
        self.bytes.fetch_add(bytes, Ordering::Relaxed);
    }

    pub(super) fn finished(&self, findings: usize) {
        self.entries.fetch_add(1, Ordering::Relaxed);
        self.findings.fetch_add(findings as u64, Ordering::Relaxed);
    }

    pub(super) fn was_slow(&self, file: &str, offset: u64) {
        self.slow.fetch_add(1, Ordering::Relaxed);
        let place = format!("{file} at byte {offset}");
        *self.slow_place.lock().unwrap_or_else(PoisonError::into_inner) = Some(place);
    }
}
