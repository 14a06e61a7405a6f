//! The start screen: drafts to resume, a new export, a rehearsal.

use crate::azure::fault::Fault;
use crate::draft::{DraftEntry, DraftId, DraftSummary};
use crate::protocol::action::{Action, Motion};
use crate::protocol::inflight::PendingRequests;
use crate::protocol::keymap::Context;
use crate::protocol::message::{Call, Effect, Slot};
use crate::protocol::viewport::Viewport;
use crate::wizard::list;
use crate::wizard::shared::Notice;

use jiff::Timestamp;

/// The state of the start screen.
#[derive(Debug, Default)]
pub struct Start {
    /// Drafts, newest first; `None` until they were read.
    pub drafts: Option<Vec<DraftEntry>>,
    /// Row of the cursor: the drafts, then [`Choice::New`], then [`Choice::Rehearse`].
    pub row: usize,
    /// The draft discarded a moment ago.
    pub discarded: Option<DraftId>,
    /// The part of the list that is in view.
    pub view: Viewport,
    /// Requests of this screen.
    pub requests: PendingRequests,
    /// The remark above the hint line.
    pub notice: Option<Notice>,
    /// The last fault: of reading the drafts, or of opening one.
    pub fault: Option<Fault>,
    /// The person asked for a rehearsal: a new one begins unless there is one to resume.
    rehearsing: bool,
}

/// What a row stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Choice<'a> {
    /// A draft.
    Draft(&'a DraftEntry),
    /// A new export.
    New,
    /// A rehearsal.
    Rehearse,
}

impl Start {
    /// The rows from top to bottom.
    pub fn choices(&self) -> Vec<Choice<'_>> {
        let drafts = self.drafts.iter().flatten().map(Choice::Draft);
        drafts.chain([Choice::New, Choice::Rehearse]).collect()
    }

    /// The row under the cursor.
    pub fn choice(&self) -> Choice<'_> {
        let choices = self.choices();
        choices.get(self.row).or(choices.last()).copied().unwrap_or(Choice::New)
    }

    /// Reads the drafts.
    pub(super) fn read(&mut self, now: Timestamp) -> Effect {
        self.fault = None;
        self.requests.start(Slot::Drafts, Call::Drafts, now)
    }

    /// Reads the drafts to find a rehearsal to resume.
    pub(super) fn rehearse(&mut self, now: Timestamp) -> Effect {
        self.rehearsing = true;
        self.read(now)
    }

    pub(super) fn learn(&mut self, drafts: Vec<DraftEntry>, now: Timestamp) -> Vec<Effect> {
        self.drafts = Some(drafts);
        self.row = self.row.min(self.choices().len().saturating_sub(1));
        if !std::mem::take(&mut self.rehearsing) {
            return Vec::new();
        }
        let Some(row) = self.drafts.iter().flatten().position(is_rehearsal) else {
            return self.open(Call::NewDraft { rehearsal: true }, now);
        };
        self.row = row;
        self.say("Enter resumes this rehearsal; the row Rehearse begins another.".to_owned());
        Vec::new()
    }

    pub(super) fn contexts(&self) -> Vec<Context> {
        let discarded = self.discarded.as_ref().map(|_| Context::Discarded);
        let on_draft = matches!(self.choice(), Choice::Draft(_)).then_some(Context::DraftRow);
        discarded.into_iter().chain(on_draft).chain([Context::Start]).collect()
    }

    pub(super) fn act(&mut self, action: &Action, now: Timestamp) -> Vec<Effect> {
        match action {
            Action::Move(motion) => self.go(*motion),
            Action::Activate | Action::Remove if self.view.hides_focus() => self.view.follow(),
            Action::Activate => return self.activate(now),
            Action::CopyDraft => return self.copy(now),
            Action::Reload | Action::Retry => return vec![self.read(now)],
            Action::Remove => {
                if let Choice::Draft(listed) = self.choice() {
                    let id = listed.id.clone();
                    self.discarded = Some(id.clone());
                    self.say(format!("Draft {id} is in the trash; u brings it back."));
                    return vec![self.requests.start(Slot::Drafts, Call::DiscardDraft(id), now)];
                }
            }
            Action::Restore => {
                if let Some(id) = self.discarded.take() {
                    return vec![self.requests.start(Slot::Drafts, Call::RestoreDraft(id), now)];
                }
            }
            _ => {}
        }
        Vec::new()
    }

    fn activate(&mut self, now: Timestamp) -> Vec<Effect> {
        let call = match self.choice() {
            Choice::Draft(DraftEntry { content: DraftSummary::Refused(why), .. }) => {
                let why = why.clone();
                self.notice = Some(Notice { text: why, alarm: true });
                return Vec::new();
            }
            Choice::Draft(listed) => Call::OpenDraft(listed.id.clone()),
            Choice::New => Call::NewDraft { rehearsal: false },
            Choice::Rehearse => Call::NewDraft { rehearsal: true },
        };
        self.open(call, now)
    }

    /// A new draft from the answers of the draft under the cursor.
    fn copy(&mut self, now: Timestamp) -> Vec<Effect> {
        match self.choice() {
            Choice::Draft(DraftEntry { id, content: DraftSummary::Ready { .. }, .. }) => {
                let id = id.clone();
                self.open(Call::CopyDraft(id), now)
            }
            _ => self.activate(now),
        }
    }

    /// Opens a draft, unless one is being opened.
    pub(super) fn open(&mut self, call: Call, now: Timestamp) -> Vec<Effect> {
        if self.requests.is_busy(Slot::OpenDraft) {
            return Vec::new();
        }
        vec![self.requests.start(Slot::OpenDraft, call, now)]
    }

    fn go(&mut self, motion: Motion) {
        let Some(stops) = self.view.scroll(motion) else { return self.step(motion) };
        let last = self.choices().len().saturating_sub(1);
        self.row = self.row.saturating_add_signed(stops).min(last);
    }

    fn step(&mut self, motion: Motion) {
        self.row = list::moved(self.row, self.choices().len(), motion, 10);
    }

    fn say(&mut self, text: String) {
        self.notice = Some(Notice { text, alarm: false });
    }
}

fn is_rehearsal(listed: &DraftEntry) -> bool {
    matches!(listed.content, DraftSummary::Ready { rehearsal: true, .. })
}
