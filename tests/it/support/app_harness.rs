//! A model as a person would have brought it about: opened, signed in, account chosen. For tests of `update` as a plain function.

use blobfreight::app::{Model, Settings, update};
use blobfreight::azure::cloud::Cloud;
use blobfreight::azure::fault::Fault;
use blobfreight::azure::model::{
    Identity, Location, LocationName, Offer, ReturnShipping, ServiceName, ServiceOffer, ShippingAddress, SignInMethod,
    StorageAccount, Subscription,
};
use blobfreight::draft::{
    AddressAnswers, ChosenAccount, ChosenLocation, Draft, DraftId, JobAnswers, SignedIn, TypedAddress,
};
use blobfreight::plan::Overheads;
use blobfreight::protocol::hit::HitMap;
use blobfreight::protocol::key::{Key, KeyPress, Mouse, MouseAction};
use blobfreight::protocol::message::{Effect, Msg, Opening, Reply, ReplyKind, RequestId, Slot};
use blobfreight::protocol::palette::Palette;
use blobfreight::protocol::step::Step;
use blobfreight::protocol::window::Notifications;
use blobfreight::select::Rule;
use blobfreight::wizard::shared::Shared;
use jiff::Timestamp;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use std::collections::BTreeMap;
use std::sync::Arc;

use super::other_keys;

/// The model, a clock that only the test moves, and the effects of the last message.
pub(crate) struct AppHarness {
    pub model: Model,
    pub now: Timestamp,
    pub effects: Vec<Effect>,
    /// Every call since the start, as `Slot Call` words.
    pub asked: Vec<String>,
    /// Every message is followed by a frame, as in a session.
    drawn: bool,
    last: BTreeMap<Slot, RequestId>,
    /// The kinds of answer that the last call of a slot can have.
    expected: BTreeMap<Slot, &'static [ReplyKind]>,
}

pub(crate) fn settings() -> Settings {
    Settings {
        clouds: Cloud::built_in(),
        ascii: false,
        palette: Palette::DARK,
        motion: true,
        overheads: Overheads::default(),
        service: None,
        inline_slash: None,
        has_browser: true,
        remember: false,
        notifications: Notifications::Desktop,
        keys: other_keys::chosen(),
    }
}

pub(crate) fn now() -> Timestamp {
    "2026-11-22T09:00:00Z".parse().unwrap()
}

impl AppHarness {
    /// A program just started.
    pub(crate) fn started(opening: Opening) -> Self {
        Self::configured(settings(), opening)
    }

    /// The same with other settings.
    fn configured(settings: Settings, opening: Opening) -> Self {
        let mut app = Self {
            model: Model::new(settings, (80, 24), now()),
            now: now(),
            effects: Vec::new(),
            asked: Vec::new(),
            drawn: false,
            last: BTreeMap::new(),
            expected: BTreeMap::new(),
        };
        app.send(Msg::Started(opening));
        app
    }

    /// A program with this draft open and nobody signed in.
    pub(crate) fn with(draft: Draft) -> Self {
        Self::started(Opening::Resume(draft.id.clone())).opened(draft)
    }

    fn opened(self, draft: Draft) -> Self {
        let mut app = self;
        app.answer(Slot::OpenDraft, Ok(Reply::Opened { draft: Box::new(draft), read_only: None }));
        app
    }

    /// The same, signed in and with the account read afresh.
    pub(crate) fn signed_in(draft: Draft) -> Self {
        Self::signed_in_with(Overheads::default(), draft)
    }

    /// The same, with other figures for what a drive holds.
    pub(crate) fn signed_in_with(overheads: Overheads, draft: Draft) -> Self {
        let account = draft.account.as_ref().map(|chosen| chosen.account.clone());
        let settings = Settings { overheads, ..settings() };
        let mut app = Self::configured(settings, Opening::Resume(draft.id.clone())).opened(draft);
        app.answer(Slot::SignIn, Ok(signed_in()));
        if let Some(account) = account {
            app.answer(Slot::Account, Ok(Reply::Account(Box::new(account))));
        }
        app
    }

    /// From now on the screen is drawn after every message, in this size.
    pub(crate) fn on_screen(&mut self, columns: u16, rows: u16) -> &mut Self {
        self.drawn = true;
        self.send(Msg::Resize(columns, rows))
    }

    /// The screen in the size that was set.
    pub(crate) fn frame(&self) -> Vec<String> {
        let (columns, rows) = self.model.size;
        self.painted(columns, rows).0
    }

    /// Draws and tells the model what was in view, until nothing changes any more.
    fn draw(&mut self) {
        let area = Rect::new(0, 0, self.model.size.0, self.model.size.1);
        for _ in 0..5 {
            let drawn = blobfreight::ui::paint(&self.model, area, &mut Buffer::empty(area)).drawn;
            // The driver sends no message for a frame that shows what the model knows, either.
            if self.model.view().knows(&drawn) {
                return;
            }
            update(&mut self.model, self.now, Msg::Drawn(drawn));
        }
        panic!("the screen draws itself again and again:\n{}", self.frame().join("\n"));
    }

