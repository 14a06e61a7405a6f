//! The lines of the key table, context by context. Data only.

use super::binding::{Binding, on, plain};
use super::blobs;
use super::context::Context;
use super::job;
use super::movement::{self, BACK_TAB, ENTER, ENTER_OR_SPACE, ESC, LEFT, RIGHT, SPACE, TAB, UP};
use super::sign_in;
use super::start;
use super::verify;
use crate::protocol::action::{Action, Motion};
use crate::protocol::key::{Key, KeyPress};
use crate::protocol::step::Step;

/// The lines of a context, in groups.
pub(super) fn of(context: Context) -> &'static [&'static [Binding]] {
    match context {
        Context::Help => HELP,
        Context::KeysPage => KEYS_PAGE,
        Context::StepList => STEP_LIST,
        Context::Question => QUESTION,
        Context::Held => HELD,
        Context::HeldElsewhere => start::HELD_ELSEWHERE,
        Context::Start => start::START,
        Context::DraftRow => start::DRAFT_ROW,
        Context::ArchivedRow => start::ARCHIVED_ROW,
        Context::JobRow => start::JOB_ROW,
        Context::JobsUnseen => start::JOBS_UNSEEN,
        Context::Filtered => start::FILTERED,
        Context::StartFilter => start::START_FILTER,
        Context::Discarded => start::DISCARDED,
        Context::Rail => RAIL,
        Context::Button => BUTTON,
        Context::AnswerRow => job::ANSWER_ROW,
        Context::Answers => job::ANSWERS,
        Context::Onward => ONWARD,
        Context::SignIn => SIGN_IN,
        Context::BrowserPrompt => sign_in::BROWSER_PROMPT,
        Context::CodePrompt => sign_in::CODE_PROMPT,
        Context::AskedInPlace => sign_in::ASKED_IN_PLACE,
        Context::Rememberable => sign_in::REMEMBERABLE,
        Context::SignedIn => sign_in::SIGNED_IN,
        Context::SecondList => SECOND_LIST,
        Context::List => LIST,
        Context::Accounts => ACCOUNTS,
        Context::AccountFilter => ACCOUNT_FILTER,
        Context::FailedRow => blobs::FAILED_ROW,
        Context::Details => blobs::DETAILS,
        Context::Settled => blobs::SETTLED,
        Context::Tree => blobs::TREE,
        Context::BlobRow => blobs::BLOB_ROW,
        Context::Gatherable => blobs::GATHERABLE,
        Context::Rules => blobs::RULES,
        Context::Filter => blobs::FILTER,
        Context::Counts => COUNTS,
        Context::Counting => COUNTING,
        Context::Uncounted => UNCOUNTED,
        Context::Splittable => SPLITTABLE,
        Context::Page => PAGE,
        Context::Found => blobs::FOUND,
        Context::TypedRule => blobs::TYPED_RULE,
        Context::Printable => job::PRINTABLE,
        Context::RequestPage => job::REQUEST_PAGE,
        Context::Sizes => SIZES,
        Context::Field => FIELD,
        Context::Choice => CHOICE,
        Context::Earlier => EARLIER,
        Context::Creatable => CREATABLE,
        Context::NewGroup => NEW_GROUP,
        Context::Failed => FAILED,
        Context::Busy => BUSY,
        Context::Loaded => LOADED,
        Context::Copyable => COPYABLE,
        Context::Unregistered => UNREGISTERED,
        Context::Services => SERVICES,
        Context::Parcel => job::PARCEL,
        Context::Checklist => job::CHECKLIST,
        Context::PapersPage => job::PAPERS_PAGE,
        Context::Cancellable => job::CANCELLABLE,
        Context::Reasoned => job::REASONED,
        Context::Reason => job::REASON,
        Context::TypedDeletion => job::TYPED_DELETION,
        Context::Deletable => job::DELETABLE,
        Context::Followed => job::FOLLOWED,
        Context::Rehearsed => job::REHEARSED,
        Context::RehearsalPage => job::REHEARSAL_PAGE,
        Context::Decidable => job::DECIDABLE,
        Context::LockRemovable => job::LOCK_REMOVABLE,
        Context::Gone => job::GONE,
        Context::KeysShown => job::KEYS_SHOWN,
        Context::Logged => job::LOGGED,
        Context::Reasons => job::REASONS,
        Context::Failures => job::FAILURES,
        Context::Savable => job::SAVABLE,
        Context::Retriable => job::RETRIABLE,
        Context::AttachedDrives => verify::ATTACHED_DRIVES,
        Context::Checking => verify::CHECKING,
        Context::CheckPaused => verify::CHECK_PAUSED,
        Context::FetchAgain => verify::FETCH_AGAIN,
        Context::CheckedDrives => verify::CHECKED_DRIVES,
        Context::FirstStep => FIRST_STEP,
        Context::Wizard => WIZARD,
        Context::Letters => LETTERS,
        Context::Everywhere => EVERYWHERE,
    }
}

