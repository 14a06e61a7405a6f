//! The lines of the key table for the start screen. Data only.

use super::binding::{Binding, on, plain};
use super::movement::{self, ENTER, ESC};
use crate::protocol::action::{Action, Motion};
use crate::protocol::key::{Key, KeyPress};

pub(super) const START: &[&[Binding]] = &[
    &[on(ENTER, Action::Activate, "open", "Resume the draft, take the job into a draft, or begin")],
    movement::BY_ROW,
    &[on(&[KeyPress::char('/')], Action::Filter, "filter", "Show only the rows that have some words")],
    movement::BY_SCREEN,
    movement::TO_END_ROWS,
    &[
        on(&[KeyPress::char('A')], Action::Panel, "", "Show or hide what is archived"),
        on(&[KeyPress::char('r')], Action::Reload, "", "Read the drafts and the jobs again"),
    ],
];

const COPY: Binding =
    on(&[KeyPress::char('c')], Action::CopyDraft, "copy", "Make a new draft from its answers, to export again");

const DISCARD: Binding =
    on(&[KeyPress::char('d'), plain(Key::Delete)], Action::Remove, "discard", "Move the draft to the trash");

const RESUME: Binding = on(ENTER, Action::Activate, "open", "Resume the draft");

pub(super) const DRAFT_ROW: &[&[Binding]] =
    &[&[RESUME, COPY, DISCARD, on(&[KeyPress::char('a')], Action::Archive, "archive", "Put the draft away")]];

pub(super) const ARCHIVED_ROW: &[&[Binding]] = &[&[
    RESUME,
    on(&[KeyPress::char('a')], Action::Archive, "bring back", "Bring the draft back to the list"),
    COPY,
    DISCARD,
]];

pub(super) const JOB_ROW: &[&[Binding]] = &[&[
    on(
        ENTER,
        Action::Activate,
        "take it over",
        "Open a draft for this job, with what the job says; nothing is created",
    ),
    COPY,
]];

pub(super) const JOBS_UNSEEN: &[&[Binding]] =
    &[&[on(&[KeyPress::char('s')], Action::SignIn, "sign in", "Sign in, so that your jobs can be listed")]];

pub(super) const DISCARDED: &[&[Binding]] =
    &[&[on(&[KeyPress::char('u')], Action::Restore, "undo discard", "Bring the discarded draft back")]];

pub(super) const FILTERED: &[&[Binding]] = &[&[on(ESC, Action::Escape, "show all", "Take the filter away")]];

pub(super) const START_FILTER: &[&[Binding]] = &[
    &[
        on(ENTER, Action::Activate, "keep", "Stop typing; the rows stay as they are found"),
        on(ESC, Action::Escape, "show all", "Take the filter away"),
        on(&[plain(Key::Up)], Action::Move(Motion::Up), "", "One row up"),
        on(&[plain(Key::Down)], Action::Move(Motion::Down), "", "One row down"),
    ],
    movement::BY_SCREEN,
];

pub(super) const HELD_ELSEWHERE: &[&[Binding]] = &[&[on(
    &[KeyPress::char('t')],
    Action::TakeOver,
    "take over",
    "Open it here: nothing runs on the other machine any more",
)]];
