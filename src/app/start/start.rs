//! The state of the start screen, and what its keys do.

use jiff::Timestamp;

use super::elsewhere::JobsLook;
use super::rows::{self, Choice, StartRow};
use crate::azure::cloud::Cloud;
use crate::azure::fault::Fault;
use crate::azure::model::JobAddress;
use crate::draft::{DraftEntry, DraftId, DraftSummary, ReadyDraft};
use crate::form::{Edit, Field};
use crate::protocol::action::{Action, Motion};
use crate::protocol::inflight::PendingRequests;
use crate::protocol::keymap::Context;
use crate::protocol::keymap::KeyChoices;
use crate::protocol::message::{Call, Effect, Slot};
use crate::protocol::overview::{FoundJob, OverviewSignIn};
use crate::protocol::viewport::Viewport;
use crate::wizard::list;
use crate::wizard::shared::Notice;

/// The state of the start screen.
#[derive(Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of its own")]
pub struct Start {
    /// Drafts, the last changed first; `None` until they were read.
    pub drafts: Option<Vec<DraftEntry>>,
    /// The jobs of all subscriptions.
    pub look: JobsLook,
    /// Row of the cursor.
    pub row: usize,
    /// The filter, while it is being typed or kept.
    pub filter: Option<Field>,
    /// The filter is being typed.
    pub typing: bool,
    /// Archived drafts are listed, too.
    pub archived: bool,
    /// The draft moved to the trash a moment ago.
    pub discarded: Option<DraftId>,
    /// What is being done with a draft; said once it is done.
    doing: Option<DraftDeed>,
    /// The part of the list that is in view.
    pub view: Viewport,
    /// Requests of this screen.
    pub requests: PendingRequests,
    /// The remark above the hint line.
    pub notice: Option<Notice>,
    /// The last fault: of reading the drafts, or of opening one.
    pub fault: Option<Fault>,
    /// Clouds to choose from.
    pub(super) clouds: Vec<Cloud>,
    /// The keys that the person chose.
    pub(super) keys: KeyChoices,
    /// The person asked for a rehearsal: a new one begins unless there is one to resume.
    rehearsing: bool,
    /// The cursor goes to the last changed draft when the list comes.
    to_newest: bool,
}

/// Something done with a draft on disk.
#[derive(Debug)]
struct DraftDeed {
    /// The sentence for when it is done.
    done: String,
    /// The draft that went to the trash.
    discarded: Option<DraftId>,
    /// The draft that came back: the cursor goes to it.
    restored: Option<DraftId>,
}

/// What a row is, apart from where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum RowName {
    Draft(DraftId),
    Job(JobAddress),
    New,
    Rehearse,
}

impl Start {
    /// The start screen of a program that knows these clouds.
    pub(crate) fn new(clouds: Vec<Cloud>, keys: KeyChoices) -> Self {
        Self { clouds, keys, to_newest: true, ..Self::default() }
    }

