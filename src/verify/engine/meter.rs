//! How far a check is, for whoever watches; and the way to stop it.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use super::super::rules::{DriveFinding, MeterReading, PromisedTotal, Severity};

/// A read that takes longer than this is told: a drive that tries a sector again and again.
pub(super) const SLOW: Duration = Duration::from_secs(3);

/// Findings that whoever watches gets one by one.
const FIRST: usize = 100;

/// Counts while a check runs. Any thread may look, and stop it.
#[derive(Debug, Default)]
pub struct CheckMeter {
    bytes: AtomicU64,
    bytes_before: AtomicU64,
    entries: AtomicU64,
    found: Mutex<Found>,
    slow: AtomicU64,
    slow_place: Mutex<Option<String>>,
    total: Mutex<Total>,
    stop: AtomicBool,
}

/// The findings so far.
#[derive(Debug, Default)]
struct Found {
    all: u64,
    damage: u64,
    unchecked: u64,
    first: Vec<DriveFinding>,
}

/// What is promised, as far as it is counted.
#[derive(Debug, Default)]
struct Total {
    promised: PromisedTotal,
    /// Drives that are counted.
    drives: usize,
    /// Drives to count; none where nobody wants the total.
    wanted: usize,
}

impl CheckMeter {
    /// The counts now.
    pub fn reading(&self) -> MeterReading {
        let found = self.found.lock().unwrap_or_else(PoisonError::into_inner);
        let total = self.total.lock().unwrap_or_else(PoisonError::into_inner);
        MeterReading {
            bytes: self.bytes.load(Ordering::Relaxed),
            bytes_before: self.bytes_before.load(Ordering::Relaxed),
            entries: self.entries.load(Ordering::Relaxed),
            promised: Some(total.promised).filter(|_| total.wanted > 0 && total.drives == total.wanted),
            findings: found.all,
            damage: found.damage,
            unchecked: found.unchecked,
            first: found.first.clone(),
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

    /// An earlier check has read these bytes.
    pub(super) fn read_before(&self, bytes: u64) {
        self.bytes_before.fetch_add(bytes, Ordering::Relaxed);
    }

    pub(super) fn finished(&self, findings: &[DriveFinding]) {
        self.entries.fetch_add(1, Ordering::Relaxed);
        self.tell(findings);
    }

    /// Takes findings, also of an earlier check.
    pub(super) fn tell(&self, findings: &[DriveFinding]) {
        if findings.is_empty() {
            return;
        }
        let mut found = self.found.lock().unwrap_or_else(PoisonError::into_inner);
        let of = |severity| findings.iter().filter(|finding| finding.severity == severity).count() as u64;
        found.all += findings.len() as u64;
        found.damage += of(Severity::Damage);
        found.unchecked += of(Severity::Unchecked);
        let room = FIRST.saturating_sub(found.first.len());
        found.first.extend(findings.iter().take(room).cloned());
    }

    /// The total is wanted, of so many drives.
    pub(super) fn count_drives(&self, drives: usize) {
        self.total.lock().unwrap_or_else(PoisonError::into_inner).wanted = drives;
    }

    /// A drive promises this.
    pub(super) fn drive_promises(&self, promised: PromisedTotal) {
        let mut total = self.total.lock().unwrap_or_else(PoisonError::into_inner);
        total.promised.bytes = total.promised.bytes.saturating_add(promised.bytes);
        total.promised.entries = total.promised.entries.saturating_add(promised.entries);
        total.drives += 1;
    }

    pub(super) fn was_slow(&self, file: &str, offset: u64) {
        self.slow.fetch_add(1, Ordering::Relaxed);
        let place = format!("{file} at byte {offset}");
        *self.slow_place.lock().unwrap_or_else(PoisonError::into_inner) = Some(place);
    }
}