const HELP: &[&[Binding]] = &[&[
    on(ESC, Action::Escape, "close", "Close this page"),
    on(&[KeyPress::char('?'), plain(Key::F(1)), KeyPress::char('q')], Action::Help, "", "Close this page"),
]];

const KEYS_PAGE: &[&[Binding]] = &[
    &[
        on(ESC, Action::Escape, "close", "Show all keys again, else close this page"),
        on(&[plain(Key::F(1)), KeyPress::char('?')], Action::Help, "", "Close this page"),
        on(&[plain(Key::Down)], Action::Move(Motion::Down), "read on", "One line down"),
        on(&[plain(Key::Up)], Action::Move(Motion::Up), "", "One line up"),
    ],
    &[
        on(&[plain(Key::PageUp)], Action::Move(Motion::PageUp), "", "A screenful up"),
        on(&[plain(Key::PageDown)], Action::Move(Motion::PageDown), "", "A screenful down"),
        on(&[plain(Key::Home)], Action::Move(Motion::First), "", "To the top"),
        on(&[plain(Key::End)], Action::Move(Motion::Last), "", "To the end"),
    ],
];

/// Keys that every terminal sends, also while a text is typed: Alt and a digit are a character on some, and nothing on others.
const STEPS: &[KeyPress] = &[plain(Key::F(2)), KeyPress::ctrl('p')];

const STEP_LIST: &[&[Binding]] = &[
    &[
        on(ENTER, Action::Activate, "go there", "Open the step under the cursor"),
        on(&[plain(Key::Up)], Action::Move(Motion::Up), "", "One step up"),
        on(&[plain(Key::Down)], Action::Move(Motion::Down), "", "One step down"),
        on(ESC, Action::Escape, "close", "Stay on this step"),
        on(STEPS, Action::Steps, "", "Stay on this step"),
    ],
    movement::BY_SCREEN,
];

const QUESTION: &[&[Binding]] = &[&[
    on(&[KeyPress::char('y'), KeyPress::char('Y')], Action::Yes, "yes", "Yes, do it"),
    on(&[KeyPress::char('n'), KeyPress::char('N'), plain(Key::Esc)], Action::No, "no", "No, leave it as it is"),
]];

const HELD: &[&[Binding]] = &[&[
    on(&[KeyPress::char('r')], Action::ReadOnly, "read only", "Look at it without changing it"),
    on(&[KeyPress::char('c')], Action::CopyDraft, "copy", "Go on with a copy of it"),
    on(ESC, Action::Escape, "close", "Back to the list"),
]];

const RAIL: &[&[Binding]] = &[&[
    on(ENTER, Action::Activate, "open step", "Open the step under the cursor"),
    on(
        &[plain(Key::Up), KeyPress::char('k'), plain(Key::Left), KeyPress::char('h')],
        Action::Move(Motion::Up),
        "",
        "To the step before",
    ),
    on(
        &[plain(Key::Down), KeyPress::char('j'), plain(Key::Right), KeyPress::char('l')],
        Action::Move(Motion::Down),
        "",
        "To the step after",
    ),
    on(TAB, Action::FocusForward, "back to the step", "Back to the step"),
    on(BACK_TAB, Action::FocusBackward, "", "To the Next button"),
    on(ESC, Action::Escape, "", "Back to the step"),
]];

const BUTTON: &[&[Binding]] = &[
    &[
        on(ENTER, Action::Next, "go on", "Press the button"),
        on(SPACE, Action::Next, "", "Press the button"),
        on(BACK_TAB, Action::FocusBackward, "into the step", "Back into the step"),
        on(UP, Action::Move(Motion::Up), "", "Back into the step"),
        on(&[plain(Key::Down)], Action::Move(Motion::Down), "", "A line down"),
    ],
    movement::BY_SCREEN,
    movement::TO_ENDS,
];

const ONWARD: &[&[Binding]] = &[&[on(ENTER_OR_SPACE, Action::Activate, "go on", "Go on to what comes next")]];

const SIGN_IN: &[&[Binding]] = &[&[on(ENTER_OR_SPACE, Action::Activate, "sign in", "Sign in as under the cursor")]];

const SECOND_LIST: &[&[Binding]] = &[&[on(BACK_TAB, Action::FocusBackward, "other list", "Back to the first list")]];

