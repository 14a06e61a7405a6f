//! Several drives at once: one reader for each spinning disk, one for each core otherwise.

use std::collections::HashMap;
use std::sync::Mutex;
use std::thread;

use super::super::disk::{Device, device_of};
use super::super::hash::{ChosenHasher, choose};
use super::checked_drive::{CheckReport, CheckedDrive};
use super::drive_check::{ReadingPlan, check_drive};
use super::meter::CheckMeter;
use super::request::CheckRequest;

/// Bytes that all workers together may hold.
const MEMORY: usize = 64 << 20;
/// Bytes that one may hold: at least, and at most. Eight blocks of 4 MiB are hashed as fast as any drive with one reader delivers them.
const WORKER_MEMORY: (usize, usize) = (1 << 20, 32 << 20);
/// Reads begin and end at pages of memory.
const PAGE: usize = 4_096;
/// Workers of a spinning disk: one reads while the other hashes.
const PER_SPINDLE: usize = 2;

/// Checks drives. Blocks until all are done or somebody stops it.
pub fn check(request: &CheckRequest, meter: &CheckMeter) -> CheckReport {
    check_with(request, meter, &choose())
}

/// The same with a hasher of the caller's choice.
pub fn check_with(request: &CheckRequest, meter: &CheckMeter, chosen: &ChosenHasher) -> CheckReport {
    if request.totals {
        meter.count_drives(request.drives.len());
    }
    let ChosenHasher { hasher, reason } = chosen;
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let devices: Vec<Option<Device>> = request.drives.iter().map(|drive| device_of(&drive.folder)).collect();
    let spindles: HashMap<u64, Mutex<()>> = devices
        .iter()
        .enumerate()
        .filter(|(_, device)| is_read_in_order(request.readers, **device))
        .map(|(at, device)| (device.map_or(at as u64, |device| device.id), Mutex::new(())))
        .collect();
    let spindle_of = |at: usize| spindles.get(&devices.get(at)?.map_or(at as u64, |device| device.id));
    let workers = |at: usize| if spindle_of(at).is_some() { PER_SPINDLE } else { request.readers.unwrap_or(cores) };
    let all: usize = (0..request.drives.len()).map(workers).sum();
    let memory = (MEMORY / all.max(1)).clamp(WORKER_MEMORY.0, WORKER_MEMORY.1) & !(PAGE - 1);
    let mut checked: Vec<CheckedDrive> = thread::scope(|scope| {
        let running: Vec<_> = request
            .drives
            .iter()
            .enumerate()
            .map(|(at, drive)| {
                let (hasher, spindle, workers) = (hasher.as_ref(), spindle_of(at), workers(at));
                scope.spawn(move || {
                    let totals = request.totals;
                    check_drive(drive, request, &ReadingPlan { hasher, meter, spindle, workers, memory, totals })
                })
            })
            .collect();
        running.into_iter().map(|drive| drive.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))).collect()
    });
    for drive in &mut checked {
        drive.remarks.extend(reason.map(|reason| format!("{reason}; the plain one is used")));
    }
    CheckReport { drives: checked, of_job: request.logs.findings.clone() }
}

/// Whether a drive has one reader that goes from file to file.
fn is_read_in_order(readers: Option<usize>, device: Option<Device>) -> bool {
    match readers {
        Some(readers) => readers <= 1,
        // Where nobody says what it is, it is taken for a disk that suffers from several readers.
        None => device.and_then(|device| device.spins).unwrap_or(true),
    }
}