    pub(crate) fn send(&mut self, msg: Msg) -> &mut Self {
        self.effects = update(&mut self.model, self.now, msg);
        for effect in &self.effects {
            if let Effect::Start { slot, id, call } = effect {
                self.last.insert(*slot, *id);
                self.expected.insert(*slot, call.expects());
                self.asked.push(word(effect));
            }
        }
        if self.drawn {
            self.draw();
        }
        self
    }

    /// Presses the key that does now what this one does by the table.
    pub(crate) fn press(&mut self, key: KeyPress) -> &mut Self {
        let contexts = self.model.contexts();
        other_keys::assert_known_to_meet(&contexts);
        self.send(Msg::Key(other_keys::in_place_of(&self.model.settings.keys, &contexts, key)))
    }

    pub(crate) fn key(&mut self, key: Key) -> &mut Self {
        self.press(KeyPress::plain(key))
    }

    pub(crate) fn ctrl(&mut self, c: char) -> &mut Self {
        self.press(KeyPress::ctrl(c))
    }

    pub(crate) fn alt(&mut self, key: Key) -> &mut Self {
        self.press(KeyPress::alt(key))
    }

    /// What a click does where, in the size that was set.
    pub(crate) fn hits(&self) -> HitMap {
        let area = Rect::new(0, 0, self.model.size.0, self.model.size.1);
        blobfreight::ui::paint(&self.model, area, &mut Buffer::empty(area)).hits
    }

    /// Uses the mouse, as the driver tells it: with what the frame has at this place.
    pub(crate) fn mouse(&mut self, action: MouseAction, column: u16, row: u16) -> &mut Self {
        let on = self.hits().at(column, row);
        self.send(Msg::Mouse { mouse: Mouse { action, column, row }, on })
    }

    pub(crate) fn click(&mut self, column: u16, row: u16) -> &mut Self {
        self.mouse(MouseAction::Press, column, row)
    }

    pub(crate) fn paste(&mut self, text: &str) -> &mut Self {
        self.send(Msg::Paste(text.to_owned()))
    }

    pub(crate) fn types(&mut self, text: &str) -> &mut Self {
        for c in text.chars() {
            self.press(KeyPress::char(c));
        }
        self
    }

    /// Answers the request under way in a slot.
    pub(crate) fn answer(&mut self, slot: Slot, outcome: Result<Reply, Fault>) -> &mut Self {
        let id = self.current(slot);
        if let Ok(reply) = &outcome {
            assert!(self.expected[&slot].contains(&reply.kind()), "{slot:?} asked for no {:?}", reply.kind());
        }
        self.send(Msg::Done { slot, id, outcome })
    }

    /// Answers the last request of a slot once more.
    pub(crate) fn answer_again(&mut self, slot: Slot, outcome: Result<Reply, Fault>) -> &mut Self {
        let id = self.last[&slot];
        self.send(Msg::Done { slot, id, outcome })
    }

    /// The id of the request under way in a slot.
    pub(crate) fn current(&self, slot: Slot) -> RequestId {
        self.model.requests().id(slot).unwrap_or_else(|| panic!("nothing under way in {slot:?}"))
    }

    pub(crate) fn step(&self) -> Step {
        self.model.draft().expect("a draft is open").step
    }

    pub(crate) fn shared(&self) -> &Shared {
        &self.model.wizard.as_ref().expect("a draft is open").shared
    }

    pub(crate) fn draft(&self) -> &Draft {
        self.model.draft().expect("a draft is open")
    }

    pub(crate) fn notice(&self) -> &str {
        self.model.notice().map_or("", |notice| notice.text.as_str())
    }

    /// The calls among the last effects, as `Slot Call` words.
    pub(crate) fn told(&self) -> Vec<String> {
        self.effects.iter().map(word).collect()
    }

    /// The screen as lines of text.
    pub(crate) fn screen(&self, columns: u16, rows: u16) -> String {
        self.painted(columns, rows).0.join("\n")
    }

    /// The lines of the screen, and where the cursor stands.
    pub(crate) fn painted(&self, columns: u16, rows: u16) -> (Vec<String>, Option<Position>) {
        let area = Rect::new(0, 0, columns, rows);
        let mut buffer = Buffer::empty(area);
        let cursor = blobfreight::ui::paint(&self.model, area, &mut buffer).cursor;
        let line = |y| (0..columns).map(|x| buffer[(x, y)].symbol()).collect::<String>().trim_end().to_owned();
        ((0..rows).map(line).collect(), cursor)
    }

