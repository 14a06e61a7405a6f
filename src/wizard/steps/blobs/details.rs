//! What is known about the row under the cursor and what exporting it means, as plain data. `ui` draws it.

use jiff::Timestamp;

use crate::azure::model::{BlobItem, ServiceName};
use crate::plan::ntfs;
use crate::select::{Check, Rule, Target};
use crate::tree::{NodeKey, NodeKind, RowItem};
use crate::wizard::service;
use crate::wizard::shared::Shared;
use crate::wizard::steps::blobs::check::UNLISTED;
use crate::wizard::steps::blobs::inspection::InspectionState;
use crate::wizard::steps::blobs::obstacle::largest_blob;
use crate::wizard::steps::blobs::state::BlobsStep;

/// The row under the cursor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Details {
    /// Its full path, raw.
    pub path: String,
    /// What kind of thing it is.
    pub kind: String,
    /// Bytes, for blobs and snapshots.
    pub size: Option<u64>,
    /// Last changed, or taken.
    pub time: Option<Timestamp>,
    /// Access tier, verbatim.
    pub tier: Option<String>,
    /// How it is checked, in words.
    pub check: &'static str,
    /// Properties that the listing does not have, a line each.
    pub facts: Vec<String>,
    /// Remarks about exporting it.
    pub remarks: Vec<Remark>,
}

/// Something to know about exporting a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remark {
    /// One sentence.
    pub text: String,
    /// It will not arrive, or not as it is.
    pub alarm: bool,
}

/// Microsoft pages: List Blobs; Known issues with Azure Data Lake Storage.
const HIERARCHICAL: &str = "Hierarchical namespace: folders are directories with a date and metadata of their own, also empty \
    ones. Whether such an account can be exported is documented nowhere.";

fn note(text: impl Into<String>) -> Remark {
    Remark { text: text.into(), alarm: false }
}

fn alarm(text: impl Into<String>) -> Remark {
    Remark { text: text.into(), alarm: true }
}

impl BlobsStep {
    /// The details of the row under the cursor; `None` on the status line of a folder.
    pub fn details(&self, shared: &Shared) -> Option<Details> {
        if self.tree.on_status() {
            return None;
        }
        let rows = self.tree.rows();
        let row = rows.iter().find(|row| row.cursor)?;
        let RowItem::Node { kind, size, time, tier, blob, archived, deleted, .. } = &row.item else { return None };
        let key = self.tree.key(row.id);
        let target = key.target();
        let mut remarks = Vec::new();
        if self.tree.holds_only_deleted(row.id) {
            remarks.push(alarm("All in it is soft-deleted: a check of it takes nothing."));
        }
        if *archived {
            remarks.push(alarm("In the archive tier, from which nothing is exported. Rehydrate it first."));
        }
        if *deleted {
            remarks.push(alarm(
                "Soft-deleted, so an export leaves it out as far as documented. Undelete it to export it.",
            ));
        }
        if size.zip(largest_blob(shared)).is_some_and(|(size, largest)| size > largest) {
            let sizes = shared.draft.drives.sizes.trim();
            remarks
                .push(alarm(format!("Larger than the largest drive of {sizes}: a blob is never split over drives.")));
        }
        // A deleted row has no check, so there is nothing to say about it.
        if !*deleted {
            remarks.extend(self.about(&key, &target, shared.draft.service()));
        }
        if shared.is_hierarchical() && matches!(key.kind, NodeKind::Account | NodeKind::Container) {
            remarks.push(alarm(HIERARCHICAL));
        }
        let kind = match (kind, blob) {
            (NodeKind::Account, _) => "storage account".to_owned(),
            (NodeKind::Container, _) => "container".to_owned(),
            (NodeKind::Folder, _) if shared.is_hierarchical() => "directory".to_owned(),
            (NodeKind::Folder, _) => "folder".to_owned(),
            (NodeKind::Snapshot, _) => "snapshot".to_owned(),
            (NodeKind::Version, _) => "older version".to_owned(),
            (NodeKind::Blob, Some(blob)) => blob.to_string(),
            (NodeKind::Blob, None) => "blob".to_owned(),
        };
        let path = match &key.time {
            Some(at) => format!("{} @ {at}", key.path),
            None if key.path.is_empty() => "/".to_owned(),
            None => key.path.clone(),
        };
        let check =
            if self.tree.is_checkable(row.id) { self.words(&target, shared.draft.service()) } else { "never checked" };
        let facts = self.facts(shared, &key);
        Some(Details { path, kind, size: *size, time: *time, tier: tier.map(str::to_owned), check, facts, remarks })
    }

    /// The facts of a row. For a blob: metadata, content type and how many snapshots and versions it has. For the account: the
    /// credential that reads it.
    fn facts(&self, shared: &Shared, key: &NodeKey) -> Vec<String> {
        if key.kind == NodeKind::Account {
            return shared.access().map(|access| format!("Read {access}.")).into_iter().collect();
        }
        let Some(inspection) = self.inspection.as_ref().filter(|inspection| inspection.key == *key) else {
            return Vec::new();
        };
        if let InspectionState::Failed(fault) = &inspection.state {
            return vec![format!("More could not be read: {}", fault.reason)];
        }
        let blob = inspection.blob.as_ref().map(about_blob).unwrap_or_default();
        blob.into_iter().chain(inspection.history()).collect()
    }

