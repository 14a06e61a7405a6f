//! The whole state of the program. The screen is a function of it; only `update` changes it.

use std::time::Duration;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::keys_filter::KeysFilter;
use super::messages::Messages;
use super::start::Start;
use super::step_list::StepList;
use crate::azure::cloud::Cloud;
use crate::azure::fault::Fault;
use crate::azure::model::{ServiceName, SignInPrompt};
use crate::draft::{Draft, DraftId, Unlocked};
use crate::plan::Overheads;
use crate::protocol::inflight::PendingRequests;
use crate::protocol::keymap::{Context, KeyChoices};
use crate::protocol::message::Slot;
use crate::protocol::palette::Palette;
use crate::protocol::step::Step;
use crate::protocol::viewport::{Drawn, Viewport};
use crate::protocol::window::{Notifications, UNTOUCHED, WindowFocus};
use crate::select::InlineListSlash;
use crate::wizard::prompt;
use crate::wizard::registry::Steps;
use crate::wizard::service;
use crate::wizard::shared::{Notice, Shared};
use crate::wizard::steps::review;

/// The settings; they do not change while the program runs.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of its own")]
pub struct Settings {
    /// Clouds to choose from, the preferred one first.
    pub clouds: Vec<Cloud>,
    /// Draw with ASCII only.
    pub ascii: bool,
    /// The colours of text.
    #[serde(default)]
    pub palette: Palette,
    /// Animate; otherwise a spinner is a word.
    pub motion: bool,
    /// What a blob costs on a drive beyond its bytes.
    pub overheads: Overheads,
    /// The service that new drafts are for; `None` leaves it to what Azure offers.
    #[serde(default)]
    pub service: Option<ServiceName>,
    /// How the inline lists of Data Box are written; `None`: a list file in their place.
    #[serde(default)]
    pub inline_slash: Option<InlineListSlash>,
    /// A browser can be opened where the person sees it.
    #[serde(default)]
    pub has_browser: bool,
    /// People who sign in stay signed in, by the system's keyring.
    #[serde(default)]
    pub remember: bool,
    /// How a change is told while nobody looks.
    #[serde(default)]
    pub notifications: Notifications,
    /// The keys that the person chose.
    #[serde(default)]
    pub keys: KeyChoices,
}

/// The whole state.
#[derive(Debug)]
pub struct Model {
    /// The settings.
    pub settings: Settings,
    /// The start screen; shown while no wizard is open.
    pub start: Start,
    /// The open draft and its steps.
    pub wizard: Option<Box<Wizard>>,
    /// A page over the screen, e.g. the help.
    pub overlay: Option<Overlay>,
    /// The part of that page that is in view.
    pub overlay_view: Viewport,
    /// Columns and rows of the terminal.
    pub size: (u16, u16),
    /// When the last message came.
    pub now: Timestamp,
    /// Whether the draft is on disk.
    pub save: SaveState,
    /// The person has asked to leave.
    pub leaving: bool,
    /// Mouse reporting is on.
    pub mouse: bool,
    /// Where the window is.
    pub window: WindowFocus,
    /// When the person last pressed a key, pasted or clicked.
    pub touched: Timestamp,
    /// The remarks of this run.
    pub messages: Messages,
}

/// An open draft.
#[derive(Debug)]
pub struct Wizard {
    /// What all steps share.
    pub shared: Shared,
    /// Each step's own state.
    pub steps: Steps,
    /// Which part of the screen has the focus.
    pub focus: Focus,
    /// The step that Next and Back return to, while the person visits another one.
    pub visiting_from: Option<Step>,
    /// The part of the page that is in view.
    pub view: Viewport,
    /// Which page that is: the step, and which of its pages.
    page: (Step, usize),
}

/// Which part of the screen has the focus.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Focus {
    /// The rail, on this step.
    Rail(Step),
    /// The step itself.
    Body,
    /// The Next button.
    Button,
}

/// A page over the screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Overlay {
    /// Every key that works here, as far as it fits what is typed.
    Help(KeysFilter),
    /// The remarks of this run.
    Messages,
    /// The steps, to go to one.
    Steps(StepList),
    /// A draft is open in another instance.
    Held {
        /// Which.
        id: DraftId,
        /// Who holds it.
        holder: String,
        /// It is on another machine.
        elsewhere: bool,
    },
    /// What a job does not tell the draft that was made for it.
    Untold(Vec<String>),
}

