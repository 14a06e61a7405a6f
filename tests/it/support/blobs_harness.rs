//! The blobs step in front of an account in memory that answers in pages, when the test says so.

use std::collections::{BTreeSet, VecDeque};

use blobfreight::azure::fault::{Fault, FaultKind};
use blobfreight::azure::model::{Access, BlobItem, BlobKind, Container, Entry, Page};
use blobfreight::draft::Draft;
use blobfreight::protocol::key::{Key, KeyPress, MouseAction};
use blobfreight::protocol::message::{Call, Effect, Msg, Reply, RequestId, Slot};
use blobfreight::protocol::step::Step;
use blobfreight::select::Rule;
use blobfreight::wizard::steps::blobs::BlobsStep;

use crate::support::app_harness::{AppHarness, full_draft};

/// Blobs as `container/name`, `container/name@time` for a snapshot, `container/name%time` for an older version; a container
/// without blobs as `container/`. A name with `deleted` in it is soft-deleted.
#[derive(Clone)]
pub(crate) struct Service {
    pub blobs: BTreeSet<String>,
    pub page: usize,
}

impl Service {
    pub(crate) fn new(page: usize, blobs: &[&str]) -> Self {
        Self { blobs: blobs.iter().map(|blob| (*blob).to_owned()).collect(), page }
    }

    /// A container `c` with `count` blobs `0000`, `0001`, ...
    pub(crate) fn numbered(page: usize, count: usize) -> Self {
        Self { blobs: (0..count).map(|index| format!("c/{index:04}")).collect(), page }
    }

    fn cut<T>(&self, all: Vec<T>, marker: Option<&String>) -> Page<T> {
        let start: usize = marker.map_or(0, |marker| marker.parse().unwrap());
        let more = start + self.page < all.len();
        Page {
            items: all.into_iter().skip(start).take(self.page).collect(),
            next: more.then(|| (start + self.page).to_string()),
        }
    }

    pub(crate) fn answer(&self, call: &Call) -> Result<Reply, Fault> {
        match call {
            Call::Containers { marker, .. } => {
                let names: BTreeSet<&str> = self.blobs.iter().filter_map(|blob| blob.split('/').next()).collect();
                let item = |name: &str| Container { name: name.into(), last_modified: String::new() };
                Ok(Reply::Containers(self.cut(names.into_iter().map(item).collect(), marker.as_ref())))
            }
            Call::Entries { container, prefix, deleted, marker, .. } => {
                if !self.blobs.iter().any(|blob| blob.starts_with(&format!("{container}/"))) {
                    let fault = Fault::local(format!("list {container}"), "there is no such container");
                    let code = Some("ContainerNotFound".to_owned());
                    return Err(Fault { kind: FaultKind::Gone, status: Some(404), code, ..fault });
                }
                let mut entries = self.entries(container, prefix);
                entries.retain(|entry| *deleted || !matches!(entry, Entry::Blob(item) if item.deleted));
                Ok(Reply::Entries(self.cut(entries, marker.as_ref())))
            }
            Call::History { container, blob, marker, .. } => {
                Ok(Reply::History(self.cut(self.history(container, blob), marker.as_ref())))
            }
            Call::Uncheck(work) => Ok(Reply::Unchecked(work.carry_out(&|| false).unwrap())),
            other => panic!("not a listing: {other:?}"),
        }
    }

    /// Snapshots and versions, the oldest first, and the blob itself after them.
    fn history(&self, container: &str, blob: &str) -> Vec<BlobItem> {
        let older = |sign: &str| {
            let start = format!("{container}/{blob}{sign}");
            let times = self.blobs.iter().filter_map(|path| path.strip_prefix(&start).map(str::to_owned));
            times.collect::<Vec<_>>()
        };
        let snapshot = |time: String| BlobItem { snapshot: Some(time), ..item(blob) };
        let version = |time: String| BlobItem { version: Some(time), ..item(blob) };
        let versions = older("%");
        let told = BlobItem {
            content_type: Some("image/jpeg".into()),
            lease: Some("leased".into()),
            metadata: vec![("shot".into(), "by ana".into())],
            version: (!versions.is_empty()).then(|| "2099-01-01T00:00:00.0000000Z".into()),
            current_version: !versions.is_empty(),
            ..item(blob)
        };
        let mut items: Vec<BlobItem> =
            older("@").into_iter().map(snapshot).chain(versions.into_iter().map(version)).collect();
        items.sort_by_key(|item| item.snapshot.clone().or(item.version.clone()));
        items.push(told);
        items
    }

