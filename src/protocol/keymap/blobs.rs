//! The lines of the key table for the contexts of the blobs step. Data only.

use super::binding::{Binding, on, plain};
use super::movement::{self, DOWN, ENTER, ESC, FIRST, LAST, LEFT, RIGHT, SPACE, UP};
use crate::protocol::action::{Action, Motion};
use crate::protocol::key::{Key, KeyPress};

pub(super) const FAILED_ROW: &[&[Binding]] =
    &[&[on(&[KeyPress::char('i')], Action::Details, "why", "All that is known about the failure, as a page")]];

pub(super) const DETAILS: &[&[Binding]] =
    &[&[on(&[KeyPress::char('i'), plain(Key::Enter)], Action::Details, "close", "Back to the rows")]];

pub(super) const SETTLED: &[&[Binding]] = &[&[on(
    &[
        KeyPress::char(' '),
        KeyPress::char('a'),
        KeyPress::char('d'),
        KeyPress::char('f'),
        KeyPress::char('u'),
        KeyPress::char('x'),
    ],
    Action::Toggle,
    "",
    "Says why the selection stays as it is",
)]];

pub(super) const TREE: &[&[Binding]] = &[
    &[
        on(SPACE, Action::Toggle, "check", "Check or uncheck the row for export"),
        on(RIGHT, Action::Move(Motion::Right), "open", "Open the row, then go to its first child"),
        on(LEFT, Action::Move(Motion::Left), "close", "Close the row, else go to its parent"),
        on(ENTER, Action::Activate, "", "Open or close the row"),
        on(&[KeyPress::char('p')], Action::Panel, "rules", "Show the rules the service will get"),
        on(&[KeyPress::char('/')], Action::Filter, "filter", "Filter the loaded rows as you type"),
        on(
            &[KeyPress::char('u'), KeyPress::ctrl('_')],
            Action::Undo,
            "undo",
            "Take back the last change of the selection",
        ),
        on(&[KeyPress::ctrl('r')], Action::Redo, "", "Do it again"),
        on(&[KeyPress::char('a')], Action::TypeRule, "add rule", "Type a path or a prefix"),
        on(&[KeyPress::char('s')], Action::Sort, "", "Sort by name, size or date"),
        on(
            &[KeyPress::char('i')],
            Action::Details,
            "details",
            "The details of the row; once more: all of them, as a page",
        ),
        on(&[KeyPress::char('r')], Action::Reload, "", "Read this level again"),
    ],
    movement::BY_ROW,
    movement::BY_SCREEN,
    movement::BY_HALF_SCREEN,
    &[
        on(FIRST, Action::Move(Motion::First), "", "First row"),
        on(LAST, Action::Move(Motion::Last), "", "Last loaded row"),
        on(&[plain(Key::Backspace)], Action::Ascend, "", "To the row above in the path; 3 Backspace: three parts up"),
    ],
    movement::COUNT,
];

pub(super) const BLOB_ROW: &[&[Binding]] = &[&[on(
    &[KeyPress::char('x')],
    Action::Snapshots,
    "without snapshots",
    "Take the blob with or without its snapshots",
)]];

pub(super) const GATHERABLE: &[&[Binding]] =
    &[&[on(&[KeyPress::char('f')], Action::Gather, "whole folder", "Replace the single checks by the whole folder")]];

pub(super) const RULES: &[&[Binding]] = &[
    &[
        on(
            &[KeyPress::char('d'), plain(Key::Delete)],
            Action::Remove,
            "remove rule",
            "Remove the rule under the cursor",
        ),
        on(&[KeyPress::char('p'), plain(Key::Esc)], Action::Panel, "close rules", "Back to the tree"),
        on(
            &[KeyPress::char('u'), KeyPress::ctrl('_')],
            Action::Undo,
            "undo",
            "Take back the last change of the selection",
        ),
        on(&[KeyPress::ctrl('r')], Action::Redo, "", "Do it again"),
        on(UP, Action::Move(Motion::Up), "", "One rule up"),
        on(DOWN, Action::Move(Motion::Down), "", "One rule down"),
    ],
    movement::BY_SCREEN,
    &[on(FIRST, Action::Move(Motion::First), "", "First rule"), on(LAST, Action::Move(Motion::Last), "", "Last rule")],
];

pub(super) const FILTER: &[&[Binding]] = &[&[
    on(ENTER, Action::Activate, "keep", "Keep the filter and go back to the rows"),
    on(ESC, Action::Escape, "clear", "Clear it and restore the rows"),
    on(&[KeyPress::ctrl('s')], Action::FilterOnServer, "ask the server", "Ask the server for names that start so"),
    on(&[plain(Key::Up)], Action::Move(Motion::Up), "", "One row up"),
    on(&[plain(Key::Down)], Action::Move(Motion::Down), "", "One row down"),
]];

pub(super) const FOUND: &[&[Binding]] = &[
    &[
        on(SPACE, Action::Toggle, "check", "Check or uncheck the row for export"),
        on(ENTER, Action::Activate, "go there", "Show the row in its place in the tree"),
        on(ESC, Action::Escape, "back", "Back to the tree"),
    ],
    movement::BY_ROW,
    movement::BY_SCREEN,
    movement::TO_END_ROWS,
];

pub(super) const TYPED_RULE: &[&[Binding]] = &[&[
    on(ENTER, Action::Activate, "add", "Add the rule, once it is shown what it matches"),
    on(ESC, Action::Escape, "drop", "Back to the tree without adding it"),
]];
