//! The text on the normal screen after a session: where the draft is, what the job needs next. It holds no secret.

use std::fmt::Write as _;

use super::leave::{Ending, LastSave};
use crate::azure::model::{JobState, ServiceName};
use crate::draft::{Cancellation, Draft, KnownJob, Unlocked};
use crate::ui::text::clean;
use crate::wizard::gone;

/// The lines to print. Empty when no draft was open, or when the draft is untouched.
pub(super) fn exit_message<D>(ending: &Ending<D>) -> String {
    let Some(wizard) = &ending.model.wizard else { return String::new() };
    let draft = &wizard.shared.draft;
    if draft.is_untouched() {
        return String::new();
    }
    let mut text = String::new();
    if let Some(known) = &draft.job {
        text.push_str(&job(draft, known));
    }
    text.push_str(&saved_keys(draft));
    if ending.unanswered {
        text.push_str("The service has not answered yet; the next start looks at the job before it sends anything.\n");
    }
    let kept = wizard.shared.read_only.as_ref().map_or_else(|| kept(&ending.draft), not_saved);
    let _infallible = writeln!(text, "{kept} Resume with: blobfreight resume {}", draft.id);
    text
}

fn kept(save: &LastSave) -> String {
    match save {
        LastSave::Done => "Draft kept.".to_owned(),
        LastSave::NotAwaited => "Left at once: the last changes of the draft may be missing.".to_owned(),
        LastSave::Failed(fault) => format!("The last changes of the draft are lost. {fault}"),
    }
}

fn not_saved(why: &Unlocked) -> String {
    let words = "The draft was only looked at.".to_owned();
    match why {
        Unlocked::ToLook => words,
        Unlocked::Failed(fault) => format!("{words} {}", clean(&fault.to_string())),
    }
}

fn job(draft: &Draft, known: &KnownJob) -> String {
    let name = draft.job_address().map_or("", |job| job.name.as_str());
    if let Some(headline) = gone::headline(draft) {
        return clean(&format!("{headline} {}", gone::likely(draft, known))) + "\nNext: " + after_loss(draft) + "\n";
    }
    let rehearsal = if draft.rehearsal { " (a rehearsal: ship nothing)" } else { "" };
    let mut text = clean(&format!("Job {name}: {}{rehearsal}", known.status)) + "\n";
    if let Some(heading) = where_to_ship(known).filter(|_| draft.cancellation().is_none()) {
        let _infallible = writeln!(text, "{heading}");
        for line in known.shipping.lines().into_iter().chain(known.shipping.notice()) {
            let _infallible = writeln!(text, "    {}", clean(&line));
        }
    }
    let _infallible = writeln!(text, "Next: {}", next(draft, known));
    text
}

/// What the lines of the address are: an address to ship to, or what to do to learn it. None while nothing may be shipped.
fn where_to_ship(known: &KnownJob) -> Option<&'static str> {
    let may_ship = known.status.state.before_arrival() && known.status.state != JobState::Preparing;
    match known.shipping.notice() {
        _ if !may_ship => None,
        Some(_) => Some("The job names no street. What it says instead:"),
        None => known.shipping.is_complete().then_some("Ship to, as read back from the job:"),
    }
}

/// The file with the BitLocker keys: whoever unlocks the drives looks for it here.
fn saved_keys(draft: &Draft) -> String {
    draft.keys_file.as_ref().map(|file| format!("Keys saved in {}\n", clean(file))).unwrap_or_default()
}

fn after_loss(draft: &Draft) -> &'static str {
    let leaves_lock = draft.job_service().is_some_and(ServiceName::leaves_lock);
    if draft.keys_file.is_some() {
        "unlock the drives with the saved keys."
    } else if draft.journal.delete.is_some() && leaves_lock {
        "resume the draft to see whether the service's lock is still on the storage account."
    } else {
        "resume the draft to make a new draft with these answers."
    }
}