const LIST: &[&[Binding]] = &[
    &[
        on(ENTER, Action::Activate, "choose", "Choose the row under the cursor and go on"),
        on(SPACE, Action::Toggle, "", "Choose the row under the cursor"),
    ],
    movement::BY_ROW,
    &[
        on(LEFT, Action::Move(Motion::Left), "", "To the list on the left"),
        on(RIGHT, Action::Move(Motion::Right), "", "To the list on the right"),
    ],
    movement::BY_SCREEN,
    movement::TO_END_ROWS,
];

const ACCOUNTS: &[&[Binding]] =
    &[&[on(&[KeyPress::char('/')], Action::Filter, "filter", "Find an account of any subscription by a few letters")]];

const ACCOUNT_FILTER: &[&[Binding]] = &[
    &[
        on(ENTER, Action::Activate, "choose", "Choose the account under the cursor and go on"),
        on(ESC, Action::Escape, "close", "Back to the lists"),
        on(&[plain(Key::Up)], Action::Move(Motion::Up), "", "One row up"),
        on(&[plain(Key::Down)], Action::Move(Motion::Down), "", "One row down"),
    ],
    movement::BY_SCREEN,
];

/// Space and s: what they do depends on whether a count is under way.
const PAUSE: &[KeyPress] = &[KeyPress::char(' '), KeyPress::char('s')];

const COUNTING: &[&[Binding]] = &[&[on(PAUSE, Action::Toggle, "pause", "Pause the count; what is counted is kept")]];

const UNCOUNTED: &[&[Binding]] = &[&[on(PAUSE, Action::Toggle, "go on", "Count, or go on where the count stopped")]];

const COUNTS: &[&[Binding]] = &[
    &[
        on(RIGHT, Action::Move(Motion::Right), "larger drives", "The next larger common drive size"),
        on(TAB, Action::FocusForward, "type sizes", "To the field with the drive sizes"),
        on(LEFT, Action::Move(Motion::Left), "smaller", "The next smaller common drive size"),
    ],
    movement::BY_LINE,
    &[
        on(&[KeyPress::char('r')], Action::Reload, "recount", "Forget what was counted and count anew"),
        on(PAUSE, Action::Toggle, "", "Says why there is nothing to count"),
        on(ENTER, Action::Activate, "", "Go on to the next step; the count goes on, too"),
    ],
    movement::BY_SCREEN,
    movement::BY_HALF_SCREEN,
    movement::TO_ENDS,
];

const SPLITTABLE: &[&[Binding]] =
    &[&[on(&[KeyPress::char('d')], Action::Split, "split", "Show the jobs this makes, and make a draft of each")]];

const PAGE: &[&[Binding]] = &[movement::BY_LINE, movement::BY_SCREEN, movement::TO_ENDS];

const SIZES: &[&[Binding]] = &[&[
    on(ENTER, Action::Activate, "see the drives", "To the drives these sizes make"),
    on(&[plain(Key::Down)], Action::Move(Motion::Down), "", "To the drives these sizes make"),
]];

const FIELD: &[&[Binding]] = &[&[
    on(ENTER, Action::Activate, "next field", "To the next field; from the last one, on"),
    on(TAB, Action::FocusForward, "", "To the next field"),
    on(BACK_TAB, Action::FocusBackward, "", "To the previous field"),
    on(&[plain(Key::Up)], Action::Move(Motion::Up), "", "To the previous field or choice"),
    on(&[plain(Key::Down)], Action::Move(Motion::Down), "", "To the next field or choice"),
    on(&[plain(Key::PageUp)], Action::Move(Motion::PageUp), "", "A screenful up"),
    on(&[plain(Key::PageDown)], Action::Move(Motion::PageDown), "", "A screenful down"),
]];

const CHOICE: &[&[Binding]] = &[
    &[
        on(&[KeyPress::char(' '), plain(Key::Right)], Action::Move(Motion::Right), "change", "Next choice"),
        on(&[plain(Key::Left)], Action::Move(Motion::Left), "", "Previous choice"),
        on(ENTER, Action::Activate, "next field", "To the next field; from the last one, on"),
        on(TAB, Action::FocusForward, "", "To the next field"),
        on(BACK_TAB, Action::FocusBackward, "", "To the previous field"),
        on(&[plain(Key::Up)], Action::Move(Motion::Up), "", "To the previous field"),
        on(&[plain(Key::Down)], Action::Move(Motion::Down), "", "To the next field"),
    ],
    movement::BY_SCREEN,
];

const EARLIER: &[&[Binding]] =
    &[&[on(&[KeyPress::ctrl('o')], Action::UseEarlier, "last address", "Fill in the address of your last export")]];

const CREATABLE: &[&[Binding]] =
    &[&[on(&[KeyPress::ctrl('o')], Action::CreateGroup, "create group", "Make the resource group that is typed")]];

