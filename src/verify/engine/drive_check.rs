//! The check of one drive from beginning to end.

use std::collections::HashSet;
use std::fs::{self, File};
use std::io::{self, Read as _};
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use super::super::disk::{NameKind, SystemRoot, walk};
use super::super::hash::{PartHasher, md5_of};
use super::super::rules::{DriveFault, DriveFinding, EntryBits, NamedDrive, key_of, md5_text, read_md5};
use super::candidates::{self, ChosenManifest};
use super::checked_drive::{CheckBasis, CheckedDrive};
use super::collector::{Collected, Collector};
use super::finding_list::FindingList;
use super::finding_runs::FindingRuns;
use super::known_files::KnownFiles;
use super::meter::CheckMeter;
use super::planner::{FinishedBefore, Planner};
use super::promised_total;
use super::promises::PromiseSource;
use super::queue::PartQueue;
use super::request::CheckRequest;
use super::saved_progress::ProgressFile;
use super::worker::WorkerContext;
use super::{batch_reader, lane_reader};
use crate::files;

/// How often progress is written, and more seldom where that takes long.
const KEEP: Duration = Duration::from_millis(400);
/// How often it is looked whether somebody stops the check.
const LOOK: Duration = Duration::from_millis(50);
/// Missing files that are too many for chance.
const FEW: u64 = 5;
/// Parts that wait, for each drive. Each may hold a file open.
const WAITING: usize = 160;

/// How a drive is read.
pub(super) struct ReadingPlan<'a> {
    pub(super) hasher: &'a dyn PartHasher,
    pub(super) meter: &'a CheckMeter,
    /// Of a spinning disk.
    pub(super) spindle: Option<&'a Mutex<()>>,
    pub(super) workers: usize,
    pub(super) memory: usize,
    /// What is promised is counted beside the check.
    pub(super) totals: bool,
}

/// Checks one drive.
pub(super) fn check_drive(drive: &NamedDrive, request: &CheckRequest, plan: &ReadingPlan<'_>) -> CheckedDrive {
    let mut checked = CheckedDrive {
        folder: drive.folder.clone(),
        drive_id: drive.drive_id.clone(),
        hasher: plan.hasher.name().to_owned(),
        ..CheckedDrive::default()
    };
    let opened = SystemRoot::open(&drive.folder).and_then(|root| Ok((root, candidates::on_drive(&drive.folder)?)));
    let (root, found) = match opened {
        Ok(opened) => opened,
        Err(error) => {
            checked.findings = FindingList::of(vec![not_opened(&drive.folder, &error)]);
            return checked;
        }
    };
    let own: HashSet<String> = found.iter().map(|candidate| candidate.name.to_lowercase()).collect();
    let copies = candidates::copies(&request.logs.manifests);
    let chosen = candidates::choose(drive.drive_id.as_deref(), request.expected.as_deref(), found, copies);
    let mut told = chosen.findings.clone();
    let Some(basis) = basis(&mut checked, &mut told, chosen, request) else {
        checked.findings = FindingList::of(told);
        return checked;
    };
    let progress = request.state.as_deref().map(|state| ProgressFile::new(state, &drive.folder, basis, now()));
    read_all(&mut checked, told, root, &own, progress, request.resume, plan);
    checked
}

/// Settles what the drive is checked against, and gives a text that stands for it.
fn basis(
    checked: &mut CheckedDrive,
    told: &mut Vec<DriveFinding>,
    chosen: ChosenManifest,
    request: &CheckRequest,
) -> Option<String> {
    let Some(manifest) = chosen.manifest else {
        let is_ambiguous = told.iter().any(|finding| finding.fault == DriveFault::ManifestAmbiguous);
        if is_ambiguous {
            return None;
        }
        let logs = request.logs.of_drive(checked.drive_id.as_deref(), request.drives.len() == 1);
        if !logs.is_empty() {
            let names: Vec<u8> = logs.iter().flat_map(|path| path.as_os_str().as_encoded_bytes()).copied().collect();
            checked.basis = CheckBasis::Logs;
            checked.promises = PromiseSource::Logs(logs, Arc::clone(&request.logs.names));
            return Some(md5_text(&md5_of(&names)));
        }
        let named = chosen.expected.and_then(|drive| drive.manifest).unwrap_or_default();
        let detail = "there is no manifest at the root of the drive and no log that says what must be on it";
        told.push(DriveFinding::of_file(DriveFault::ManifestMissing, named, detail));
        return None;
    };
    checked.drive_id = manifest.drive_id().map(str::to_owned).or(checked.drive_id.take());
    let place = manifest.source.place();
    let md5 = match manifest.source.md5() {
        Ok(md5) => md5_text(&md5),
        Err(error) => {
            told.push(DriveFinding::of_file(DriveFault::Unreadable, place, error.to_string()));
            return None;
        }
    };
    if let Some(promised) = chosen.expected.and_then(|drive| drive.manifest_hash) {
        match read_md5(&promised) {
            Some(sum) if md5_text(&sum) != md5 => {
                let detail = format!("its MD5 is {md5}, the job says {}", md5_text(&sum));
                told.push(DriveFinding::of_file(DriveFault::ManifestHash, place.clone(), detail));
            }
            Some(_) => {}
            None => checked
                .remarks
                .push(format!("the job's hash of the manifest, {promised:?}, is no MD5 and was not compared")),
        }
    }
    checked.basis = CheckBasis::Manifest { path: place, version: manifest.head.version, md5: md5.clone() };
    checked.promises = manifest.source;
    Some(md5)
}

