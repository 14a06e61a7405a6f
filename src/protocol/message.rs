//! Messages and effects: all that passes between the program and the world. Data only.
//!
//! `app::update` turns a message into changes of the model and a list of effects; the driver carries the
//! effects out and answers with messages. Neither side decides for the other.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::azure::fault::Fault;
use crate::azure::model::SignInCommand;
use crate::draft::{DirectAccount, Draft, DraftId};
pub use crate::protocol::call::Call;
pub use crate::protocol::drive_verification::DriveVerification;
use crate::protocol::hit::HitTarget;
use crate::protocol::key::{KeyPress, Mouse};
pub use crate::protocol::named_text::{ListFile, NamedText};
pub use crate::protocol::progress::ProgressEvent;
pub use crate::protocol::rehearsal_order::RehearsalOrder;
pub use crate::protocol::reply::{Reply, ReplyKind};
pub use crate::protocol::slot::{RequestId, Slot};
use crate::protocol::viewport::Drawn;
use crate::protocol::window::WindowFocus;

/// Something happened. Sent by the driver, with the time it happened at.
#[derive(Debug, Serialize, Deserialize)]
pub enum Msg {
    /// The program started; the first message of all.
    Started(Opening),
    /// A key was pressed.
    Key(KeyPress),
    /// Text was pasted; control characters are gone already.
    Paste(String),
    /// The mouse was used while it is on.
    Mouse {
        /// What it did, and where.
        mouse: Mouse,
        /// What was drawn there.
        on: Option<HitTarget>,
    },
    /// The terminal has a new size, in columns and rows.
    Resize(u16, u16),
    /// The window came to the front or went behind another one.
    Window(WindowFocus),
    /// A frame was drawn; it showed this part of the page. Sent before anything else happens.
    Drawn(Drawn),
    /// Time passed; sent when [`Model::wake_in`](crate::app::Model::wake_in) asked for it.
    Tick,
    /// A request was answered. Dropped if `id` is no longer the slot's current one.
    Done {
        /// Whose answer it is.
        slot: Slot,
        /// Which request of that slot.
        id: RequestId,
        /// The answer.
        outcome: Result<Reply, Fault>,
    },
    /// A request under way has something to tell before its answer.
    Progress {
        /// Whose request.
        slot: Slot,
        /// Which request of that slot.
        id: RequestId,
        /// What it tells.
        event: ProgressEvent,
    },
    /// The draft was written, or could not be.
    Saved(Result<(), Fault>),
    /// The operating system asks the program to end.
    Terminate,
}

/// What the program was started for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Opening {
    /// The start screen.
    Start,
    /// A rehearsal: the start screen with the newest rehearsal draft under the cursor, or a new one where there is none.
    Rehearse,
    /// A certain draft.
    Resume(DraftId),
    /// A new draft of one account, opened without a sign-in.
    Account(DirectAccount),
}

/// Something to be done outside the model. Carried out by the driver, in order.
#[derive(Debug)]
pub enum Effect {
    /// Send a request; its answer comes back as [`Msg::Done`] with the same slot and id.
    Start {
        /// Who asks.
        slot: Slot,
        /// Which request of that slot.
        id: RequestId,
        /// What is asked.
        call: Call,
    },
    /// Draw another frame: what the last one showed changes what there is to show.
    Draw,
    /// Clear the terminal and draw every cell: another program wrote on it.
    Redraw,
    /// Give up the slot's request.
    Cancel(Slot),
    /// From now on the sign-in may be used at the server of this blob endpoint. Carried out before the effects behind it.
    Permit(String),
    /// Write the draft. A newer save replaces one that waits.
    Save(Arc<Draft>),
    /// Let go of the open draft's lock.
    CloseDraft,
    /// Tell a sign-in that waits for the person.
    TellSignIn(SignInCommand),
    /// Open this address in a browser.
    OpenPage(String),
    /// Put text on the clipboard.
    Copy(String),
    /// Tell somebody who does not look, by a notification of the desktop and the bell.
    Notify(String),
    /// Ring the bell for somebody who does not look.
    Ring,
    /// Switch mouse reporting on or off.
    Mouse(bool),
    /// Hand the terminal back to the shell until it says to go on.
    Suspend,
    /// Leave; the driver waits for writes and the last save.
    Quit,
}
