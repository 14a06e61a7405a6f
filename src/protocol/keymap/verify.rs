//! The lines of the key table for the check of the drives. Data only.

use super::binding::{Binding, on};
use super::movement::{self, ENTER, SPACE};
use crate::protocol::action::Action;
use crate::protocol::key::KeyPress;

/// Space and s, as for a count.
const PAUSE: &[KeyPress] = &[KeyPress::char(' '), KeyPress::char('s')];

pub(super) const ATTACHED_DRIVES: &[&[Binding]] = &[
    &[
        on(ENTER, Action::Activate, "check", "Check the chosen drives, or the one under the cursor"),
        on(SPACE, Action::Toggle, "choose", "Choose the drive under the cursor, or no longer"),
        on(&[KeyPress::char('r')], Action::Reload, "look again", "Look for drives again"),
    ],
    movement::BY_ROW,
    movement::BY_SCREEN,
    movement::TO_END_ROWS,
];

pub(super) const CHECKING: &[&[Binding]] =
    &[&[on(PAUSE, Action::Toggle, "pause", "Pause the check; what is checked is kept")]];

pub(super) const CHECK_PAUSED: &[&[Binding]] = &[&[
    on(PAUSE, Action::Toggle, "go on", "Go on where the check stopped"),
    on(&[KeyPress::char('r')], Action::Reload, "other drives", "Back to the list of drives; what is checked is kept"),
]];

pub(super) const FETCH_AGAIN: &[&[Binding]] =
    &[&[on(&[KeyPress::char('n')], Action::FetchAgain, "new draft", "Make a new draft of what is damaged or missing")]];

pub(super) const CHECKED_DRIVES: &[&[Binding]] = &[&[
    on(
        &[KeyPress::char('w')],
        Action::Save,
        "save reports",
        "Save the report as text, as a page, as JSON and as a table of every blob",
    ),
    on(&[KeyPress::char('r')], Action::Reload, "other drives", "Back to the list of drives"),
]];