fn next(draft: &Draft, known: &KnownJob) -> &'static str {
    match known.status.state {
        _ if draft.journal.delete.is_some() => "resume the draft to see whether the service has deleted the job.",
        _ if draft.cancellation() == Some(Cancellation::Requested) => {
            "send no drives: cancelling was asked for. Resume the draft to see what became of it."
        }
        _ if draft.cancellation().is_some() => {
            "send no drives: cancelling may have been asked for. Resume the draft to see whether the service took it."
        }
        _ if draft.has_all_keys() => "unlock the drives with the saved keys.",
        JobState::AwaitingShipment if known.shipping.notice().is_some() => {
            "do what the job says about the address; ship, then resume the draft and enter the tracking number within two weeks."
        }
        JobState::AwaitingShipment if !known.shipping.is_complete() => {
            "resume the draft to read the shipping address; ship nothing before the job names it."
        }
        JobState::AwaitingShipment if draft.rehearsal => {
            "resume the draft and announce a made-up parcel with any tracking number."
        }
        JobState::Preparing => "resume the draft in a while; ship nothing before the service waits for the drives.",
        JobState::AwaitingShipment => {
            "ship the drives, then resume the draft and enter the tracking number within two weeks."
        }
        JobState::Shipped | JobState::Received | JobState::Copying | JobState::Packing => {
            "resume the draft now and then to see how far the job is."
        }
        JobState::Returning | JobState::Completed | JobState::CompletedWithErrors => {
            "resume the draft and save the BitLocker keys."
        }
        JobState::Cancelled => "resume the draft to make a new draft with these answers.",
        JobState::Failed | JobState::Unknown => "resume the draft and see what the service says about the job.",
    }
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::*;
    use crate::azure::fault::Fault;
    use crate::azure::model::{JobActions, JobStatus, ShippingAddress};
    use crate::draft::{DraftId, Gone};

    fn known(status: JobStatus, street: &str) -> KnownJob {
        let shipping = ShippingAddress {
            recipient: "Import/Export".into(),
            street1: street.into(),
            country: "Netherlands".into(),
            ..ShippingAddress::default()
        };
        let allows = JobActions::of_classic(status.state);
        KnownJob {
            status,
            allows,
            shipping,
            earlier_address: None,
            read: Timestamp::UNIX_EPOCH,
            created: None,
            seen: Vec::new(),
            gone: None,
            drives: Vec::new(),
            back: None,
            cancel_requested: false,
            asks: false,
        }
    }

    fn draft(rehearsal: bool) -> Option<Draft> {
        Some(Draft::new(DraftId::parse("d1")?, rehearsal, Timestamp::UNIX_EPOCH))
    }

    #[test]
    fn w43_a_created_job_has_its_own_address_and_the_next_step() {
        let draft = draft(false).unwrap();
        let text = job(&draft, &known(JobStatus::of_classic("Creating"), "Example Road 1"));
        assert!(text.contains("Creating\n") && text.contains("    Example Road 1\n"), "{text}");
        assert!(text.contains("Next: ship the drives"), "{text}");
    }

    #[test]
    fn an_address_that_the_job_does_not_have_is_never_shown() {
        let draft = draft(false).unwrap();
        let text = job(&draft, &known(JobStatus::of_classic("Creating"), ""));
        assert!(!text.contains("Ship to") && text.contains("ship nothing before"), "{text}");
        let text = job(&draft, &known(JobStatus::of_classic("Packaging"), "Example Road 1"));
        assert!(!text.contains("Example Road"), "the parcel arrived long ago: {text}");
    }

    #[test]
    fn a_job_that_is_being_prepared_has_no_address_to_ship_to_yet() {
        let draft = draft(false).unwrap();
        let text = job(&draft, &known(JobStatus::of_data_box("Created"), "Example Road 1"));
        assert!(!text.contains("Example Road") && text.contains("ship nothing before"), "{text}");
        let text = job(&draft, &known(JobStatus::of_data_box("AwaitingShipmentDetails"), "Example Road 1"));
        assert!(text.contains("Ship to") && text.contains("    Example Road 1\n"), "{text}");
    }

    #[test]
    fn where_the_job_names_no_street_its_instruction_is_there_and_no_address() {
        let draft = draft(false).unwrap();
        let mut known = known(JobStatus::of_data_box("AwaitingShipmentDetails"), "");
        known.shipping.instruction = "Write to the desk.".into();
        let text = job(&draft, &known);
        assert!(text.contains("names no street") && text.contains("    Write to the desk.\n"), "{text}");
        assert!(!text.contains("Ship to,") && text.contains("do what the job says"), "{text}");
    }

    #[test]
    fn a_deletion_is_told_and_who_did_it() {
        let mut draft = draft(false).unwrap();
        draft.journal.delete = Some(crate::draft::Intention { at: Timestamp::UNIX_EPOCH, confirmed: false });
        let over = known(JobStatus::of_data_box("Completed"), "");
        assert!(next(&draft, &over).contains("whether the service has deleted"));
        draft.job = Some(over.lost(Gone { seen: Timestamp::UNIX_EPOCH, with_group: false }));
        let text = job(&draft, draft.job.as_ref().unwrap());
        assert!(text.starts_with("You asked to delete job"), "{text}");
    }

    #[test]
    fn a_rehearsal_says_that_it_is_one() {
        let draft = draft(true).unwrap();
        let text = job(&draft, &known(JobStatus::of_classic("Creating"), "Example Road 1"));
        assert!(text.contains("a rehearsal: ship nothing"), "{text}");
        assert!(!text.contains("Next: ship the drives"), "{text}");
    }

    #[test]
    fn keys_are_asked_for_once_the_drives_are_on_their_way_back_and_not_yet_saved() {
        let mut draft = draft(false).unwrap();
        let over = known(JobStatus::of_classic("Completed"), "Example Road 1");
        assert!(next(&draft, &over).contains("save the BitLocker keys"));
        draft.keys_file = Some("/home/k.txt".into());
        assert!(next(&draft, &over).contains("unlock"));
    }

    #[test]
    fn the_file_of_saved_keys_is_named_once_there_is_one() {
        let mut draft = draft(false).unwrap();
        assert_eq!(saved_keys(&draft), "");
        draft.keys_file = Some("/home/ana/keys\u{9b}31m of july.txt".into());
        assert_eq!(saved_keys(&draft), "Keys saved in /home/ana/keys<009B>31m of july.txt\n");
    }

    #[test]
    fn keys_that_were_saved_are_not_followed_by_waiting_for_them() {
        let mut draft = draft(false).unwrap();
        draft.keys_file = Some("/home/k.txt".into());
        assert!(next(&draft, &known(JobStatus::of_classic("Packaging"), "Example Road 1")).contains("unlock"));
    }

    #[test]
    fn a_job_that_is_gone_has_no_address_and_the_next_step() {
        let mut draft = draft(false).unwrap();
        let gone = Gone { seen: Timestamp::UNIX_EPOCH, with_group: false };
        draft.job = Some(known(JobStatus::of_classic("Creating"), "Example Road 1").lost(gone));
        let text = job(&draft, draft.job.as_ref().unwrap());
        assert!(text.contains("has been gone since 1970-01-01 00:00 UTC. Do not ship."), "{text}");
        assert!(
            !text.contains("Example Road") && !text.contains("Creating") && text.contains("make a new draft"),
            "{text}"
        );
    }

    #[test]
    fn hostile_words_of_the_service_make_no_line_of_their_own() {
        let status = JobStatus::of_classic("Odd\nNext: ship\u{202e} to me\u{9b}31m");
        let draft = draft(false).unwrap();
        let text = job(&draft, &known(status, "1 Road\n\u{202e}"));
        assert_eq!(text.lines().filter(|line| line.starts_with("Next: ")).count(), 1, "{text}");
        assert!(!text.contains(['\u{202e}', '\u{9b}']), "{text}");
    }

    #[test]
    fn w20_a_draft_that_could_not_be_locked_says_so_at_the_end_too() {
        assert_eq!(not_saved(&Unlocked::ToLook), "The draft was only looked at.");
        let failed = Unlocked::Failed(Fault::local("lock the draft", "it is a pipe"));
        assert_eq!(not_saved(&failed), "The draft was only looked at. Could not lock the draft: it is a pipe.");
    }

    #[test]
    fn w20_a_draft_that_is_not_on_disk_is_never_called_kept() {
        let failed = LastSave::Failed(Fault::local("save the draft", "the disk is full"));
        assert!(kept(&failed).contains("lost. Could not save the draft: the disk is full."));
        assert!(!kept(&LastSave::NotAwaited).contains("kept"));
    }
}
