//! The manifests at the root of a drive, and which one counts: the one the job names, else the one of the drive asked for, else the only one.

use std::io;
use std::ops::ControlFlow;
use std::path::Path;

use super::super::disk::{Folder as _, NameKind, SystemRoot};
use super::super::manifest::{ManifestHead, ManifestProblem, ManifestReader};
use super::super::rules::{DriveFault, DriveFinding, ExpectedDrive, same_drive};
use super::promises::PromiseSource;

/// The most files at the root that are looked into.
const MOST: usize = 200;

/// A file that is, or may be, a manifest.
#[derive(Clone, Debug)]
pub(super) struct ManifestCandidate {
    pub(super) source: PromiseSource,
    /// Its name without folders.
    pub(super) name: String,
    pub(super) head: ManifestHead,
    /// Why it cannot be read from its first entry on.
    pub(super) problem: Option<ManifestProblem>,
}

impl ManifestCandidate {
    fn read(source: PromiseSource, name: &str) -> io::Result<Self> {
        let mut reader = ManifestReader::new(source.bytes()?);
        let problem = reader.next_file().err();
        Ok(Self { source, name: name.to_owned(), head: reader.head().clone(), problem })
    }

    /// Its drive: what it says itself, else what its name says.
    pub(super) fn drive_id(&self) -> Option<&str> {
        let by_name = || {
            let (stem, ending) = self.name.rsplit_once('.')?;
            ending.eq_ignore_ascii_case("manifest").then_some(stem)
        };
        self.head.drive_id.as_deref().or_else(by_name)
    }

    fn is_of(&self, drive_id: &str) -> bool {
        self.drive_id().is_some_and(|id| same_drive(id, drive_id))
    }
}

