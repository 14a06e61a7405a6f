//! The answer of the step in a few words, for the rail.

use crate::protocol::message::Slot;
use crate::verify::rules::DriveVerdict;
use crate::wizard::progress::StepProgress;
use crate::wizard::shared::Shared;
use crate::wording::many;

/// The step's answer in a few words, for the rail.
pub fn progress(shared: &Shared) -> StepProgress {
    if !shared.draft.has_job() {
        return StepProgress::locked("create the job first");
    }
    if shared.requests.is_busy(Slot::CheckDrives) {
        return StepProgress { summary: "checking the drives".into(), ..StepProgress::default() };
    }
    let checks = &shared.draft.verified;
    if checks.drives.is_empty() {
        return StepProgress { summary: "once the drives are back".into(), ..StepProgress::default() };
    }
    let of = |verdict| checks.drives.iter().filter(|drive| drive.verdict == verdict).count() as u64;
    let bad = of(DriveVerdict::Damaged) + of(DriveVerdict::Incomplete);
    let (right, unchecked) = (of(DriveVerdict::Right), of(DriveVerdict::Unchecked));
    let unseen = checks.unseen().len() as u64;
    let parts = [
        (bad, format!("{} damaged or incomplete", many(bad, "drive"))),
        (unchecked, format!("{} not fully checked", many(unchecked, "drive"))),
        (right, format!("{} right", many(right, "drive"))),
        (unseen, format!("{} to check", many(unseen, "drive"))),
    ];
    let parts: Vec<String> = parts.into_iter().filter(|(number, _)| *number > 0).map(|(_, words)| words).collect();
    StepProgress {
        answered: checks.is_all_right(),
        summary: parts.join(", "),
        needs: (bad > 0).then(|| "fetch again what is damaged or missing".to_owned()),
        ..StepProgress::default()
    }
}