/// Reads everything that is promised, then looks for what is not.
fn read_all(
    checked: &mut CheckedDrive,
    told: Vec<DriveFinding>,
    root: SystemRoot,
    own: &HashSet<String>,
    mut progress: Option<ProgressFile>,
    resume: bool,
    plan: &ReadingPlan<'_>,
) {
    let (before, collector) = resumed(progress.as_mut(), resume, plan.meter);
    for finding in told {
        plan.meter.tell(std::slice::from_ref(&finding));
        collector.note_once(finding);
    }
    let stream = match checked.promises.open() {
        Ok(stream) => stream,
        Err(error) => {
            let place = checked.promises.place();
            collector.note_once(DriveFinding::of_file(DriveFault::Unreadable, place, error.to_string()));
            (checked.findings, checked.done) = collector.into_findings();
            return;
        }
    };
    let queue = PartQueue::new(WAITING);
    let context = WorkerContext {
        queue: &queue,
        collector: &collector,
        hasher: plan.hasher,
        meter: plan.meter,
        spindle: plan.spindle,
        memory: plan.memory,
    };
    let mut planner = Planner::new(&context, root, before);
    let (alive, ended) = channel::<()>();
    let promises = &checked.promises;
    let (problem, planner) = thread::scope(|scope| {
        if plan.totals {
            scope.spawn(|| promised_total::count(promises, plan.meter));
        }
        for _ in 0..plan.workers {
            let (alive, context) = (alive.clone(), &context);
            scope.spawn(move || {
                let _until_the_end = alive;
                if context.spindle.is_some() { batch_reader::run(context) } else { lane_reader::run(context) }
            });
        }
        let planning = scope.spawn(|| {
            let problem = planner.run(stream);
            queue.close();
            (problem, planner)
        });
        drop(alive);
        let mut is_told = false;
        while ended.recv_timeout(LOOK) == Err(RecvTimeoutError::Timeout) {
            if plan.meter.is_stopped() {
                queue.abandon();
            } else if let Some(file) = &progress
                && !is_told
                && let Err(error) = file.write_sometimes(KEEP, || collector.so_far())
            {
                is_told = true;
                checked.remarks.push(format!("progress cannot be kept ({error}); a check that is stopped starts anew"));
            }
        }
        // The workers have ended: nobody takes what waits, and the planner must not wait for room.
        queue.abandon();
        planning.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
    });
    (checked.entries, checked.bytes) = (planner.entries, planner.bytes);
    checked.is_interrupted = plan.meter.is_stopped();
    let is_whole = problem.is_none();
    if let Some(problem) = problem {
        collector.note_once(DriveFinding::of_file(problem.fault(), checked.promises.place(), problem.to_string()));
    } else if checked.entries == 0 && !checked.is_interrupted {
        let detail = "it lists no blob, so nothing was checked";
        collector.note_once(DriveFinding::of_file(DriveFault::ManifestEmpty, checked.promises.place(), detail));
    }
    // What the walk finds is found anew by a check that goes on.
    let unkept = progress.as_ref().and_then(|file| file.write(collector.so_far()).err());
    if !checked.is_interrupted && is_whole {
        tell_extra(planner.root.root(), &planner.known, own, &collector, plan.meter);
        checked.is_interrupted = plan.meter.is_stopped();
    }
    drop(planner);
    match (unkept, &progress) {
        (Some(error), _) if checked.is_interrupted => {
            checked.remarks.push(format!("progress could not be kept ({error}); the next check starts anew"));
        }
        (_, Some(file)) if !checked.is_interrupted => file.remove(),
        _ => {}
    }
    (checked.findings, checked.done) = collector.into_findings();
    if !checked.is_interrupted {
        checked.findings.leave_nothing();
    }
    let unkept = checked.findings.problem.as_ref();
    checked
        .remarks
        .extend(unkept.map(|why| format!("not every finding could be kept ({why}); there are more than are listed")));
    checked.remarks.extend(wrong_character_set(&checked.findings));
}