const NEW_GROUP: &[&[Binding]] = &[&[
    on(ENTER, Action::Activate, "create", "Make the group in this region"),
    on(ESC, Action::Escape, "back", "Back to the form; nothing is made"),
]];

const FAILED: &[&[Binding]] = &[&[on(&[KeyPress::ctrl('t')], Action::Retry, "retry", "Send the failed request again")]];

const BUSY: &[&[Binding]] =
    &[&[on(&[KeyPress::ctrl('x')], Action::CancelRequest, "stop", "Give up the request under way")]];

const LOADED: &[&[Binding]] = &[&[on(&[KeyPress::char('r')], Action::Reload, "reload", "Read it once more")]];

const COPYABLE: &[&[Binding]] = &[&[on(&[KeyPress::char('c')], Action::Copy, "copy", "Put it on the clipboard")]];

const SERVICES: &[&[Binding]] =
    &[&[on(&[KeyPress::char('s')], Action::SwitchService, "other service", "Give the job to the other service")]];

const UNREGISTERED: &[&[Binding]] = &[&[on(
    &[KeyPress::ctrl('g')],
    Action::Register,
    "register",
    "Register the subscription for the service of the job",
)]];

const FIRST_STEP: &[&[Binding]] = &[&[on(ESC, Action::Escape, "", "Close what is open")]];

const WIZARD: &[&[Binding]] = &[&[
    on(TAB, Action::FocusForward, "", "To the next part of the screen"),
    on(BACK_TAB, Action::FocusBackward, "", "To the previous part of the screen, or to the steps"),
    on(STEPS, Action::Steps, "steps", "The list of steps: type a number or a few letters, Enter goes there"),
    on(&[KeyPress::alt(Key::Right), KeyPress::ctrl('n')], Action::Next, "next", "Next step"),
    on(&[KeyPress::alt(Key::Left)], Action::Back, "", "Previous step"),
    on(ESC, Action::Escape, "back", "Close what is open, else go back a step"),
    on(&[KeyPress::alt(Key::Char('1'))], Action::Goto(Step::SignIn), "", "To the sign-in"),
    on(&[KeyPress::alt(Key::Char('2'))], Action::Goto(Step::Account), "", "To the account"),
    on(&[KeyPress::alt(Key::Char('3'))], Action::Goto(Step::Blobs), "", "To the blobs"),
    on(&[KeyPress::alt(Key::Char('4'))], Action::Goto(Step::Drives), "", "To the drives"),
    on(&[KeyPress::alt(Key::Char('5'))], Action::Goto(Step::Address), "", "To the return address"),
    on(&[KeyPress::alt(Key::Char('6'))], Action::Goto(Step::Location), "", "To the location"),
    on(&[KeyPress::alt(Key::Char('7'))], Action::Goto(Step::Options), "", "To the job's name and options"),
    on(&[KeyPress::alt(Key::Char('8'))], Action::Goto(Step::Review), "", "To the review"),
    on(&[KeyPress::alt(Key::Char('9'))], Action::Goto(Step::Ship), "", "To the parcel"),
    on(&[KeyPress::alt(Key::Char('0'))], Action::Goto(Step::Follow), "", "To the job's progress"),
    // The rail counts to twelve and the digits to ten.
    on(&[KeyPress::alt(Key::Char('k'))], Action::Goto(Step::Keys), "", "To the BitLocker keys"),
    on(&[KeyPress::alt(Key::Char('v'))], Action::Goto(Step::Verify), "", "To the check of the drives"),
]];

const MOUSE: &str = "Mouse on or off; while it is on, Shift and drag selects text";

const LETTERS: &[&[Binding]] = &[&[
    on(&[KeyPress::char('?')], Action::Help, "all keys", "Every key that works here"),
    on(&[KeyPress::char('!')], Action::Messages, "", "What the program has said so far"),
    on(&[KeyPress::char('m')], Action::Mouse, "", MOUSE),
    on(&[KeyPress::char('q')], Action::Quit, "quit", "Leave; the draft is kept"),
]];

const EVERYWHERE: &[&[Binding]] = &[&[
    on(&[plain(Key::F(1))], Action::Help, "all keys", "Every key that works here"),
    on(&[KeyPress::ctrl('c')], Action::Quit, "quit", "Leave; the draft is kept. Twice: at once"),
    on(&[plain(Key::F(3))], Action::Mouse, "", MOUSE),
    on(&[KeyPress::ctrl('l')], Action::Redraw, "", "Draw the whole screen again"),
    on(&[KeyPress::ctrl('z')], Action::Suspend, "", "Back to the shell; `fg` returns"),
]];
