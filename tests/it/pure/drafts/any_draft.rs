//! Drafts for tests: one with every field filled, and any draft at all.

use std::collections::{BTreeMap, BTreeSet};

use blobfreight::azure::model::{
    AddressKind, BlobList, Identity, JobActions, JobAddress, JobStatus, LocationName, LogLevel, ReturnShipping,
    ServiceName, ShippingAddress, SignInMethod, StorageAccount, Subscription,
};
use blobfreight::draft::{
    AccountServer, AddressAnswers, ChosenAccount, ChosenBlobs, ChosenLocation, CountedTotals, CreateIntention,
    DirectAccount, Draft, DraftId, DriveAnswers, DriveCheck, EncryptionAnswers, Gone, Intention, JobAnswers, Journal,
    KnownDrive, KnownJob, ParcelAnswers, PartOf, PlannedDrives, SignedIn, TypedAddress, Verification, VerifiedDrive,
};
use blobfreight::plan::count::{FindingKind, TierBytes};
use blobfreight::protocol::step::Step;
use blobfreight::select::Rule;
use blobfreight::tree::{NodeKey, NodeKind, TreePlace};
use blobfreight::verify::rules::DriveVerdict;
use jiff::Timestamp;
use proptest::prelude::*;
use strum::VariantArray;

/// The values for the fields of a draft. The text fields take the texts in turn.
struct DraftValues {
    texts: Vec<String>,
    next: usize,
    at: Timestamp,
    flag: bool,
}

impl DraftValues {
    fn text(&mut self) -> String {
        self.next += 1;
        self.texts[self.next % self.texts.len()].clone()
    }

    fn shipping(&mut self) -> ShippingAddress {
        ShippingAddress {
            recipient: self.text(),
            street1: self.text(),
            street2: self.text(),
            city: self.text(),
            state: self.text(),
            postal_code: self.text(),
            country: self.text(),
            phone: self.text(),
            additional: self.text(),
            street3: self.text(),
            instruction: self.text(),
        }
    }

    fn address(&mut self) -> AddressAnswers {
        let address = TypedAddress {
            contact: self.text(),
            company: self.text(),
            street1: self.text(),
            street2: self.text(),
            street3: self.text(),
            city: self.text(),
            state: self.text(),
            postal_code: self.text(),
            country: self.text(),
            phone: self.text(),
            emails: self.text(),
            kind: if self.flag { AddressKind::Commercial } else { AddressKind::Residential },
            tax_number: self.text(),
        };
        let shipping = ReturnShipping { carrier: self.text(), account_number: self.text() };
        let for_location = Some(LocationName::new(&self.text()));
        AddressAnswers { address, shipping, confirmed: self.flag, for_location }
    }

    fn account(&mut self) -> ChosenAccount {
        let subscription = Subscription { id: self.text(), name: self.text(), tenant: self.text(), state: self.text() };
        let account = StorageAccount {
            id: self.text(),
            name: self.text(),
            location: self.text(),
            kind: self.text(),
            sku: self.text(),
            blob_endpoint: self.text(),
            hierarchical: self.flag,
            nfs: !self.flag,
            denies_by_default: self.flag,
            trusts_services: !self.flag,
            public_network: self.text(),
            private_endpoints: self.flag.then_some(u32::MAX),
            shared_key: self.flag,
            provisioning: self.text(),
            primary_status: Some(self.text()),
        };
        ChosenAccount { subscription, account }
    }

    fn journal(&mut self) -> Journal {
        let intention = Intention { at: self.at, confirmed: self.flag };
        let job = JobAddress {
            service: if self.flag { ServiceName::DataBox } else { ServiceName::ImportExport },
            subscription: self.text(),
            resource_group: self.text(),
            name: self.text(),
        };
        let blobs = if self.flag {
            BlobList::File(self.text())
        } else {
            BlobList::Inline { paths: vec![self.text()], prefixes: vec![self.text(), self.text()] }
        };
        let list = self.flag.then(|| self.text());
        Journal {
            list,
            create: Some(CreateIntention { job, blobs, intention, sent: self.flag.then_some(self.at) }),
            ship: Some(intention),
            delete: self.flag.then_some(intention),
            cancel: self.flag.then_some(self.at),
        }
    }

    fn rules(&mut self) -> Vec<Rule> {
        vec![
            Rule::Prefix(self.text()),
            Rule::Blob { path: self.text(), snapshots: self.flag },
            Rule::Snapshot { path: self.text(), time: self.text() },
        ]
    }

    fn selection(&mut self) -> ChosenBlobs {
        let folder = NodeKey { kind: NodeKind::Folder, path: self.text(), time: None };
        let snapshot = NodeKey { kind: NodeKind::Snapshot, path: self.text(), time: Some(self.text()) };
        let place = TreePlace { open: vec![folder], cursor: Some(snapshot), line: self.next };
        ChosenBlobs { rules: self.rules().into(), account: Some(self.text()), place }
    }

    fn drives(&mut self) -> DriveAnswers {
        let plan = PlannedDrives {
            sizes: self.text(),
            drives: 3,
            jobs: 1,
            too_large: 2,
            bytes: self.flag.then_some(u64::MAX),
        };
        let counted = CountedTotals {
            account: self.text(),
            rules: self.rules().into(),
            at: self.at,
            complete: self.flag,
            blobs: 1,
            snapshots: 2,
            bytes: u64::MAX,
            tiers: self.flag.then_some(TierBytes { cool: u64::MAX, cold: 0 }),
            findings: [(FindingKind::Leased, 4), (FindingKind::BesideFolder, 5)].into(),
            nothing: vec![0, self.next],
            plan: Some(plan),
        };
        DriveAnswers { sizes: self.text(), counted: Some(counted) }
    }