    fn entries(&self, container: &str, prefix: &str) -> Vec<Entry> {
        let under = format!("{container}/");
        let names =
            self.blobs.iter().filter(|blob| !blob.contains(['@', '%'])).filter_map(|blob| blob.strip_prefix(&under));
        let rows: BTreeSet<String> = names
            .filter(|name| !name.is_empty())
            .filter_map(|name| {
                let rest = name.strip_prefix(prefix)?;
                let row = rest.find('/').map_or(rest, |slash| &rest[..=slash]);
                Some(format!("{prefix}{row}"))
            })
            .collect();
        let entry = |name: &String| {
            if name.ends_with('/') { Entry::Prefix(name.clone()) } else { Entry::Blob(Box::new(item(name))) }
        };
        rows.iter().map(entry).collect()
    }
}

fn item(name: &str) -> BlobItem {
    let tier = if name.contains("cold") { "Archive" } else { "Hot" };
    BlobItem {
        name: name.into(),
        size: 1_500,
        kind: Some(BlobKind::Block),
        deleted: name.contains("deleted"),
        tier: Some(tier.into()),
        last_modified: "Sun, 22 Nov 2026 09:00:00 GMT".into(),
        ..BlobItem::default()
    }
}

/// The program at the blobs step, with the requests that wait for an answer.
pub(crate) struct BlobsHarness {
    pub app: AppHarness,
    pub service: Service,
    pub pending: VecDeque<(Slot, RequestId, Call)>,
}

/// A draft that stands on the blobs step with nothing checked.
pub(crate) fn nothing_checked() -> Draft {
    let mut draft = full_draft(Step::Blobs);
    draft.selection.rules = std::sync::Arc::new(Vec::new());
    draft
}

impl BlobsHarness {
    /// At the step with nothing listed yet; the containers are asked for.
    pub(crate) fn new(service: Service) -> Self {
        Self::with(nothing_checked(), service)
    }

    /// The same with a certain draft.
    pub(crate) fn with(draft: Draft, service: Service) -> Self {
        let mut harness = Self { app: AppHarness::signed_in(draft), service, pending: VecDeque::new() };
        harness.collect();
        harness
    }

    /// At the step with everything answered that was asked for.
    pub(crate) fn browsing(service: Service) -> Self {
        let mut harness = Self::new(service);
        harness.answer_all();
        harness
    }

    fn collect(&mut self) {
        let mut asked = false;
        for effect in &self.app.effects {
            match effect {
                Effect::Start { slot: Slot::Access, .. } => asked = true,
                // The count is another server's business: tests of it answer it themselves.
                Effect::Start { slot: Slot::Scan, .. } => {}
                Effect::Start { slot, id, call } => {
                    self.pending.retain(|(other, ..)| other != slot);
                    self.pending.push_back((*slot, *id, call.clone()));
                }
                Effect::Cancel(slot) => self.pending.retain(|(other, ..)| other != slot),
                _ => {}
            }
        }
        if asked {
            self.app.effects.retain(|effect| !matches!(effect, Effect::Start { slot: Slot::Access, .. }));
            let effects = std::mem::take(&mut self.app.effects);
            self.app.answer(Slot::Access, Ok(Reply::Access(Access::EntraToken)));
            self.app.effects = effects;
        }
    }

    pub(crate) fn send(&mut self, msg: Msg) -> &mut Self {
        self.app.send(msg);
        self.collect();
        self
    }

    pub(crate) fn mouse(&mut self, action: MouseAction, column: u16, row: u16) -> &mut Self {
        self.app.mouse(action, column, row);
        self.collect();
        self
    }