    /// The first line of the 80x24 screen that holds this text.
    pub(crate) fn row_with(&self, text: &str) -> usize {
        let (lines, _) = self.painted(80, 24);
        let found = lines.iter().position(|line| line.contains(text));
        found.unwrap_or_else(|| panic!("no {text:?} on\n{}", lines.join("\n")))
    }
}

/// One effect as a word or two.
pub(crate) fn word(effect: &Effect) -> String {
    match effect {
        Effect::Start { slot, call, .. } => format!("{slot:?} {}", call.name()),
        Effect::Cancel(slot) => format!("cancel {slot:?}"),
        Effect::Save(_) => "save".into(),
        other => format!("{other:?}").split(['(', ' ']).next().unwrap_or_default().to_lowercase(),
    }
}

pub(crate) fn signed_in() -> Reply {
    Reply::SignedIn { identity: identity(), cloud: Cloud::public(), unkept: None }
}

pub(crate) fn identity() -> Identity {
    Identity { who: "ana@contoso.example".into(), tenant: Some("t1".into()), method: SignInMethod::DeveloperTools }
}

pub(crate) fn account(name: &str, location: &str) -> StorageAccount {
    StorageAccount {
        id: format!("/subscriptions/s1/resourceGroups/media-rg/providers/Microsoft.Storage/storageAccounts/{name}"),
        name: name.into(),
        location: location.into(),
        kind: "StorageV2".into(),
        sku: "Standard_LRS".into(),
        blob_endpoint: format!("https://{name}.blob.core.windows.net/"),
        hierarchical: false,
        nfs: false,
        denies_by_default: false,
        trusts_services: true,
        public_network: "Enabled".into(),
        private_endpoints: Some(0),
        shared_key: true,
        provisioning: "Succeeded".into(),
        primary_status: None,
    }
}

pub(crate) fn subscription() -> Subscription {
    Subscription { id: "s1".into(), name: "Media".into(), tenant: "t1".into(), state: "Enabled".into() }
}

pub(crate) fn address() -> ShippingAddress {
    ShippingAddress {
        recipient: "Import/Export".into(),
        street1: "1 Example Road".into(),
        city: "Exampleton".into(),
        country: "Netherlands".into(),
        ..ShippingAddress::default()
    }
}

pub(crate) fn location(name: &str, alternates: &[&str]) -> Location {
    Location {
        name: LocationName::new(name),
        title: name.into(),
        address: address(),
        carriers: vec!["FedEx".into(), "DHL".into()],
        alternates: alternates.iter().map(|name| LocationName::new(name)).collect(),
    }
}

/// What the services answer where one of them takes the job, or takes it once the subscription is registered, and the other does not.
pub(crate) fn offers(service: ServiceName, offer: &Offer) -> Reply {
    let of = |one| {
        let other = || Offer::NotOffered("it is not offered here".into());
        let offer = if one == service { offer.clone() } else { other() };
        ServiceOffer { service: one, registration: String::new(), versions: Vec::new(), offer }
    };
    Reply::Services(ServiceName::ALL.map(of).to_vec())
}

/// An empty draft.
pub(crate) fn empty_draft() -> Draft {
    Draft::new(DraftId::parse("20261122-0900-0000002a").unwrap(), false, now())
}

/// A draft with every answer given, standing on `step`.
pub(crate) fn full_draft(step: Step) -> Draft {
    let mut draft = empty_draft();
    draft.step = step;
    draft.sign_in = Some(SignedIn { cloud: "public".into(), tenant: None, identity: identity() });
    draft.account =
        Some(ChosenAccount { subscription: subscription(), account: account("mediaarchive", "westeurope") });
    draft.selection.rules = Arc::new(vec![Rule::Prefix("/footage/".into())]);
    draft.selection.account = draft.account.as_ref().map(|chosen| chosen.account.id.clone());
    draft.location = Some(ChosenLocation {
        job_location: LocationName::new("westeurope"),
        ships_to: LocationName::new("westeurope"),
        title: "West Europe".into(),
        address: address(),
        carriers: vec!["FedEx".into(), "DHL".into()],
        account_location: LocationName::new("westeurope"),
        ..ChosenLocation::default()
    });
    draft.address = AddressAnswers {
        address: TypedAddress {
            contact: "Ana Example".into(),
            street1: "1 Way".into(),
            city: "Ghent".into(),
            postal_code: "9000".into(),
            country: "BE".into(),
            phone: "+32 9 000 00 00".into(),
            emails: "ops@contoso.example".into(),
            ..TypedAddress::default()
        },
        shipping: ReturnShipping { carrier: "FedEx".into(), account_number: "123456789".into() },
        confirmed: true,
        for_location: Some(LocationName::new("westeurope")),
    };
    draft.options = JobAnswers {
        name: "export-media".into(),
        resource_group: "media-rg".into(),
        confirmed: true,
        ..JobAnswers::default()
    };
    draft
}