    /// How a row is checked, in words.
    fn words(&self, target: &Target, service: ServiceName) -> &'static str {
        match (self.selection.check(target), target) {
            (Check::Off, _) => "not checked",
            (Check::Part, _) => "partly checked",
            (Check::Inherited, _) => "checked by a rule further up",
            (Check::On, Target::Snapshot { .. }) if !service.selects_snapshots() => "checked, goes as the whole blob",
            (Check::On, Target::Blob { .. }) if !service.selects_snapshots() => "checked",
            (Check::On, Target::Blob { container, name }) => match self.selection.blob_rule(container, name) {
                Some(false) => "checked without snapshots",
                _ => "checked with all snapshots",
            },
            (Check::On, _) => "checked by a rule of its own",
        }
    }

    /// The part of this row's check that the service has no words for.
    fn unsaid(&self, target: &Target, service: ServiceName) -> Option<&'static str> {
        let Target::Blob { container, name } = target else { return None };
        let alone = self.selection.blob_rule(container, name) == Some(false);
        let rule = Rule::Blob { path: String::new(), snapshots: !alone };
        service::cannot_say(&rule, service)
    }

    fn about(&self, key: &NodeKey, target: &Target, service: ServiceName) -> Vec<Remark> {
        let selects = service.selects_snapshots();
        let mut remarks: Vec<Remark> = self.unsaid(target, service).map(alarm).into_iter().collect();
        match key.kind {
            NodeKind::Account => {
                remarks.push(note("A check takes the whole account, log containers and list files included."));
            }
            NodeKind::Container | NodeKind::Folder if !selects => {
                remarks.push(note(format!(
                    "A check takes everything under {}, and what comes before the copy. Whether Azure Data Box exports snapshots is documented nowhere.",
                    target.text()
                )));
            }
            NodeKind::Container | NodeKind::Folder => {
                remarks.push(note(format!(
                    "A check takes everything under {}, all snapshots at full size, and what comes before the copy.",
                    target.text()
                )));
            }
            NodeKind::Blob => {
                remarks.push(note(if selects {
                    "Snapshots come with it at full size, unless x leaves them out (needs a list file)."
                } else {
                    "Whether Azure Data Box exports its snapshots is documented nowhere; they cannot be left out."
                }));
                if !self.tree.loaded_names(&level_of(target), &format!("{}/", last(key)), 1).is_empty() {
                    remarks.push(alarm("A folder of the same name stands beside it: NTFS can hold only one of them."));
                }
            }
            NodeKind::Version => remarks.push(alarm(UNLISTED)),
            NodeKind::Snapshot if !selects => {
                remarks.push(note(
                    "Azure Data Box cannot be told a single snapshot; checked, it stands for the whole blob.",
                ));
            }
            NodeKind::Snapshot => remarks.push(note("Copied at full size. To export it alone a list file is needed.")),
        }
        remarks.extend(refused(key));
        remarks
    }
}

/// Properties that only the listing of the blob itself has, not that of its folder.
fn about_blob(item: &BlobItem) -> Vec<String> {
    let said = |label: &str, text: &Option<String>| text.as_ref().map(|text| format!("{label} {text}"));
    let tier = item.tier.as_ref().map(|tier| {
        let inferred = if item.tier_inferred { ", the account's default" } else { "" };
        format!("tier {tier}{inferred}")
    });
    // A directory has no content: no type, lease or tier.
    let of_content = [said("type", &item.content_type), said("lease", &item.lease), tier];
    let of_content = of_content.into_iter().filter(|_| !item.directory);
    let facts = [
        said("etag", &item.etag),
        said("created", &item.created),
        said("archive", &item.archive_status),
        item.customer_key.then(|| "encrypted with a key sent along with each request".to_owned()),
    ];
    let metadata = item.metadata.iter().map(|(name, value)| format!("metadata {name} = {value}"));
    of_content.chain(facts).flatten().chain(metadata).collect()
}

/// The level that shows a blob.
fn level_of(target: &Target) -> String {
    let text = target.text();
    text.rfind('/').and_then(|slash| text.get(..=slash)).unwrap_or_default().to_owned()
}

fn last(key: &NodeKey) -> &str {
    key.path.rsplit('/').next().unwrap_or_default()
}

/// What a drive refuses of a row's path; a container's own name is always taken.
fn refused(key: &NodeKey) -> Option<Remark> {
    let (_, name) = key.split().filter(|(_, name)| !name.is_empty())?;
    let (name, fails) = match key.kind {
        NodeKind::Folder => (name.strip_suffix('/').unwrap_or(name), "all in it would fail"),
        _ => (name, "the blob would fail"),
    };
    let why = ntfs::refusal(name)?;
    Some(alarm(format!("NTFS refuses this name ({why}): {fails}.")))
}
