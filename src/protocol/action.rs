//! What a key means. Made by the key table only; acted on by the top update and the steps.

use crate::form::Edit;
use crate::protocol::step::Step;

/// A wish of the person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Action {
    /// Leave; the draft is kept.
    Quit,
    /// Back to the shell until `fg`.
    Suspend,
    /// Draw the whole screen again, over whatever another program wrote on it.
    Redraw,
    /// Open or close the page of messages.
    Messages,
    /// Show or hide every key that works here.
    Help,
    /// Close one layer; with none open, go back a step.
    Escape,
    /// Previous step.
    Back,
    /// Next step, if this one is answered.
    Next,
    /// A certain step, from the rail.
    Goto(Step),
    /// Show or hide the list of steps to go to.
    Steps,
    /// Next field, or the next part of the screen.
    FocusForward,
    /// Previous field, or the previous part of the screen.
    FocusBackward,
    /// Move the cursor.
    Move(Motion),
    /// Take what the cursor is on: Enter.
    Activate,
    /// Check or uncheck: Space.
    Toggle,
    /// Change the focused field.
    Edit(Edit),
    /// Send the failed request again.
    Retry,
    /// Give up the request under way.
    CancelRequest,
    /// Read what is shown once more.
    Reload,
    /// Put what is shown on the clipboard.
    Copy,
    /// Put the command that is shown on the clipboard.
    CopyCommand,
    /// Put the address of the sign-in page on the clipboard.
    CopyAddress,
    /// Get another code to sign in with.
    NewCode,
    /// Sign in in a browser instead of with a code, or the other way round.
    OtherWay,
    /// Open the sign-in page in a browser once more.
    OpenPage,
    /// Keep the sign-in in the system's keyring, or no longer.
    Remember,
    /// Sign out.
    SignOut,
    /// Show what is masked, or mask it again.
    Reveal,
    /// Save to a file.
    Save,
    /// Show the create request as text for another program.
    ShowRequest,
    /// Show what to check of the drives before they are sent.
    Checklist,
    /// Show what can be asked of a rehearsal: its clock, and what goes wrong.
    Rehearse,
    /// Move the clock of a rehearsal a day forward.
    StepClock,
    /// Save the deadlines of the job as a calendar file.
    SaveCalendar,
    /// Put the address of the job in the portal on the clipboard.
    CopyLink,
    /// Show packing slip and label.
    ShowPapers,
    /// Take the other service for the job.
    SwitchService,
    /// Register the resource provider.
    Register,
    /// Ask the service to cancel the job.
    CancelJob,
    /// Type another reason for cancelling.
    EditReason,
    /// Ask the service to delete the job.
    DeleteJob,
    /// Tell the service what to do where it waits for the customer; once more: the next thing that can be told.
    Decide,
    /// Remove the lock that the service left on the storage account.
    RemoveLock,
    /// Filter the rows as you type.
    Filter,
    /// Ask the server for names that start with the filter's text.
    FilterOnServer,
    /// Take back the last change of the selection.
    Undo,
    /// Do it again.
    Redo,
    /// Show or hide the rules of the selection.
    Panel,
    /// Type a rule.
    TypeRule,
    /// A digit of a count for the next movement.
    Digit(u8),
    /// To the row above in the path, closing nothing; with a count, so many.
    Ascend,
    /// Sort by the next criterion.
    Sort,
    /// Take a blob with or without its snapshots.
    Snapshots,
    /// Replace single checks by their folder's rule.
    Gather,
    /// Show or hide the details of a row.
    Details,
    /// Make a draft of each job of a split.
    Split,
    /// Put a draft away, or bring it back.
    Archive,
    /// Sign in, so that jobs can be listed.
    SignIn,
    /// Make the resource group that is typed.
    CreateGroup,
    /// Make a draft of what is damaged or missing on the drives.
    FetchAgain,
    /// Remove a row: a rule, a draft.
    Remove,
    /// Bring back what was removed.
    Restore,
    /// Take over a draft that another machine left open.
    TakeOver,
    /// Open a held draft without changing it.
    ReadOnly,
    /// Show what of the job was not exported.
    ShowFailures,
    /// Make a new draft of what another job can export.
    RetryDraft,
    /// Make a new draft from a draft's answers, and open it.
    CopyDraft,
    /// Fill in the address of an earlier draft.
    UseEarlier,
    /// Yes to a question.
    Yes,
    /// No to a question.
    No,
    /// Switch the mouse on or off.
    Mouse,
}

/// A part of the help page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ActionGroup {
    /// What can be done with what is on the screen.
    Here,
    /// Moving the cursor and the page.
    Moving,
    /// Going from step to step.
    Steps,
    /// The program itself.
    Program,
}

impl Action {
    /// Its part of the help page.
    pub fn group(&self) -> ActionGroup {
        match self {
            Self::Move(_) | Self::Ascend | Self::Digit(_) | Self::FocusForward | Self::FocusBackward => {
                ActionGroup::Moving
            }
            Self::Next | Self::Back | Self::Goto(_) | Self::Steps | Self::Escape => ActionGroup::Steps,
            Self::Help | Self::Messages | Self::Quit | Self::Suspend | Self::Redraw | Self::Mouse => {
                ActionGroup::Program
            }
            _ => ActionGroup::Here,
        }
    }

    /// Whether the step acts on it wherever the focus is; the keys are those of [`Context::is_anywhere`].
    ///
    /// [`Context::is_anywhere`]: crate::protocol::keymap::Context::is_anywhere
    pub fn is_anywhere(&self) -> bool {
        matches!(self, Self::Retry | Self::CancelRequest | Self::Register | Self::UseEarlier | Self::CreateGroup)
    }
}

/// A cursor movement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Motion {
    /// One row up.
    Up,
    /// One row down.
    Down,
    /// Out, or to the left.
    Left,
    /// In, or to the right.
    Right,
    /// A screenful up.
    PageUp,
    /// A screenful down.
    PageDown,
    /// Half a screenful up.
    HalfUp,
    /// Half a screenful down.
    HalfDown,
    /// To the first row.
    First,
    /// To the last loaded row.
    Last,
}