/// Every manifest at the root of a drive: by ending, by the usual name, or by its root element.
pub(super) fn on_drive(drive: &Path) -> io::Result<Vec<ManifestCandidate>> {
    let root = SystemRoot::open(drive)?;
    let mut names = Vec::new();
    root.root().each_name(&mut |name, kind| {
        let lower = name.to_lowercase();
        let ending = lower.rsplit_once('.').map_or("", |(_, ending)| ending);
        if kind == NameKind::File && matches!(ending, "manifest" | "xml") {
            names.push(name.to_owned());
        }
        if names.len() < MOST { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    })?;
    names.sort_unstable();
    let mut candidates = Vec::new();
    for name in names {
        let source = PromiseSource::OnDrive { drive: drive.to_owned(), name: name.clone() };
        let Ok(candidate) = ManifestCandidate::read(source, &name) else { continue };
        let by_name = name.to_lowercase().ends_with(".manifest") || name.eq_ignore_ascii_case("DriveManifest.xml");
        // Other XML at the root is a file like any other.
        if by_name
            || !matches!(
                candidate.problem,
                Some(ManifestProblem::Other { .. } | ManifestProblem::Malformed { .. } | ManifestProblem::Empty)
            )
        {
            candidates.push(candidate);
        }
    }
    Ok(candidates)
}

/// Copies of manifests outside of drives.
pub(super) fn copies(paths: &[std::path::PathBuf]) -> Vec<ManifestCandidate> {
    let name = |path: &Path| path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    paths
        .iter()
        .filter_map(|path| ManifestCandidate::read(PromiseSource::Copy(path.clone()), &name(path)).ok())
        .collect()
}

/// The manifest that counts, what is known of its drive, and what the choice says.
#[derive(Debug, Default)]
pub(super) struct ChosenManifest {
    pub(super) manifest: Option<ManifestCandidate>,
    pub(super) expected: Option<ExpectedDrive>,
    pub(super) findings: Vec<DriveFinding>,
}

/// Chooses among the manifests on a drive and the copies elsewhere.
pub(super) fn choose(
    asked: Option<&str>,
    job: Option<&[ExpectedDrive]>,
    on_drive: Vec<ManifestCandidate>,
    copies: Vec<ManifestCandidate>,
) -> ChosenManifest {
    let mut chosen = ChosenManifest::default();
    let of_job = |candidate: &ManifestCandidate| {
        job.and_then(|drives| drives.iter().find(|drive| candidate.is_of(&drive.id) || names(drive, candidate)))
    };
    let wanted = |candidate: &ManifestCandidate| match (asked, job) {
        // One that cannot be read and whose name says nothing is not said to be of another drive.
        (Some(asked), _) => candidate.is_of(asked) || candidate.drive_id().is_none(),
        (None, Some(_)) if candidate.drive_id().is_none() => true,
        (None, Some(_)) => of_job(candidate).is_some(),
        (None, None) => true,
    };
    let (fit, rest): (Vec<_>, Vec<_>) = on_drive.into_iter().partition(|candidate| wanted(candidate));
    let fit_count = fit.len();
    let mut fit = fit.into_iter();
    let (first, others) = (fit.next(), rest);
    if fit_count > 1 {
        let told: Vec<String> = first.iter().chain(fit.as_slice()).map(|candidate| candidate.name.clone()).collect();
        let detail = format!("{} lie on the drive; name the drive to choose one", told.join(", "));
        chosen.findings.push(DriveFinding::of_file(DriveFault::ManifestAmbiguous, "", detail));
        return chosen;
    }
    chosen.manifest = first;
    // Where nothing fits, the only manifest there is still says whose drive it is.
    if chosen.manifest.is_none() {
        match (others.as_slice(), copies.iter().find(|copy| wanted(copy) && (asked.is_some() || job.is_some()))) {
            ([stranger], None) => {
                chosen.findings.push(stranger_finding(stranger, asked, job));
                chosen.expected = of_job(stranger).cloned();
                chosen.manifest = Some(stranger.clone());
                return chosen;
            }
            (_, Some(copy)) => chosen.manifest = Some(copy.clone()),
            ([], None) if asked.is_none() && job.is_none() && copies.len() == 1 => {
                chosen.manifest = copies.into_iter().next();
            }
            _ => {}
        }
    }
    chosen.expected = match (&chosen.manifest, asked) {
        (Some(manifest), _) => of_job(manifest).cloned(),
        (None, Some(asked)) => job.and_then(|drives| drives.iter().find(|drive| same_drive(&drive.id, asked)).cloned()),
        (None, None) => None,
    };
    for other in others {
        let whose = other.drive_id().map_or("it names no drive".into(), |id| format!("it is of drive {id}"));
        chosen.findings.push(DriveFinding::of_file(DriveFault::ForeignManifest, other.source.place(), whose));
    }
    chosen
}

/// Whether the job names a file as the manifest of a drive.
fn names(drive: &ExpectedDrive, candidate: &ManifestCandidate) -> bool {
    let bare = |path: &str| path.rsplit(['\\', '/']).next().unwrap_or(path).to_lowercase();
    let named = drive.manifest.as_deref().is_some_and(|path| bare(path) == candidate.name.to_lowercase());
    // Every import drive calls it DriveManifest.xml; then the drive it names decides.
    named && candidate.head.drive_id.as_deref().is_none_or(|id| same_drive(id, &drive.id))
}

fn stranger_finding(stranger: &ManifestCandidate, asked: Option<&str>, job: Option<&[ExpectedDrive]>) -> DriveFinding {
    let id = stranger.drive_id().unwrap_or("no drive");
    let of_job = job.is_some_and(|drives| drives.iter().any(|drive| stranger.is_of(&drive.id)));
    let (fault, detail) = match (asked, job) {
        (Some(asked), Some(_)) if of_job => (
            DriveFault::DrivesSwapped,
            format!("the drive of serial number {asked} was named, here is {id} of the same job"),
        ),
        (_, Some(_)) if !of_job => {
            (DriveFault::ForeignDrive, format!("the manifest is of {id}, which is no drive of the job"))
        }
        (asked, _) => {
            let asked = asked.unwrap_or("another drive");
            (
                DriveFault::DriveIdMismatch,
                format!("the drive of serial number {asked} was named, the manifest is of {id}"),
            )
        }
    };
    DriveFinding::of_file(fault, stranger.source.place(), detail)
}
