//! The lines of the key table, context by context. Data only.

use crate::protocol::action::{Action, Motion};
use crate::protocol::key::{Key, KeyPress};
use crate::protocol::keymap::{Binding, Context};
use crate::protocol::step::Step;

/// The part of the table that counts in a context.
pub(super) fn of(context: Context) -> &'static [Binding] {
    match context {
        Context::Help => HELP,
        Context::Question => QUESTION,
        Context::Held => HELD,
        Context::Start => START,
        Context::DraftRow => DRAFT_ROW,
        Context::Discarded => DISCARDED,
        Context::Rail => RAIL,
        Context::Button => BUTTON,
        Context::Onward => ONWARD,
        Context::SignIn => SIGN_IN,
        Context::SecondList => SECOND_LIST,
        Context::List => LIST,
        Context::FailedRow => FAILED_ROW,
        Context::Details => DETAILS,
        Context::Settled => SETTLED,
        Context::Tree => TREE,
        Context::BlobRow => BLOB_ROW,
        Context::Gatherable => GATHERABLE,
        Context::Rules => RULES,
        Context::Filter => FILTER,
        Context::Counts => COUNTS,
        Context::Counting => COUNTING,
        Context::Uncounted => UNCOUNTED,
        Context::Splittable => SPLITTABLE,
        Context::Page => PAGE,
        Context::Found => FOUND,
        Context::TypedRule => TYPED_RULE,
        Context::Sizes => SIZES,
        Context::Field => FIELD,
        Context::Choice => CHOICE,
        Context::Earlier => EARLIER,
        Context::Failed => FAILED,
        Context::Busy => BUSY,
        Context::Loaded => LOADED,
        Context::Copyable => COPYABLE,
        Context::Unregistered => UNREGISTERED,
        Context::Cancellable => CANCELLABLE,
        Context::Gone => GONE,
        Context::KeysShown => KEYS_SHOWN,
        Context::FirstStep => FIRST_STEP,
        Context::Wizard => WIZARD,
        Context::Letters => LETTERS,
        Context::Everywhere => EVERYWHERE,
    }
}

const fn plain(key: Key) -> KeyPress {
    KeyPress::plain(key)
}

const fn on(keys: &'static [KeyPress], action: Action, hint: &'static str, help: &'static str) -> Binding {
    Binding { keys, action, hint, help }
}

const UP: &[KeyPress] = &[plain(Key::Up), KeyPress::char('k')];
const DOWN: &[KeyPress] = &[plain(Key::Down), KeyPress::char('j')];
const LEFT: &[KeyPress] = &[plain(Key::Left), KeyPress::char('h')];
const RIGHT: &[KeyPress] = &[plain(Key::Right), KeyPress::char('l')];
const PAGE_UP: &[KeyPress] = &[plain(Key::PageUp), KeyPress::ctrl('b')];
const PAGE_DOWN: &[KeyPress] = &[plain(Key::PageDown), KeyPress::ctrl('f')];
const HALF_UP: &[KeyPress] = &[KeyPress::ctrl('u')];
const HALF_DOWN: &[KeyPress] = &[KeyPress::ctrl('d')];
const FIRST: &[KeyPress] = &[plain(Key::Home), KeyPress::char('g')];
const LAST: &[KeyPress] = &[plain(Key::End), KeyPress::char('G')];
const ENTER: &[KeyPress] = &[plain(Key::Enter)];
const ENTER_OR_SPACE: &[KeyPress] = &[plain(Key::Enter), KeyPress::char(' ')];
const SPACE: &[KeyPress] = &[KeyPress::char(' ')];
const TAB: &[KeyPress] = &[plain(Key::Tab)];
const BACK_TAB: &[KeyPress] = &[plain(Key::BackTab)];
const ESC: &[KeyPress] = &[plain(Key::Esc)];