    /// The rows from top to bottom.
    pub fn rows(&self) -> Vec<StartRow<'_>> {
        let filter = self.filter.as_ref().map(Field::value).filter(|text| !text.trim().is_empty());
        rows::rows(self.drafts.as_deref().unwrap_or_default(), self.look.jobs(), self.archived, filter)
    }

    /// What the row under the cursor stands for; `None` where the filter leaves no row.
    pub fn choice(&self) -> Option<Choice<'_>> {
        self.selected().map(|row| row.choice)
    }

    /// The row under the cursor.
    pub fn selected(&self) -> Option<StartRow<'_>> {
        let mut rows = self.rows();
        let row = self.row.min(rows.len().checked_sub(1)?);
        Some(rows.swap_remove(row))
    }

    /// How many drafts are archived.
    pub fn archived_count(&self) -> usize {
        self.drafts.iter().flatten().filter(|entry| entry.archived).count()
    }

    /// Reads the drafts.
    pub(crate) fn read(&mut self, now: Timestamp) -> Effect {
        self.fault = None;
        self.requests.start(Slot::Drafts, Call::Drafts, now)
    }

    /// Reads the drafts after one was closed: the cursor goes to it.
    pub(crate) fn come_back(&mut self, now: Timestamp) -> Effect {
        self.to_newest = true;
        self.read(now)
    }

    /// Reads the drafts to find a rehearsal to resume.
    pub(crate) fn rehearse(&mut self, now: Timestamp) -> Effect {
        self.rehearsing = true;
        self.read(now)
    }

    /// Takes in the drafts on disk. The jobs are looked at behind them.
    pub(crate) fn learn(&mut self, drafts: Vec<DraftEntry>, now: Timestamp) -> Vec<Effect> {
        let on = self.name_under_cursor();
        // Whoever has moved the cursor already keeps it where it is.
        let first = self.drafts.is_none() && self.row == 0;
        self.drafts = Some(drafts);
        self.leave_out_older(now);
        let deed = self.doing.take();
        let on = deed.as_ref().and_then(|deed| deed.restored.clone()).map(RowName::Draft).or(on);
        if let Some(DraftDeed { done, discarded, .. }) = deed {
            self.discarded = discarded;
            self.say(done);
        }
        self.put_cursor(on.as_ref());
        let to_newest = std::mem::take(&mut self.to_newest) || first;
        if to_newest && !self.put_cursor_on_newest(|_| true) {
            self.row = 0;
        }
        let mut effects = self.look_if_due(now);
        if !std::mem::take(&mut self.rehearsing) {
            return effects;
        }
        if self.put_cursor_on_newest(is_rehearsal) {
            self.say("Enter resumes this rehearsal; the row Rehearse begins another.".to_owned());
        } else {
            effects.extend(self.open(Call::NewDraft { rehearsal: true }, now));
        }
        effects
    }

    /// Takes in that something failed: it was not done.
    pub(crate) fn fail(&mut self, fault: Fault) {
        self.doing = None;
        self.notice = Some(Notice { text: fault.to_string(), alarm: true, of_job: false });
        self.fault = Some(fault);
    }

    pub(crate) fn contexts(&self) -> Vec<Context> {
        let busy = self.requests.is_busy(Slot::JobsOverview).then_some(Context::Busy);
        if self.typing {
            return busy.into_iter().chain([Context::StartFilter]).collect();
        }
        let discarded = self.discarded.as_ref().map(|_| Context::Discarded);
        let row = match self.choice() {
            Some(Choice::Draft(entry, _)) if entry.archived => Some(Context::ArchivedRow),
            Some(Choice::Draft(..)) => Some(Context::DraftRow),
            Some(Choice::Job(_)) => Some(Context::JobRow),
            _ => None,
        };
        let filtered = self.filter.as_ref().map(|_| Context::Filtered);
        let sign_in = self.look.no_sign_in.then_some(Context::JobsUnseen);
        let contexts = discarded.into_iter().chain(busy).chain(filtered).chain(row);
        contexts.chain([Context::Start]).chain(sign_in).collect()
    }

    pub(crate) fn act(&mut self, action: &Action, now: Timestamp) -> Vec<Effect> {
        match action {
            Action::Move(motion) => self.go(*motion),
            Action::Edit(edit) => self.edit_filter(edit),
            Action::Filter => {
                self.filter.get_or_insert_with(|| Field::new(""));
                self.typing = true;
            }
            Action::Escape => self.close_filter(),
            Action::CancelRequest => return self.stop_looking(),
            Action::Panel => {
                let on = self.name_under_cursor();
                self.archived = !self.archived;
                self.put_cursor(on.as_ref());
            }
            Action::Activate | Action::Remove | Action::Archive if self.view.hides_focus() => self.view.follow(),
            Action::Activate if self.typing => self.keep_filter(),
            Action::Activate => return self.activate(now),
            Action::CopyDraft => return self.copy(now),
            Action::Reload | Action::Retry => {
                self.look.at = None;
                return vec![self.read(now)];
            }
            Action::Remove => return self.discard(now),
            Action::Archive => return self.archive(now),
            Action::Restore => {
                if let Some(id) = self.discarded.take() {
                    self.doing = Some(DraftDeed {
                        done: format!("Draft {id} is back."),
                        discarded: None,
                        restored: Some(id.clone()),
                    });
                    return vec![self.requests.start(Slot::Drafts, Call::RestoreDraft(id), now)];
                }
            }
            Action::SignIn => return self.open(Call::NewDraft { rehearsal: false }, now),
            _ => {}
        }
        Vec::new()
    }

    /// The cursor goes so many rows further down.
    pub(crate) fn move_by(&mut self, rows: isize) {
        let last = self.rows().len().saturating_sub(1);
        self.row = self.row.min(last).saturating_add_signed(rows).min(last);
    }

    fn discard(&mut self, now: Timestamp) -> Vec<Effect> {
        let Some(Choice::Draft(listed, _)) = self.choice() else { return Vec::new() };
        let id = listed.id.clone();
        let lives = |draft: &ReadyDraft| {
            !draft.rehearsal && !draft.facts.gone && draft.facts.state().is_some_and(|state| !state.is_over())
        };
        let job = if listed.ready().is_some_and(lives) { " Its job goes on at Azure." } else { "" };
        let done = format!(
            "Draft {id} is in the trash; {} brings it back. The trash keeps it for 30 days.{job}",
            self.keys.name(&Action::Restore)
        );
        self.doing = Some(DraftDeed { done, discarded: Some(id.clone()), restored: None });
        vec![self.requests.start(Slot::Drafts, Call::DiscardDraft(id), now)]
    }

    /// Puts a draft away, or brings it back.
    fn archive(&mut self, now: Timestamp) -> Vec<Effect> {
        let Some(Choice::Draft(listed, _)) = self.choice() else { return Vec::new() };
        let (id, archived) = (listed.id.clone(), !listed.archived);
        let panel = self.keys.name_in(Context::Start, &Action::Panel);
        let words = if archived {
            format!("is archived; {panel} lists what is archived")
        } else {
            "is no longer archived".to_owned()
        };
        self.doing = Some(DraftDeed { done: format!("Draft {id} {words}."), discarded: None, restored: None });
        vec![self.requests.start(Slot::Drafts, Call::ArchiveDraft { id, archived }, now)]
    }

    fn activate(&mut self, now: Timestamp) -> Vec<Effect> {
        let call = match self.choice() {
            Some(Choice::Draft(DraftEntry { content: DraftSummary::Refused(why), .. }, _)) => {
                let why = why.clone();
                self.notice = Some(Notice { text: why, alarm: true, of_job: false });
                return Vec::new();
            }
            Some(Choice::Draft(listed, _)) => Call::OpenDraft(listed.id.clone()),
            Some(Choice::Job(found)) => return self.take_job(&found.clone(), false, now),
            Some(Choice::New) => Call::NewDraft { rehearsal: false },
            Some(Choice::Rehearse) => Call::NewDraft { rehearsal: true },
            None => return Vec::new(),
        };
        self.open(call, now)
    }

    /// A new draft from the answers of the row under the cursor.
    fn copy(&mut self, now: Timestamp) -> Vec<Effect> {
        match self.choice() {
            Some(Choice::Draft(DraftEntry { id, content: DraftSummary::Ready(_), .. }, _)) => {
                let id = id.clone();
                self.open(Call::CopyDraft(id), now)
            }
            Some(Choice::Job(found)) => self.take_job(&found.clone(), true, now),
            _ => self.activate(now),
        }
    }

    /// Opens a draft for a job that has none: of the job itself, or of another job with its answers.
    fn take_job(&mut self, found: &FoundJob, another: bool, now: Timestamp) -> Vec<Effect> {
        let cloud = self.clouds.iter().find(|cloud| cloud.name == found.sign_in.cloud).cloned();
        let Some(cloud) = cloud else { return Vec::new() };
        let sign_in = Box::new(OverviewSignIn { cloud, sign_in: found.sign_in.clone() });
        self.open(Call::TakeJob { sign_in, job: found.address.clone(), another }, now)
    }

    /// Opens a draft, unless one is being opened.
    pub(crate) fn open(&mut self, call: Call, now: Timestamp) -> Vec<Effect> {
        if self.requests.is_busy(Slot::OpenDraft) {
            return Vec::new();
        }
        vec![self.requests.start(Slot::OpenDraft, call, now)]
    }

    fn close_filter(&mut self) {
        let on = self.name_under_cursor();
        (self.filter, self.typing) = (None, false);
        self.put_cursor(on.as_ref());
    }

    /// Enter ends the typing; the rows that were found stay, until Esc.
    fn keep_filter(&mut self) {
        self.typing = false;
        if self.filter.as_ref().is_some_and(|field| field.value().trim().is_empty()) {
            self.filter = None;
        }
    }

    fn edit_filter(&mut self, edit: &Edit) {
        if self.filter.as_mut().is_some_and(|field| field.edit(edit)) {
            self.row = 0;
        }
    }

    /// Text pasted into the filter.
    pub(crate) fn paste(&mut self, text: &str) {
        if self.typing {
            self.edit_filter(&Edit::Paste(text.to_owned()));
        }
    }

    fn go(&mut self, motion: Motion) {
        self.to_newest = false;
        let Some(stops) = self.view.scroll(motion) else { return self.step(motion) };
        let last = self.rows().len().saturating_sub(1);
        self.row = self.row.saturating_add_signed(stops).min(last);
    }

    fn step(&mut self, motion: Motion) {
        self.row = list::moved(self.row, self.rows().len(), motion, 10);
    }

    pub(super) fn say(&mut self, text: String) {
        self.notice = Some(Notice { text, alarm: false, of_job: false });
    }

    pub(super) fn name_under_cursor(&self) -> Option<RowName> {
        self.choice().map(name)
    }

    /// Puts the cursor on a row that may have moved. Where it is gone, the cursor stays on its line.
    pub(super) fn put_cursor(&mut self, on: Option<&RowName>) {
        let rows = self.rows();
        let found = on.and_then(|on| rows.iter().position(|row| name(row.choice) == *on));
        self.row = found.unwrap_or(self.row).min(rows.len().saturating_sub(1));
    }

    /// Puts the cursor on the last changed draft of a kind, if there is one.
    fn put_cursor_on_newest(&mut self, applies: impl Fn(&DraftEntry) -> bool) -> bool {
        let mut drafts = self.drafts.iter().flatten().filter(|entry| !entry.archived && entry.ready().is_some());
        let Some(newest) = drafts.find(|entry| applies(entry)) else { return false };
        let on = RowName::Draft(newest.id.clone());
        self.put_cursor(Some(&on));
        true
    }
}

fn name(choice: Choice<'_>) -> RowName {
    match choice {
        Choice::Draft(entry, _) => RowName::Draft(entry.id.clone()),
        Choice::Job(found) => RowName::Job(found.address.clone()),
        Choice::New => RowName::New,
        Choice::Rehearse => RowName::Rehearse,
    }
}

fn is_rehearsal(listed: &DraftEntry) -> bool {
    listed.ready().is_some_and(|draft| draft.rehearsal)
}