    pub(crate) fn press(&mut self, key: KeyPress) -> &mut Self {
        self.send(Msg::Key(key))
    }

    pub(crate) fn key(&mut self, key: Key) -> &mut Self {
        self.press(KeyPress::plain(key))
    }

    pub(crate) fn keys(&mut self, keys: &[Key]) -> &mut Self {
        for key in keys {
            self.key(*key);
        }
        self
    }

    pub(crate) fn types(&mut self, text: &str) -> &mut Self {
        for c in text.chars() {
            self.press(KeyPress::char(c));
        }
        self
    }

    pub(crate) fn space(&mut self) -> &mut Self {
        self.types(" ")
    }

    /// Answers the oldest request.
    pub(crate) fn answer(&mut self) -> &mut Self {
        let (slot, id, call) = self.pending.pop_front().expect("a request is under way");
        let outcome = self.service.answer(&call);
        self.send(Msg::Done { slot, id, outcome })
    }

    /// Lets the oldest request fail.
    pub(crate) fn refuse(&mut self, fault: Fault) -> &mut Self {
        let (slot, id, _) = self.pending.pop_front().expect("a request is under way");
        self.send(Msg::Done { slot, id, outcome: Err(fault) })
    }

    pub(crate) fn answer_all(&mut self) -> &mut Self {
        let mut left = 10_000;
        while !self.pending.is_empty() {
            self.answer();
            left -= 1;
            assert!(left > 0, "requests without end");
        }
        self
    }

    /// Opens the row under the cursor, lets it be listed, and goes to its first child.
    pub(crate) fn enter(&mut self) -> &mut Self {
        self.key(Key::Right).answer_all().key(Key::Right)
    }

    /// Puts the cursor on a loaded row by going down from the top.
    pub(crate) fn go_to(&mut self, path: &str) -> &mut Self {
        self.key(Key::Home);
        for _ in 0..10_000 {
            if !self.step().tree.on_status() && self.cursor() == path {
                return self;
            }
            self.key(Key::Down);
        }
        panic!("{path} is not among the rows:\n{}", self.screen());
    }

    pub(crate) fn step(&self) -> &BlobsStep {
        &self.app.model.wizard.as_ref().unwrap().steps.blobs
    }

    /// The path under the cursor, a snapshot's with `@time`.
    pub(crate) fn cursor(&self) -> String {
        let key = self.step().tree.key(self.step().tree.cursor());
        key.time.map_or(key.path.clone(), |time| format!("{}@{time}", key.path))
    }

    /// The rules in the draft, in words.
    pub(crate) fn rules(&self) -> Vec<String> {
        self.app.draft().selection.rules.iter().map(Rule::to_string).collect()
    }

    pub(crate) fn told(&self) -> Vec<String> {
        self.app.told()
    }

    pub(crate) fn notice(&self) -> &str {
        self.app.notice()
    }

    /// What is asked for, as the person would say it.
    pub(crate) fn wanted(&self) -> Vec<String> {
        let marked = |text: String, marker: &Option<String>| match marker {
            Some(marker) => format!("{text} from {marker}"),
            None => text,
        };
        let word = |call: &Call| match call {
            Call::Containers { marker, .. } => marked("containers".into(), marker),
            Call::Entries { container, prefix, marker, .. } => marked(format!("{container}/{prefix}"), marker),
            Call::History { container, blob, marker, .. } => marked(format!("all of {container}/{blob}"), marker),
            Call::Uncheck(work) => format!("the rules without {}", work.target.text()),
            other => format!("{other:?}"),
        };
        self.pending.iter().map(|(_, _, call)| word(call)).collect()
    }

    pub(crate) fn screen(&self) -> String {
        let (columns, rows) = self.app.model.size;
        self.app.screen(columns, rows)
    }

    /// The line of the screen that shows a text.
    pub(crate) fn line(&self, text: &str) -> String {
        let screen = self.screen();
        screen.lines().find(|line| line.contains(text)).unwrap_or_else(|| panic!("no {text}:\n{screen}")).to_owned()
    }
}