const HELP: &[Binding] = &[
    on(ESC, Action::Escape, "close", "Close this page"),
    on(&[KeyPress::char('?'), plain(Key::F(1)), KeyPress::char('q')], Action::Help, "", "Close this page"),
];

const QUESTION: &[Binding] = &[
    on(&[KeyPress::char('y'), KeyPress::char('Y')], Action::Yes, "yes", "Yes, do it"),
    on(&[KeyPress::char('n'), KeyPress::char('N'), plain(Key::Esc)], Action::No, "no", "No, leave it as it is"),
];

const HELD: &[Binding] = &[
    on(&[KeyPress::char('r')], Action::ReadOnly, "read only", "Look at it without changing it"),
    on(&[KeyPress::char('c')], Action::CopyDraft, "copy", "Go on with a copy of it"),
    on(ESC, Action::Escape, "close", "Back to the list"),
];

const START: &[Binding] = &[
    on(ENTER, Action::Activate, "open", "Resume the draft, or begin"),
    on(UP, Action::Move(Motion::Up), "", "One row up"),
    on(DOWN, Action::Move(Motion::Down), "", "One row down"),
    on(PAGE_UP, Action::Move(Motion::PageUp), "", "A screenful up"),
    on(PAGE_DOWN, Action::Move(Motion::PageDown), "", "A screenful down"),
    on(FIRST, Action::Move(Motion::First), "", "First row"),
    on(LAST, Action::Move(Motion::Last), "", "Last row"),
    on(&[KeyPress::char('r')], Action::Reload, "", "Read the drafts again"),
];

const DRAFT_ROW: &[Binding] = &[
    on(&[KeyPress::char('c')], Action::CopyDraft, "copy", "Make a new draft from its answers, to export again"),
    on(&[KeyPress::char('d'), plain(Key::Delete)], Action::Remove, "discard", "Move the draft to the trash"),
];

const DISCARDED: &[Binding] =
    &[on(&[KeyPress::char('u')], Action::Restore, "undo discard", "Bring the discarded draft back")];

const RAIL: &[Binding] = &[
    on(ENTER, Action::Activate, "open step", "Open the step under the cursor"),
    on(UP, Action::Move(Motion::Up), "", "One step up"),
    on(DOWN, Action::Move(Motion::Down), "", "One step down"),
    on(TAB, Action::FocusForward, "back to the step", "Back to the step"),
    on(BACK_TAB, Action::FocusBackward, "", "To the Next button"),
    on(ESC, Action::Escape, "", "Back to the step"),
];

const BUTTON: &[Binding] = &[
    on(ENTER, Action::Next, "go on", "Press the button"),
    on(SPACE, Action::Next, "", "Press the button"),
    on(BACK_TAB, Action::FocusBackward, "into the step", "Back into the step"),
    on(UP, Action::FocusBackward, "", "Back into the step"),
    on(PAGE_UP, Action::Move(Motion::PageUp), "", "A screenful up"),
    on(PAGE_DOWN, Action::Move(Motion::PageDown), "", "A screenful down"),
    on(FIRST, Action::Move(Motion::First), "", "To the top"),
    on(LAST, Action::Move(Motion::Last), "", "To the end"),
];

const ONWARD: &[Binding] = &[on(ENTER_OR_SPACE, Action::Activate, "go on", "Go on to what comes next")];

const SIGN_IN: &[Binding] = &[on(ENTER_OR_SPACE, Action::Activate, "sign in", "Sign in as under the cursor")];

const SECOND_LIST: &[Binding] = &[on(BACK_TAB, Action::FocusBackward, "other list", "Back to the first list")];

const FAILED_ROW: &[Binding] =
    &[on(&[KeyPress::char('i')], Action::Details, "why", "All that is known about the failure, as a page")];

const DETAILS: &[Binding] =
    &[on(&[KeyPress::char('i'), plain(Key::Enter)], Action::Details, "close", "Back to the rows")];

const SETTLED: &[Binding] = &[on(
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
)];