    fn verified(&mut self) -> Verification {
        let verdict = if self.flag { DriveVerdict::Right } else { DriveVerdict::Damaged };
        let drive = self.text();
        let checked = VerifiedDrive { drive, at: self.at, verdict, right: 1, damaged: 2, missing: 3, unchecked: 4 };
        Verification { drives: vec![checked], job_drives: vec![self.text()] }
    }

    fn fill(mut self, draft: Draft) -> Draft {
        let identity = Identity { who: self.text(), tenant: Some(self.text()), method: SignInMethod::WorkloadIdentity };
        Draft {
            verified: self.verified(),
            sign_in: Some(SignedIn { cloud: self.text(), tenant: Some(self.text()), identity }),
            account: Some(self.account()),
            allowed_server: Some(AccountServer { account: self.text(), server: self.text() }),
            given: Some(DirectAccount { endpoint: self.text(), name: self.text(), container: Some(self.text()) }),
            selection: self.selection(),
            drives: self.drives(),
            part: Some(PartOf { number: 2, of: 3 }),
            location: Some(ChosenLocation {
                service: if self.flag { ServiceName::DataBox } else { ServiceName::ImportExport },
                country_code: self.text(),
                job_location: LocationName::new(&self.text()),
                ships_to: LocationName::new(&self.text()),
                title: self.text(),
                address: self.shipping(),
                carriers: vec![self.text(), self.text()],
                account_location: LocationName::new(&self.text()),
            }),
            address: self.address(),
            service: Some(if self.flag { ServiceName::DataBox } else { ServiceName::ImportExport }),
            options: JobAnswers {
                name: self.text(),
                resource_group: self.text(),
                diagnostics_path: self.text(),
                log_level: if self.flag { LogLevel::Error } else { LogLevel::Verbose },
                backup_manifest: self.flag,
                encryption: EncryptionAnswers {
                    customer_managed: self.flag,
                    url: self.text(),
                    vault: self.text(),
                    identity: self.text(),
                },
                tags: self.text(),
                confirmed: self.flag,
            },
            journal: self.journal(),
            parcel: ParcelAnswers {
                carrier: self.text(),
                tracking_number: self.text(),
                drive_count: self.text(),
                ship_date: self.text(),
                serials: self.text(),
                checked: if self.flag { DriveCheck::VARIANTS.iter().copied().collect() } else { BTreeSet::new() },
            },
            keys_file: Some(self.text()),
            keys_of: vec![self.text()],
            papers: vec![self.text(), self.text()],
            job: Some(KnownJob {
                status: JobStatus::of_classic(&self.text()),
                allows: JobActions {
                    ship: self.flag,
                    cancel: !self.flag,
                    delete: self.flag,
                    change_address: !self.flag,
                },
                shipping: self.shipping(),
                earlier_address: self.flag.then(|| self.shipping()),
                read: self.at,
                created: self.flag.then_some(self.at),
                seen: vec![
                    (JobStatus::of_data_box("Created"), self.at),
                    (JobStatus::of_classic(&self.text()), self.at),
                ],
                gone: self.flag.then_some(Gone { seen: self.at, with_group: self.flag }),
                drives: vec![KnownDrive {
                    id: self.text(),
                    state: self.text(),
                    troubled: self.flag,
                    bytes: self.flag.then_some(7),
                    failed_files: self.flag.then_some(8),
                }],
                back: Some(self.text()),
                cancel_requested: self.flag,
                asks: !self.flag,
            }),
            ..draft
        }
    }
}

/// A draft with a value in every field.
pub(super) fn with_every_field() -> Draft {
    let at = Timestamp::from_second(1_800_000_000).unwrap();
    let focus = Step::ALL.iter().map(|step| (*step, step.index())).collect();
    let draft =
        Draft { step: Step::Keys, worked_on: Some(Step::Review), focus, ..Draft::new(DraftId::new(at, 7), false, at) };
    DraftValues { texts: vec!["answer".into()], next: 0, at, flag: true }.fill(draft)
}

/// Any draft: empty or full, with any text anywhere, at any time.
pub(super) fn any_draft() -> impl Strategy<Value = Draft> {
    let time = (-60_000_000_000_i64..250_000_000_000, 0..1_000_000_000_i32);
    let time = time.prop_map(|(second, nano)| Timestamp::new(second, nano.max(0)).unwrap_or_default());
    let texts = proptest::collection::vec(".{0,20}|\\PC{0,9}|[\\x00-\\x1f\"\\\\]{1,4}", 1..6);
    let steps = proptest::collection::btree_map(proptest::sample::select(Step::ALL), any::<usize>(), 0..4);
    (time.clone(), time, any::<u32>(), texts, steps, any::<(bool, bool)>()).prop_map(
        |(created, changed, random, texts, focus, (full, flag))| {
            let focus: BTreeMap<Step, usize> = focus;
            let id = DraftId::parse(&format!("d-{random:08x}")).unwrap();
            let step = focus.keys().next().copied().unwrap_or(Step::Blobs);
            let draft = Draft { step, focus, changed, ..Draft::new(id, flag, created) };
            if full { DraftValues { texts, next: 0, at: changed, flag }.fill(draft) } else { draft }
        },
    )
}
