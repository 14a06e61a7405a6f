//! The lines of the key table for Review, and for a job after its creation. Data only.

use super::binding::{Binding, on, plain};
use super::movement::{self, ENTER, ESC, LEFT, RIGHT};
use crate::protocol::action::{Action, Motion};
use crate::protocol::key::{Key, KeyPress};
use crate::protocol::step::Step;

pub(super) const ANSWER_ROW: &[&[Binding]] =
    &[&[on(ENTER, Action::Activate, "edit", "Open the step of this answer; Next or Back there leads back here")]];

pub(super) const ANSWERS: &[&[Binding]] = &[&[
    on(&[KeyPress::char('1')], Action::Goto(Step::SignIn), "", "To answer 1: the sign-in"),
    on(&[KeyPress::char('2')], Action::Goto(Step::Account), "", "To answer 2: the account"),
    on(&[KeyPress::char('3')], Action::Goto(Step::Blobs), "", "To answer 3: the blobs"),
    on(&[KeyPress::char('4')], Action::Goto(Step::Drives), "", "To answer 4: the drives"),
    on(&[KeyPress::char('5')], Action::Goto(Step::Address), "", "To answer 5: the return address"),
    on(&[KeyPress::char('6')], Action::Goto(Step::Location), "", "To answer 6: the location"),
    on(&[KeyPress::char('7')], Action::Goto(Step::Options), "", "To answer 7: the job's name and options"),
]];

pub(super) const PARCEL: &[&[Binding]] = &[&[
    on(&[KeyPress::char('d')], Action::Checklist, "drives", "What to check of the drives before they are sent"),
    on(&[KeyPress::char('p')], Action::ShowPapers, "papers", "Packing slip and address label, to print"),
]];

pub(super) const CHECKLIST: &[&[Binding]] = &[
    &[on(
        &[KeyPress::char(' '), plain(Key::Enter)],
        Action::Toggle,
        "tick",
        "Tick the check under the cursor, or untick it",
    )],
    movement::BY_ROW,
    movement::BY_SCREEN,
    &[on(ESC, Action::Escape, "back", "Back to the parcel")],
];

pub(super) const PAPERS_PAGE: &[&[Binding]] = &[&[
    on(&[KeyPress::char('w')], Action::Save, "save to files", "Save both as text and as a page to print"),
    on(&[KeyPress::char('c')], Action::Copy, "copy", "Put them on the clipboard as text"),
    on(&[KeyPress::char('p'), plain(Key::Enter)], Action::Escape, "", "Back to the parcel"),
    on(ESC, Action::Escape, "back", "Back to the parcel"),
]];

pub(super) const CANCELLABLE: &[&[Binding]] =
    &[&[on(&[KeyPress::char('x')], Action::CancelJob, "cancel job", "Ask the service to cancel the job")]];

pub(super) const REASONED: &[&[Binding]] =
    &[&[on(&[KeyPress::char('r')], Action::EditReason, "another reason", "Type another reason for the service")]];

pub(super) const REASON: &[&[Binding]] = &[&[
    on(ENTER, Action::Activate, "keep", "Keep the reason and go back to the question"),
    on(ESC, Action::Escape, "back", "Back to the question with the reason as it was"),
]];

pub(super) const TYPED_DELETION: &[&[Binding]] = &[&[
    on(ENTER, Action::Activate, "delete", "Delete the job, if that is what is typed"),
    on(ESC, Action::Escape, "back", "Leave the job as it is"),
]];

pub(super) const REHEARSED: &[&[Binding]] = &[&[
    on(&[KeyPress::char('t')], Action::Rehearse, "rehearse", "The clock of the rehearsal, and things that go wrong"),
    on(&[KeyPress::char('+')], Action::StepClock, "a day on", "Move the clock of the rehearsal a day forward"),
]];