const LIST: &[Binding] = &[
    on(ENTER, Action::Activate, "choose", "Choose the row under the cursor and go on"),
    on(SPACE, Action::Toggle, "", "Choose the row under the cursor"),
    on(UP, Action::Move(Motion::Up), "", "One row up"),
    on(DOWN, Action::Move(Motion::Down), "", "One row down"),
    on(LEFT, Action::Move(Motion::Left), "", "To the list on the left"),
    on(RIGHT, Action::Move(Motion::Right), "", "To the list on the right"),
    on(PAGE_UP, Action::Move(Motion::PageUp), "", "A screenful up"),
    on(PAGE_DOWN, Action::Move(Motion::PageDown), "", "A screenful down"),
    on(FIRST, Action::Move(Motion::First), "", "First row"),
    on(LAST, Action::Move(Motion::Last), "", "Last row"),
];

const TREE: &[Binding] = &[
    on(SPACE, Action::Toggle, "check", "Check or uncheck the row for export"),
    on(RIGHT, Action::Move(Motion::Right), "open", "Open the row, then go to its first child"),
    on(LEFT, Action::Move(Motion::Left), "close", "Close the row, else go to its parent"),
    on(ENTER, Action::Activate, "", "Open or close the row"),
    on(&[KeyPress::char('p')], Action::Panel, "rules", "Show the rules the service will get"),
    on(&[KeyPress::char('/')], Action::Filter, "filter", "Filter the loaded rows as you type"),
    on(&[KeyPress::char('u'), KeyPress::ctrl('_')], Action::Undo, "undo", "Take back the last change of the selection"),
    on(&[KeyPress::ctrl('r')], Action::Redo, "", "Do it again"),
    on(&[KeyPress::char('a')], Action::TypeRule, "add rule", "Type a path or a prefix"),
    on(&[KeyPress::char('s')], Action::Sort, "", "Sort by name, size or date"),
    on(&[KeyPress::char('i')], Action::Details, "details", "The details of the row; once more: all of them, as a page"),
    on(&[KeyPress::char('r')], Action::Reload, "", "Read this level again"),
    on(&[KeyPress::char('m')], Action::Mouse, "", "Mouse on or off"),
    on(UP, Action::Move(Motion::Up), "", "One row up"),
    on(DOWN, Action::Move(Motion::Down), "", "One row down"),
    on(PAGE_UP, Action::Move(Motion::PageUp), "", "A screenful up"),
    on(PAGE_DOWN, Action::Move(Motion::PageDown), "", "A screenful down"),
    on(HALF_UP, Action::Move(Motion::HalfUp), "", "Half a screenful up"),
    on(HALF_DOWN, Action::Move(Motion::HalfDown), "", "Half a screenful down"),
    on(FIRST, Action::Move(Motion::First), "", "First row"),
    on(LAST, Action::Move(Motion::Last), "", "Last loaded row"),
    on(&[plain(Key::Backspace)], Action::Ascend, "", "To the row above in the path; 3 Backspace: three parts up"),
    on(&[KeyPress::char('0')], Action::Digit(0), "", "A count for the next movement"),
    on(&[KeyPress::char('1')], Action::Digit(1), "", "A count for the next movement"),
    on(&[KeyPress::char('2')], Action::Digit(2), "", "A count for the next movement"),
    on(&[KeyPress::char('3')], Action::Digit(3), "", "A count for the next movement"),
    on(&[KeyPress::char('4')], Action::Digit(4), "", "A count for the next movement"),
    on(&[KeyPress::char('5')], Action::Digit(5), "", "A count for the next movement"),
    on(&[KeyPress::char('6')], Action::Digit(6), "", "A count for the next movement"),
    on(&[KeyPress::char('7')], Action::Digit(7), "", "A count for the next movement"),
    on(&[KeyPress::char('8')], Action::Digit(8), "", "A count for the next movement"),
    on(&[KeyPress::char('9')], Action::Digit(9), "", "A count for the next movement"),
];