/// What an earlier check found.
fn resumed(progress: Option<&mut ProgressFile>, is_resumed: bool, meter: &CheckMeter) -> (FinishedBefore, Collector) {
    let Some(file) = progress else { return (FinishedBefore::default(), Collector::default()) };
    let before = if is_resumed { file.read() } else { None };
    let before = before.and_then(|saved| Some((with_findings(&saved.collected, meter)?, saved)));
    let Some((with_findings, saved)) = before else {
        let findings = FindingRuns::at(Some(file.findings()));
        return (FinishedBefore::default(), Collector::resumed(Collected { findings, ..Collected::default() }));
    };
    // Files that changed after the first beginning were perhaps read before they changed.
    file.begun = saved.begun;
    let before = FinishedBefore { done: saved.collected.done.clone(), with_findings, begun: saved.begun };
    (before, Collector::resumed(saved.collected))
}

/// The entries with findings, which are told to whoever watches. `None` where what was kept of them cannot be read.
fn with_findings(collected: &Collected, meter: &CheckMeter) -> Option<EntryBits> {
    let mut entries = EntryBits::default();
    for finding in collected.findings.merged() {
        let finding = finding.ok()?;
        meter.tell(std::slice::from_ref(&finding));
        if let Some(number) = finding.entry {
            entries.insert(number);
        }
    }
    Some(entries)
}

/// Tells the files that nobody promised. The drive's own manifests and what Windows puts on each drive are no such files.
fn tell_extra(
    root: &impl super::super::disk::Folder,
    known: &KnownFiles,
    own: &HashSet<String>,
    collector: &Collector,
    meter: &CheckMeter,
) {
    walk(
        root,
        &mut |path, kind| {
            let is_own = path.len() == 1 && path.first().is_some_and(|name| own.contains(&name.to_lowercase()));
            if !is_own && !known.contains(key_of(path.iter().map(String::as_str))) {
                let detail = if kind == NameKind::File { "nobody promised it" } else { "it is a link, pipe or device" };
                let name = format!("\\{}", path.join("\\"));
                collector.note_last(DriveFinding::of_file(DriveFault::ExtraFile, name, detail));
            }
            if meter.is_stopped() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        },
        &mut |path, error| {
            let name = format!("\\{}", path.join("\\"));
            collector.note_last(DriveFinding::of_file(DriveFault::FolderUnlisted, name, error.to_string()));
        },
    );
}

/// A remark where only names beyond ASCII are missing: Linux shows them in the character set that the mount names.
fn wrong_character_set(findings: &FindingList) -> Option<String> {
    let (missing, ascii) = findings.missing_files;
    let is_suspicious = missing >= FEW && ascii == 0;
    is_suspicious.then(|| {
        "every missing file has letters beyond ASCII in its name: on Linux, mount the drive with iocharset=utf8 and check again".to_owned()
    })
}

/// Why the drive as a whole could not be opened.
fn not_opened(folder: &Path, error: &io::Error) -> DriveFinding {
    if is_locked(folder) {
        let detail = "BitLocker locks it: unlock it with its key, mount it, and name the folder it is mounted at";
        return DriveFinding::of_file(DriveFault::LockedDrive, folder.display().to_string(), detail);
    }
    let detail = format!("the drive could not be opened: {}", files::reason(error));
    DriveFinding::of_file(DriveFault::ManifestMissing, folder.display().to_string(), detail)
}

/// Whether a device or an image begins as a volume that BitLocker encrypted.
fn is_locked(device: &Path) -> bool {
    let is_folder = fs::metadata(device).is_ok_and(|found| found.is_dir());
    let mut start = [0; 11];
    let read = !is_folder && File::open(device).and_then(|mut file| file.read_exact(&mut start)).is_ok();
    read && start.get(3..) == Some(b"-FVE-FS-".as_slice())
}

fn now() -> i128 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i128::try_from(since.as_nanos()).unwrap_or(i128::MAX)
}