pub(super) const REHEARSAL_PAGE: &[&[Binding]] = &[
    &[on(&[plain(Key::Enter), KeyPress::char(' ')], Action::Activate, "do it", "Do what is under the cursor")],
    movement::BY_ROW,
    &[on(ESC, Action::Escape, "back", "Back to the job")],
];

pub(super) const FOLLOWED: &[&[Binding]] = &[&[
    on(&[KeyPress::char('i')], Action::SaveCalendar, "calendar", "Save the deadlines as a calendar file (.ics)"),
    on(&[KeyPress::char('o')], Action::CopyLink, "portal link", "Copy the address of the job in the Azure portal"),
]];

pub(super) const DELETABLE: &[&[Binding]] =
    &[&[on(&[KeyPress::char('d')], Action::DeleteJob, "delete job", "Ask the service to delete the job and its keys")]];

pub(super) const DECIDABLE: &[&[Binding]] = &[&[on(
    &[KeyPress::char('a')],
    Action::Decide,
    "decide",
    "Tell the service what it waits for; again: the next choice",
)]];

pub(super) const LOCK_REMOVABLE: &[&[Binding]] =
    &[&[on(&[KeyPress::char('u')], Action::RemoveLock, "remove lock", "Remove the service's lock from the account")]];

pub(super) const GONE: &[&[Binding]] = &[&[on(
    &[KeyPress::char('c'), plain(Key::Enter)],
    Action::CopyDraft,
    "new draft",
    "Make a new draft from these answers, for another job",
)]];

pub(super) const KEYS_SHOWN: &[&[Binding]] = &[&[
    on(&[KeyPress::char('v')], Action::Reveal, "reveal", "Show the keys, or mask them again"),
    on(&[KeyPress::char('w')], Action::Save, "save", "Save all keys, with the commands, to a file only you can read"),
    on(&[KeyPress::char('c')], Action::Copy, "copy key", "Copy the key under the cursor"),
    on(
        &[KeyPress::char('o')],
        Action::CopyCommand,
        "copy command",
        "Copy the command that unlocks the drive, key and all",
    ),
    on(RIGHT, Action::Move(Motion::Right), "other system", "The commands of the next system or tool"),
    on(LEFT, Action::Move(Motion::Left), "", "The commands of the system or tool before"),
]];

pub(super) const LOGGED: &[&[Binding]] = &[&[on(
    &[KeyPress::char('e')],
    Action::ShowFailures,
    "what failed",
    "What was not exported, by reason, from the logs of the job",
)]];

pub(super) const REASONS: &[&[Binding]] = &[&[on(ENTER, Action::Activate, "which blobs", "The blobs of this reason")]];

pub(super) const FAILURES: &[&[Binding]] = &[&[on(ESC, Action::Escape, "back", "Back to the reasons, or to the job")]];

pub(super) const SAVABLE: &[&[Binding]] = &[&[on(
    &[KeyPress::char('w')],
    Action::Save,
    "save",
    "Save every blob with its reason as CSV and JSON, to new files only you can read",
)]];

pub(super) const RETRIABLE: &[&[Binding]] = &[&[on(
    &[KeyPress::char('n')],
    Action::RetryDraft,
    "new draft",
    "Make a new draft of what another job can export",
)]];

pub(super) const PRINTABLE: &[&[Binding]] = &[&[on(
    &[KeyPress::char('x')],
    Action::ShowRequest,
    "as code",
    "The create request for the Azure CLI, PowerShell, Bicep or an ARM template",
)]];

pub(super) const REQUEST_PAGE: &[&[Binding]] = &[&[
    on(RIGHT, Action::Move(Motion::Right), "next form", "The request for the next program"),
    on(LEFT, Action::Move(Motion::Left), "", "The request for the program before"),
    on(&[KeyPress::char('c')], Action::Copy, "copy", "Put the request on the clipboard"),
    on(
        &[KeyPress::char('w')],
        Action::Save,
        "save to a file",
        "Save the request, and the blob list that it needs, to new files",
    ),
    on(ENTER, Action::Escape, "", "Back to the review"),
]];