/// Whether the draft is on disk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SaveState {
    /// The draft on disk is the one on screen.
    Saved,
    /// It is being written.
    Saving,
    /// Why it could not be saved.
    Failed(Fault),
}

/// How often a countdown or a spinner changes.
const FRAME: Duration = Duration::from_millis(120);
const FRAME_WITHOUT_MOTION: Duration = Duration::from_secs(1);

impl Model {
    /// The state before the first message.
    pub fn new(settings: Settings, size: (u16, u16), now: Timestamp) -> Self {
        let start = Start::new(settings.clouds.clone(), settings.keys.clone());
        Self {
            settings,
            start,
            wizard: None,
            overlay: None,
            overlay_view: Viewport::default(),
            size,
            now,
            save: SaveState::Saved,
            leaving: false,
            mouse: false,
            window: WindowFocus::default(),
            touched: now,
            messages: Messages::default(),
        }
    }

    /// Opens a draft.
    pub(super) fn open(&mut self, draft: Draft, read_only: Option<Unlocked>) {
        let mut shared = Shared::new(draft, self.settings.clouds.clone(), self.now);
        shared.read_only = read_only;
        shared.size = self.size;
        shared.keys = self.settings.keys.clone();
        shared.window = self.window;
        shared.overheads = self.settings.overheads;
        shared.wanted_service = self.settings.service;
        shared.inline_slash = self.settings.inline_slash;
        (shared.has_browser, shared.remember) = (self.settings.has_browser, self.settings.remember);
        shared.requests = self.start.requests.following();
        let steps = Steps::new(&shared);
        self.save = SaveState::Saved;
        let page = (shared.draft.step, 0);
        let view = Viewport::default();
        self.wizard = Some(Box::new(Wizard { shared, steps, focus: Focus::Body, visiting_from: None, view, page }));
    }

    /// Whether nobody looks: the window is behind another one. Of a window that reports nothing that is taken once no key was pressed for a
    /// while.
    pub(super) fn is_unattended(&self) -> bool {
        match self.window {
            WindowFocus::Behind => true,
            WindowFocus::InFront => false,
            WindowFocus::Unreported => {
                // After the clock was set back the time is negative.
                Duration::try_from(self.now.duration_since(self.touched)).is_ok_and(|since| since >= UNTOUCHED)
            }
        }
    }

    /// The open draft.
    pub fn draft(&self) -> Option<&Draft> {
        self.wizard.as_ref().map(|wizard| &wizard.shared.draft)
    }

    /// Shows something over the screen, from its top.
    pub(super) fn lay_over(&mut self, overlay: Overlay) {
        (self.overlay, self.overlay_view) = (Some(overlay), Viewport::default());
    }

    /// A call in the middle of something waits for the person to sign in: what is to be done is shown over the step.
    pub fn asked_in_place(&self) -> Option<&SignInPrompt> {
        Some(&self.wizard.as_ref()?.shared.prompt_in_place()?.prompt)
    }

    /// Takes in which part of the page the last frame showed; `true` if the page has to be drawn again because of it.
    pub(super) fn take_drawn(&mut self, drawn: Drawn) -> bool {
        if self.overlay.is_some() || self.asked_in_place().is_some() {
            self.overlay_view.take(drawn);
            return false;
        }
        match &mut self.wizard {
            Some(wizard) => {
                let step = wizard.shared.draft.step;
                let changed = wizard.steps.get_mut(step).drawn(&wizard.shared, &drawn);
                wizard.view.take(drawn);
                return changed;
            }
            None => self.start.view.take(drawn),
        }
        false
    }

    /// The part of the page on screen that is in view.
    pub fn view(&self) -> &Viewport {
        if self.overlay.is_some() || self.asked_in_place().is_some() {
            return &self.overlay_view;
        }
        self.wizard.as_ref().map_or(&self.start.view, |wizard| &wizard.view)
    }

    /// The requests of the open wizard, else of the start screen.
    pub fn requests(&self) -> &PendingRequests {
        self.wizard.as_ref().map_or(&self.start.requests, |wizard| &wizard.shared.requests)
    }

    pub(super) fn requests_mut(&mut self) -> &mut PendingRequests {
        self.wizard.as_mut().map_or(&mut self.start.requests, |wizard| &mut wizard.shared.requests)
    }

    /// The passing remark on screen.
    pub fn notice(&self) -> Option<&Notice> {
        self.wizard.as_ref().map_or(self.start.notice.as_ref(), |wizard| wizard.shared.notice.as_ref())
    }

