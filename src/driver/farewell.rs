//! What is said on the normal screen after a session: where the draft is, what the job needs next. Nothing secret.

use std::fmt::Write as _;

use super::leave::{Ending, LastSave};
use crate::azure::model::JobState;
use crate::draft::{Draft, KnownJob};

/// The lines to print, or nothing when no draft was open.
pub(super) fn farewell<S>(ending: &Ending<S>) -> String {
    let Some(wizard) = &ending.model.wizard else { return String::new() };
    let draft = &wizard.desk.draft;
    let mut text = String::new();
    if let Some(known) = &draft.job {
        text.push_str(&job(draft, known));
    }
    if ending.unanswered {
        text.push_str("The service has not answered yet; the next start looks at the job before it sends anything.\n");
    }
    let kept = if wizard.desk.read_only { looked_at() } else { kept(&ending.draft) };
    let _infallible = writeln!(text, "{kept} Resume with: blobfreight resume {}", draft.id);
    text
}

fn kept(save: &LastSave) -> String {
    match save {
        LastSave::Done => "Draft kept.".to_owned(),
        LastSave::Hurried => "Left at once: the last changes of the draft may be missing.".to_owned(),
        LastSave::Failed(fault) => format!("The last changes of the draft are lost. {fault}"),
    }
}

fn looked_at() -> String {
    "The draft was only looked at.".to_owned()
}

fn job(draft: &Draft, known: &KnownJob) -> String {
    let name = draft.job_address().map_or("", |job| job.name.as_str());
    let rehearsal = if draft.rehearsal { " (a rehearsal: ship nothing)" } else { "" };
    let mut text = format!("Job {name}: {}{rehearsal}\n", known.state);
    let before_arrival = matches!(known.state, JobState::Creating | JobState::Shipping);
    if before_arrival && known.shipping.is_complete() {
        text.push_str("Ship to, as read back from the job:\n");
        for line in known.shipping.lines() {
            let _infallible = writeln!(text, "    {line}");
        }
    }
    let _infallible = writeln!(text, "Next: {}", next(draft, known));
    text
}

fn next(draft: &Draft, known: &KnownJob) -> &'static str {
    match known.state {
        JobState::Creating if !known.shipping.is_complete() => {
            "resume the draft to read the shipping address; ship nothing before the job names it."
        }
        JobState::Creating => "ship the drives, then resume the draft and enter the tracking number within two weeks.",
        JobState::Shipping | JobState::Received | JobState::Transferring | JobState::Packaging => {
            "resume the draft now and then to see how far the job is."
        }
        JobState::Completed | JobState::Closed if draft.keys_file.is_some() => "unlock the drives with the saved keys.",
        JobState::Completed | JobState::Closed => "resume the draft and save the BitLocker keys.",
        JobState::Other(_) => "resume the draft and see what the service says about the job.",
    }
}
