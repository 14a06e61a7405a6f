//! A person at an open draft without a terminal: keys and answers in, effects and the painted screen out. Sends nothing.

use blobfreight::app::key::{Key, KeyPress};
use blobfreight::app::protocol::{Call, Effect, Msg, Opening, Reply, RequestId, Slot};
use blobfreight::app::{Model, Settings, update};
use blobfreight::azure::cloud::Cloud;
use blobfreight::azure::fault::Fault;
use blobfreight::azure::model::{
    BlobList, EncryptionKey, Identity, Job, JobAddress, JobState, LocationName, ShippingAddress, SignInMethod,
    StorageAccount, Subscription,
};
use blobfreight::draft::{
    AddressAnswers, ChosenAccount, ChosenLocation, CreateIntention, Draft, DraftId, Intention, JobAnswers, KnownJob,
};
use blobfreight::plan::Overheads;
use blobfreight::ui;
use blobfreight::wizard::{Step, desk::Desk};
use jiff::Timestamp;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

/// An open draft and the person at it.
pub struct Seat {
    pub model: Model,
    started: Vec<(Slot, RequestId)>,
}

pub fn now() -> Timestamp {
    "2026-11-22T10:00:00Z".parse().unwrap()
}

impl Seat {
    /// Opens a draft and signs in; also what was sent on the way.
    pub fn at(draft: Draft) -> (Self, Vec<Effect>) {
        let settings = Settings {
            clouds: vec![Cloud::public()],
            ascii: false,
            colour: true,
            motion: false,
            overheads: Overheads::default(),
        };
        let mut seat = Self { model: Model::new(settings, (80, 24), now()), started: Vec::new() };
        seat.send(Msg::Started(Opening::Rehearse));
        let mut effects = seat.answer(Slot::OpenDraft, Ok(Reply::Opened { draft: Box::new(draft), read_only: false }));
        let identity = Identity { who: "ana@contoso.com".into(), tenant: None, method: SignInMethod::Rehearsal };
        effects.extend(seat.answer(Slot::SignIn, Ok(Reply::SignedIn { identity, cloud: Cloud::public() })));
        (seat, effects)
    }

    pub fn send(&mut self, msg: Msg) -> Vec<Effect> {
        let effects = update(&mut self.model, now(), msg);
        let started = effects.iter().filter_map(|effect| match effect {
            Effect::Start { slot, id, .. } => Some((*slot, *id)),
            _ => None,
        });
        self.started.extend(started);
        effects
    }

    /// Answers the last request of a slot; again if it was answered before.
    pub fn answer(&mut self, slot: Slot, outcome: Result<Reply, Fault>) -> Vec<Effect> {
        let id = self.started.iter().rev().find(|(one, _)| *one == slot).unwrap().1;
        self.send(Msg::Done { slot, id, outcome })
    }

    pub fn press(&mut self, key: Key) -> Vec<Effect> {
        self.send(Msg::Key(KeyPress::plain(key)))
    }

    pub fn ctrl(&mut self, c: char) -> Vec<Effect> {
        self.send(Msg::Key(KeyPress::ctrl(c)))
    }

    pub fn alt(&mut self, key: Key) -> Vec<Effect> {
        self.send(Msg::Key(KeyPress::alt(key)))
    }

    pub fn write(&mut self, text: &str) {
        for c in text.chars() {
            self.send(Msg::Key(KeyPress::char(c)));
        }
    }

    pub fn paste(&mut self, text: &str) -> Vec<Effect> {
        self.send(Msg::Paste(text.to_owned()))
    }

    pub fn desk(&self) -> &Desk {
        &self.model.wizard.as_ref().unwrap().desk
    }

    pub fn draft(&self) -> &Draft {
        &self.desk().draft
    }

    pub fn notice(&self) -> &str {
        self.model.notice().map_or("", |notice| notice.text.as_str())
    }

    /// The screen as lines, and where the cursor stands.
    pub fn screen(&self, columns: u16, rows: u16) -> (Vec<String>, Option<Position>) {
        let area = Rect::new(0, 0, columns, rows);
        let mut buffer = Buffer::empty(area);
        let cursor = ui::paint(&self.model, area, &mut buffer);
        let line = |y: u16| (0..columns).map(|x| buffer[(x, y)].symbol()).collect::<String>();
        ((0..rows).map(line).collect(), cursor)
    }

    /// The first line of the 80x24 screen that holds this text.
    pub fn row_with(&self, text: &str) -> usize {
        let (lines, _) = self.screen(80, 24);
        let found = lines.iter().position(|line| line.contains(text));
        found.unwrap_or_else(|| panic!("no {text:?} on\n{}", lines.join("\n")))
    }
}