const BLOB_ROW: &[Binding] = &[on(
    &[KeyPress::char('x')],
    Action::Snapshots,
    "without snapshots",
    "Take the blob with or without its snapshots",
)];

const GATHERABLE: &[Binding] =
    &[on(&[KeyPress::char('f')], Action::Gather, "whole folder", "Replace the single checks by the whole folder")];

const RULES: &[Binding] = &[
    on(&[KeyPress::char('d'), plain(Key::Delete)], Action::Remove, "remove rule", "Remove the rule under the cursor"),
    on(&[KeyPress::char('p'), plain(Key::Esc)], Action::Panel, "close rules", "Back to the tree"),
    on(&[KeyPress::char('u'), KeyPress::ctrl('_')], Action::Undo, "undo", "Take back the last change of the selection"),
    on(&[KeyPress::ctrl('r')], Action::Redo, "", "Do it again"),
    on(UP, Action::Move(Motion::Up), "", "One rule up"),
    on(DOWN, Action::Move(Motion::Down), "", "One rule down"),
    on(PAGE_UP, Action::Move(Motion::PageUp), "", "A screenful up"),
    on(PAGE_DOWN, Action::Move(Motion::PageDown), "", "A screenful down"),
    on(FIRST, Action::Move(Motion::First), "", "First rule"),
    on(LAST, Action::Move(Motion::Last), "", "Last rule"),
];

const FILTER: &[Binding] = &[
    on(ENTER, Action::Activate, "keep", "Keep the filter and go back to the rows"),
    on(ESC, Action::Escape, "clear", "Clear it and restore the rows"),
    on(&[KeyPress::ctrl('s')], Action::FilterOnServer, "ask the server", "Ask the server for names that start so"),
    on(&[plain(Key::Up)], Action::Move(Motion::Up), "", "One row up"),
    on(&[plain(Key::Down)], Action::Move(Motion::Down), "", "One row down"),
];

const FOUND: &[Binding] = &[
    on(SPACE, Action::Toggle, "check", "Check or uncheck the row for export"),
    on(ENTER, Action::Activate, "go there", "Show the row in its place in the tree"),
    on(ESC, Action::Escape, "back", "Back to the tree"),
    on(UP, Action::Move(Motion::Up), "", "One row up"),
    on(DOWN, Action::Move(Motion::Down), "", "One row down"),
    on(PAGE_UP, Action::Move(Motion::PageUp), "", "A screenful up"),
    on(PAGE_DOWN, Action::Move(Motion::PageDown), "", "A screenful down"),
    on(FIRST, Action::Move(Motion::First), "", "First row"),
    on(LAST, Action::Move(Motion::Last), "", "Last row"),
];

/// Space and s: what they do depends on whether a count is under way.
const PAUSE: &[KeyPress] = &[KeyPress::char(' '), KeyPress::char('s')];

const COUNTING: &[Binding] = &[on(PAUSE, Action::Toggle, "pause", "Pause the count; what is counted is kept")];

const UNCOUNTED: &[Binding] = &[on(PAUSE, Action::Toggle, "go on", "Count, or go on where the count stopped")];

const COUNTS: &[Binding] = &[
    on(RIGHT, Action::Move(Motion::Right), "larger drives", "The next larger common drive size"),
    on(TAB, Action::FocusForward, "type sizes", "To the field with the drive sizes"),
    on(LEFT, Action::Move(Motion::Left), "smaller", "The next smaller common drive size"),
    on(DOWN, Action::Move(Motion::Down), "read on", "One line down"),
    on(UP, Action::Move(Motion::Up), "", "One line up"),
    on(&[KeyPress::char('r')], Action::Reload, "recount", "Forget what was counted and count anew"),
    on(PAUSE, Action::Toggle, "", "Says why there is nothing to count"),
    on(ENTER, Action::Activate, "", "Go on to the next step; the count goes on, too"),
    on(PAGE_UP, Action::Move(Motion::PageUp), "", "A screenful up"),
    on(PAGE_DOWN, Action::Move(Motion::PageDown), "", "A screenful down"),
    on(HALF_UP, Action::Move(Motion::HalfUp), "", "Half a screenful up"),
    on(HALF_DOWN, Action::Move(Motion::HalfDown), "", "Half a screenful down"),
    on(FIRST, Action::Move(Motion::First), "", "To the top"),
    on(LAST, Action::Move(Motion::Last), "", "To the end"),
];