    /// The contexts of the key table that apply now. The first context that knows a key decides.
    pub fn contexts(&self) -> Vec<Context> {
        match &self.overlay {
            Some(Overlay::Help(_)) => vec![Context::KeysPage, Context::Everywhere],
            Some(Overlay::Messages | Overlay::Untold(_)) => {
                vec![Context::Help, Context::Page, Context::Letters, Context::Everywhere]
            }
            Some(Overlay::Steps(_)) => vec![Context::StepList, Context::Everywhere],
            Some(Overlay::Held { elsewhere, .. }) => {
                let take_over = elsewhere.then_some(Context::HeldElsewhere);
                let page = [Context::Page, Context::Letters, Context::Everywhere];
                [Context::Held].into_iter().chain(take_over).chain(page).collect()
            }
            None => self.contexts_beneath(),
        }
    }

    /// The same for the screen below an overlay.
    pub fn contexts_beneath(&self) -> Vec<Context> {
        if let Some(prompt) = self.asked_in_place() {
            let of_prompt = [prompt::context(prompt), Context::AskedInPlace, Context::Page];
            return of_prompt.into_iter().chain([Context::Letters, Context::Everywhere]).collect();
        }
        let mut contexts = self.wizard.as_ref().map_or_else(|| self.start.contexts(), |wizard| wizard.contexts());
        if !self.wizard.as_ref().map_or(self.start.typing, |wizard| wizard.is_typing()) {
            contexts.push(Context::Letters);
        }
        contexts.push(Context::Everywhere);
        contexts
    }

    /// Time until the screen changes without a message; `None` if nothing moves.
    pub fn wake_in(&self) -> Option<Duration> {
        let frame = if self.settings.motion { FRAME } else { FRAME_WITHOUT_MOTION };
        let requests = self.requests().wake_in(self.now, frame);
        let step = self.wizard.as_ref().and_then(|wizard| wizard.step().wake_in(&wizard.shared));
        let count = self.wizard.as_ref().and_then(|wizard| wizard.steps.drives.starts_in(&wizard.shared));
        let clock =
            self.wizard.as_ref().and_then(|wizard| wizard.shared.clock).filter(|clock| clock.pace_at(self.now) > 1.0);
        // The header of a rehearsal shows a date that changes every second.
        let clock = clock.map(|_| Duration::from_secs(1));
        requests.into_iter().chain(clock).chain(step).chain(count).min()
    }
}

impl Wizard {
    /// The step on screen.
    pub fn step(&self) -> &dyn crate::wizard::step::StepLogic {
        self.steps.get(self.shared.draft.step)
    }

    /// The step that the rail names: the one with the focus, or else the one on screen.
    pub fn named_step(&self) -> Step {
        match self.focus {
            Focus::Rail(step) => step,
            Focus::Body | Focus::Button => self.shared.draft.step,
        }
    }

    /// What the screen is for now, one or two sentences.
    pub fn purpose(&self) -> String {
        match self.shared.draft.step {
            Step::Review => review::purpose(&self.shared),
            step => step.purpose().to_owned(),
        }
    }

    /// Whether letters are text now.
    pub fn is_typing(&self) -> bool {
        self.focus == Focus::Body && self.step().is_typing(&self.shared)
    }

    /// Another page is shown from its top, and a question has the focus.
    pub(super) fn settle_page(&mut self) {
        let page = (self.shared.draft.step, self.step().page(&self.shared));
        if page != self.page {
            (self.page, self.view) = (page, Viewport::default());
            // A question that appears by itself takes the focus.
            if self.step().contexts(&self.shared).first() == Some(&Context::Question) {
                self.focus = Focus::Body;
            }
        }
    }

    fn contexts(&self) -> Vec<Context> {
        let of_step = self.step().contexts(&self.shared);
        let anywhere = of_step.iter().copied().filter(|context| context.is_anywhere());
        let mut contexts: Vec<Context> = match self.focus {
            Focus::Rail(_) => anywhere.chain([Context::Rail]).collect(),
            Focus::Button => anywhere.chain([Context::Button]).collect(),
            Focus::Body => of_step,
        };
        let registers = service::needs_registration(&self.shared) && !self.shared.requests.is_busy(Slot::Provider);
        contexts.splice(0..0, registers.then_some(Context::Unregistered));
        if !contexts.contains(&Context::Question) {
            contexts.extend((self.shared.draft.step == Step::SignIn).then_some(Context::FirstStep));
            contexts.push(Context::Wizard);
        }
        contexts
    }
}