/// Effects in words: `save`, `Ship: Job`.
pub fn told(effects: &[Effect]) -> Vec<String> {
    let call = |call: &Call| format!("{call:?}").split([' ', '(', '{']).next().unwrap_or_default().to_owned();
    let words = effects.iter().map(|effect| match effect {
        Effect::Start { slot, call: what, .. } => format!("{slot:?}: {}", call(what)),
        Effect::Save(_) => "save".to_owned(),
        other => format!("{other:?}"),
    });
    words.collect()
}

/// A draft with account and location chosen, on this step.
pub fn draft(step: Step) -> Draft {
    let mut draft = Draft::new(DraftId::parse("20261122-0900-00000001").unwrap(), true, now());
    let account = StorageAccount {
        id: "/subscriptions/s1/resourceGroups/media-rg/providers/Microsoft.Storage/storageAccounts/mediaarchive".into(),
        name: "mediaarchive".into(),
        location: "westeurope".into(),
        kind: "StorageV2".into(),
        sku: "Standard_LRS".into(),
        blob_endpoint: "https://mediaarchive.blob.core.windows.net/".into(),
        hierarchical: false,
        nfs: false,
        denies_by_default: false,
        trusts_services: true,
        public_network: "Enabled".into(),
        shared_key: true,
        provisioning: "Succeeded".into(),
        primary_status: None,
    };
    let subscription =
        Subscription { id: "s1".into(), name: "Media".into(), tenant: "t".into(), state: "Enabled".into() };
    draft.account = Some(ChosenAccount { subscription, account });
    draft.location = Some(location("westeurope", "West Europe", &["FedEx", "DHL"]));
    draft.step = step;
    draft
}

pub fn location(name: &str, title: &str, carriers: &[&str]) -> ChosenLocation {
    ChosenLocation {
        job_location: LocationName::new(name),
        ships_to: LocationName::new(name),
        title: title.into(),
        address: ShippingAddress::default(),
        carriers: carriers.iter().map(|&carrier| carrier.to_owned()).collect(),
        account_location: LocationName::new(name),
    }
}

pub fn address() -> AddressAnswers {
    let mut answers = AddressAnswers::default();
    let a = &mut answers.address;
    for (field, value) in [
        (&mut a.recipient, "Contoso Media"),
        (&mut a.street1, "12 Harbour Road"),
        (&mut a.city, "Ghent"),
        (&mut a.postal_code, "9000"),
        (&mut a.country, "Belgium"),
        (&mut a.phone, "+32 9 555 01 99"),
        (&mut a.email, "storage-team@contoso.com"),
        (&mut answers.shipping.carrier, "FedEx"),
        (&mut answers.shipping.account_number, "510087020"),
    ] {
        value.clone_into(field);
    }
    answers
}

/// A draft whose job was created two days ago and waits for its parcel.
pub fn created() -> Draft {
    let mut draft = draft(Step::Ship);
    let job = JobAddress { subscription: "s1".into(), resource_group: "media-rg".into(), name: "export-media".into() };
    let at = "2026-11-20T10:00:00Z".parse().unwrap();
    let blobs = BlobList::Inline { paths: Vec::new(), prefixes: vec!["/media/".into()] };
    draft.journal.create = Some(CreateIntention { job, blobs, intention: Intention { at, confirmed: true } });
    draft.address = AddressAnswers { confirmed: true, ..address() };
    draft.options =
        JobAnswers { name: "export-media".into(), resource_group: "media-rg".into(), ..JobAnswers::default() };
    draft.job = Some(KnownJob { state: JobState::Creating, shipping: job_in(JobState::Creating).shipping, read: at });
    draft
}

/// The job of [`created`] as the service tells it.
pub fn job_in(state: JobState) -> Job {
    Job {
        id: "/subscriptions/s1/resourceGroups/media-rg/providers/Microsoft.ImportExport/jobs/export-media".into(),
        name: "export-media".into(),
        location: LocationName::new("westeurope"),
        storage_account: String::new(),
        job_type: "Export".into(),
        state,
        cancel_requested: false,
        percent: None,
        drives: Vec::new(),
        shipping: ShippingAddress {
            recipient: "Azure Import/Export".into(),
            street1: "1 Made-up Street".into(),
            city: "Nowhere".into(),
            postal_code: "0000".into(),
            country: "Netherlands".into(),
            ..ShippingAddress::default()
        },
        return_address: None,
        return_shipping: None,
        delivery_package: None,
        return_package: None,
        blobs: None,
        diagnostics_path: String::new(),
        log_level: "Verbose".into(),
        backup_manifest: true,
        incomplete_list: None,
        encryption: EncryptionKey::MicrosoftManaged,
        provisioning: "Succeeded".into(),
        created: None,
        tags: Vec::new(),
    }
}