const SPLITTABLE: &[Binding] =
    &[on(&[KeyPress::char('d')], Action::Split, "split", "Show the jobs this makes, and make a draft of each")];

const PAGE: &[Binding] = &[
    on(DOWN, Action::Move(Motion::Down), "read on", "One line down"),
    on(UP, Action::Move(Motion::Up), "", "One line up"),
    on(PAGE_UP, Action::Move(Motion::PageUp), "", "A screenful up"),
    on(PAGE_DOWN, Action::Move(Motion::PageDown), "", "A screenful down"),
    on(FIRST, Action::Move(Motion::First), "", "To the top"),
    on(LAST, Action::Move(Motion::Last), "", "To the end"),
];

const TYPED_RULE: &[Binding] = &[
    on(ENTER, Action::Activate, "add", "Add the rule, once it is shown what it matches"),
    on(ESC, Action::Escape, "drop", "Back to the tree without adding it"),
];

const SIZES: &[Binding] = &[
    on(ENTER, Action::Activate, "see the drives", "To the drives these sizes make"),
    on(&[plain(Key::Down)], Action::Move(Motion::Down), "", "To the drives these sizes make"),
];

const FIELD: &[Binding] = &[
    on(ENTER, Action::Activate, "next field", "To the next field; from the last one, on"),
    on(TAB, Action::FocusForward, "", "To the next field"),
    on(BACK_TAB, Action::FocusBackward, "", "To the previous field"),
    on(&[plain(Key::Up)], Action::Move(Motion::Up), "", "To the previous field or choice"),
    on(&[plain(Key::Down)], Action::Move(Motion::Down), "", "To the next field or choice"),
    on(&[plain(Key::PageUp)], Action::Move(Motion::PageUp), "", "A screenful up"),
    on(&[plain(Key::PageDown)], Action::Move(Motion::PageDown), "", "A screenful down"),
];

const CHOICE: &[Binding] = &[
    on(&[KeyPress::char(' '), plain(Key::Right)], Action::Move(Motion::Right), "change", "Next choice"),
    on(&[plain(Key::Left)], Action::Move(Motion::Left), "", "Previous choice"),
    on(ENTER, Action::Activate, "next field", "To the next field; from the last one, on"),
    on(TAB, Action::FocusForward, "", "To the next field"),
    on(BACK_TAB, Action::FocusBackward, "", "To the previous field"),
    on(&[plain(Key::Up)], Action::Move(Motion::Up), "", "To the previous field"),
    on(&[plain(Key::Down)], Action::Move(Motion::Down), "", "To the next field"),
    on(PAGE_UP, Action::Move(Motion::PageUp), "", "A screenful up"),
    on(PAGE_DOWN, Action::Move(Motion::PageDown), "", "A screenful down"),
];

const EARLIER: &[Binding] =
    &[on(&[KeyPress::ctrl('o')], Action::UseEarlier, "last address", "Fill in the address of your last export")];

const FAILED: &[Binding] = &[on(&[KeyPress::ctrl('t')], Action::Retry, "retry", "Send the failed request again")];

const BUSY: &[Binding] = &[on(&[KeyPress::ctrl('x')], Action::CancelRequest, "stop", "Give up the request under way")];

const LOADED: &[Binding] = &[on(&[KeyPress::char('r')], Action::Reload, "reload", "Read it once more")];

const COPYABLE: &[Binding] = &[on(&[KeyPress::char('c')], Action::Copy, "copy", "Put it on the clipboard")];

const UNREGISTERED: &[Binding] =
    &[on(&[KeyPress::ctrl('g')], Action::Register, "register", "Register Microsoft.ImportExport in the subscription")];

const CANCELLABLE: &[Binding] =
    &[on(&[KeyPress::char('x')], Action::CancelJob, "cancel job", "Ask the service to cancel the job")];

const GONE: &[Binding] = &[on(
    &[KeyPress::char('c'), plain(Key::Enter)],
    Action::CopyDraft,
    "new draft",
    "Make a new draft from these answers, for another job",
)];

const KEYS_SHOWN: &[Binding] = &[
    on(&[KeyPress::char('v')], Action::Reveal, "reveal", "Show the keys, or mask them again"),
    on(&[KeyPress::char('c')], Action::Copy, "copy", "Copy the key under the cursor"),
    on(&[KeyPress::char('w')], Action::Save, "save to a file", "Save all keys to a file only you can read"),
];

const FIRST_STEP: &[Binding] = &[on(ESC, Action::Escape, "", "Close what is open")];

const WIZARD: &[Binding] = &[
    on(TAB, Action::FocusForward, "", "To the next part of the screen"),
    on(BACK_TAB, Action::FocusBackward, "steps", "To the previous part of the screen, or to the steps"),
    on(&[KeyPress::alt(Key::Right), KeyPress::ctrl('n')], Action::Next, "next", "Next step"),
    on(&[KeyPress::alt(Key::Left)], Action::Back, "", "Previous step"),
    on(ESC, Action::Escape, "back", "Close what is open, else go back a step"),
    on(&[KeyPress::alt(Key::Char('1'))], Action::Goto(Step::SignIn), "", "To the sign-in"),
    on(&[KeyPress::alt(Key::Char('2'))], Action::Goto(Step::Account), "", "To the account"),
    on(&[KeyPress::alt(Key::Char('3'))], Action::Goto(Step::Blobs), "", "To the blobs"),
    on(&[KeyPress::alt(Key::Char('4'))], Action::Goto(Step::Drives), "", "To the drives"),
    on(&[KeyPress::alt(Key::Char('5'))], Action::Goto(Step::Location), "", "To the location"),
    on(&[KeyPress::alt(Key::Char('6'))], Action::Goto(Step::Address), "", "To the return address"),
    on(&[KeyPress::alt(Key::Char('7'))], Action::Goto(Step::Options), "", "To the job's name and options"),
    on(&[KeyPress::alt(Key::Char('8'))], Action::Goto(Step::Review), "", "To the review"),
    on(&[KeyPress::alt(Key::Char('9'))], Action::Goto(Step::Ship), "", "To the parcel"),
    on(&[KeyPress::alt(Key::Char('0'))], Action::Goto(Step::Follow), "", "To the job's progress"),
    // The rail counts to eleven and the digits to ten.
    on(&[KeyPress::alt(Key::Char('k'))], Action::Goto(Step::Keys), "", "To the BitLocker keys"),
];

const LETTERS: &[Binding] = &[
    on(&[KeyPress::char('?')], Action::Help, "all keys", "Every key that works here"),
    on(&[KeyPress::char('!')], Action::Messages, "", "What the program has said so far"),
    on(&[KeyPress::char('q')], Action::Quit, "quit", "Leave; the draft is kept"),
];

const EVERYWHERE: &[Binding] = &[
    on(&[plain(Key::F(1))], Action::Help, "all keys", "Every key that works here"),
    on(&[KeyPress::ctrl('c')], Action::Quit, "quit", "Leave; the draft is kept. Twice: at once"),
    on(&[KeyPress::ctrl('l')], Action::Redraw, "", "Draw the whole screen again"),
    on(&[KeyPress::ctrl('z')], Action::Suspend, "", "Back to the shell; `fg` returns"),
];
