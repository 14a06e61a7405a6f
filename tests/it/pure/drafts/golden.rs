//! The draft that the golden files hold: every field has a value of its own, so that a field read into the place of another shows.

use std::collections::BTreeMap;

use blobfreight::azure::model::{
    AddressKind, BlobList, Identity, JobActions, JobAddress, JobStatus, LocationName, LogLevel, ReturnShipping,
    ServiceName, ShippingAddress, SignInMethod, StorageAccount, Subscription,
};
use blobfreight::draft::{
    AccountServer, AddressAnswers, ChosenAccount, ChosenBlobs, ChosenLocation, CountedTotals, CreateIntention,
    DirectAccount, Draft, DraftId, DriveAnswers, DriveCheck, EncryptionAnswers, Gone, Intention, JobAnswers, Journal,
    KnownDrive, KnownJob, ParcelAnswers, PartOf, PlannedDrives, SignedIn, TypedAddress, VERSION, Verification,
    VerifiedDrive,
};
use blobfreight::plan::count::{FindingKind, TierBytes};
use blobfreight::protocol::step::Step;
use blobfreight::select::Rule;
use blobfreight::tree::{NodeKey, NodeKind, TreePlace};
use blobfreight::verify::rules::DriveVerdict;
use jiff::Timestamp;
use strum::VariantArray;

const ACCOUNT: &str =
    "/subscriptions/5a1d/resourceGroups/rg-media/providers/Microsoft.Storage/storageAccounts/contosomedia";

/// A moment of the hour in which the draft was made.
pub(super) fn at(minute: i8) -> Timestamp {
    jiff::civil::date(2026, 11, 22).at(10, minute, 0, 0).in_tz("UTC").unwrap().timestamp()
}

/// The draft of the newest version.
pub(in crate::pure) fn draft() -> Draft {
    Draft {
        version: VERSION,
        id: DraftId::parse("20261122-1000-7f3a09c1").unwrap(),
        rehearsal: true,
        created: at(0),
        changed: at(1),
        step: Step::Keys,
        worked_on: Some(Step::Follow),
        focus: focus(),
        sign_in: Some(sign_in()),
        account: Some(account()),
        allowed_server: Some(AccountServer {
            account: "/subscriptions/5a1d/allowed".into(),
            server: "https://blob.lab.example".into(),
        }),
        given: Some(DirectAccount {
            endpoint: "https://given.blob.example".into(),
            name: "given".into(),
            container: Some("only".into()),
        }),
        service: Some(ServiceName::DataBox),
        selection: ChosenBlobs {
            rules: rules().into(),
            account: Some("/subscriptions/5a1d/picked".into()),
            place: place(),
        },
        drives: drives(),
        part: Some(PartOf { number: 2, of: 3 }),
        location: Some(location()),
        address: address(),
        options: JobAnswers {
            name: "media-2026".into(),
            resource_group: "rg-jobs".into(),
            diagnostics_path: "logs/export".into(),
            log_level: LogLevel::Error,
            backup_manifest: false,
            encryption: EncryptionAnswers {
                customer_managed: true,
                url: "https://contoso-vault.vault.azure.net/keys/export".into(),
                vault: "/subscriptions/5a1d/contoso-vault".into(),
                identity: "/subscriptions/5a1d/export-identity".into(),
            },
            tags: "team=media,cost=42".into(),
            confirmed: true,
        },
        journal: journal(),
        parcel: ParcelAnswers {
            carrier: "UPS".into(),
            tracking_number: "1Z999".into(),
            drive_count: "4".into(),
            ship_date: "2026-11-24".into(),
            serials: "9CA995BB WX11A22".into(),
            checked: DriveCheck::VARIANTS.iter().copied().collect(),
        },
        job: Some(job()),
        keys_file: Some("/home/ada/keys.txt".into()),
        keys_of: vec!["9CA995BB".into()],
        papers: vec!["/home/ada/slip.html".into()],
        verified: verified(),
    }
}

fn verified() -> Verification {
    let drive = |drive: &str, verdict, at| VerifiedDrive {
        drive: drive.into(),
        at,
        verdict,
        right: 201,
        damaged: 202,
        missing: 203,
        unchecked: 204,
    };
    Verification {
        drives: vec![
            drive("WX11", DriveVerdict::Right, at(40)),
            drive("WX12", DriveVerdict::Unchecked, at(41)),
            drive("WX13", DriveVerdict::Incomplete, at(42)),
            drive("/mnt/copy", DriveVerdict::Damaged, at(43)),
        ],
        job_drives: vec!["WX11".into(), "WX14".into()],
    }
}

/// Numbers from 20, in the order the steps had in the first versions.
fn focus() -> BTreeMap<Step, usize> {
    let mut steps = Step::ALL.to_vec();
    steps.swap(4, 5);
    steps.into_iter().zip(20..).collect()
}

fn sign_in() -> SignedIn {
    SignedIn {
        cloud: "AzureCloud".into(),
        tenant: Some("typed-tenant".into()),
        identity: Identity {
            who: "ada@contoso.example".into(),
            tenant: Some("home-tenant".into()),
            method: SignInMethod::WorkloadIdentity,
        },
    }
}

fn account() -> ChosenAccount {
    ChosenAccount {
        subscription: Subscription {
            id: "5a1d".into(),
            name: "Media".into(),
            tenant: "subscription-tenant".into(),
            state: "Enabled".into(),
        },
        account: StorageAccount {
            id: ACCOUNT.into(),
            name: "contosomedia".into(),
            location: "westeurope".into(),
            kind: "StorageV2".into(),
            sku: "Standard_LRS".into(),
            blob_endpoint: "https://contosomedia.blob.core.windows.net".into(),
            hierarchical: true,
            nfs: false,
            denies_by_default: true,
            trusts_services: false,
            public_network: "SecuredByPerimeter".into(),
            private_endpoints: Some(109),
            shared_key: true,
            provisioning: "Succeeded".into(),
            primary_status: Some("available".into()),
        },
    }
}

fn rules() -> Vec<Rule> {
    vec![
        Rule::Prefix("/films/2026/".into()),
        Rule::Blob { path: "films/with".into(), snapshots: true },
        Rule::Blob { path: "films/without".into(), snapshots: false },
        Rule::Snapshot { path: "films/older".into(), time: "2026-01-02T03:04:05.0000000Z".into() },
    ]
}

fn place() -> TreePlace {
    let key = |kind, path: &str| NodeKey { kind, path: path.into(), time: None };
    TreePlace {
        open: vec![
            key(NodeKind::Account, ""),
            key(NodeKind::Container, "films"),
            key(NodeKind::Folder, "films/2026/"),
            key(NodeKind::Blob, "films/older"),
            NodeKey { time: Some("2026-02-02T03:04:05.0000000Z".into()), ..key(NodeKind::Version, "films/older") },
        ],
        cursor: Some(NodeKey {
            time: Some("2026-01-02T03:04:05.0000000Z".into()),
            ..key(NodeKind::Snapshot, "films/older")
        }),
        line: 7,
    }
}

fn drives() -> DriveAnswers {
    let findings = [
        FindingKind::Archived,
        FindingKind::Rehydrating,
        FindingKind::CustomerKey,
        FindingKind::RefusedName,
        FindingKind::BesideFolder,
        FindingKind::CaseTwins,
        FindingKind::Leased,
        FindingKind::LongPath,
        FindingKind::SoftDeleted,
        FindingKind::Changed,
    ];
    DriveAnswers {
        sizes: "2x8TB + 1x4TB".into(),
        counted: Some(CountedTotals {
            account: "/subscriptions/5a1d/counted".into(),
            rules: vec![Rule::Prefix("/counted/".into())].into(),
            at: at(2),
            complete: true,
            blobs: 101,
            snapshots: 102,
            bytes: 103,
            tiers: Some(TierBytes { cool: 107, cold: 108 }),
            findings: findings.into_iter().zip(1_u64..).collect::<BTreeMap<_, _>>(),
            nothing: vec![1, 3],
            plan: Some(PlannedDrives { sizes: "4TB".into(), drives: 11, jobs: 2, too_large: 5, bytes: Some(104) }),
        }),
    }
}

fn location() -> ChosenLocation {
    ChosenLocation {
        service: ServiceName::DataBox,
        country_code: "BE".into(),
        job_location: LocationName::new("westeurope"),
        ships_to: LocationName::new("northeurope"),
        title: "North Europe".into(),
        address: shipping("preview"),
        carriers: vec!["FedEx".into(), "DHL".into()],
        account_location: LocationName::new("swedencentral"),
    }
}

/// A shipping address whose every line says which it is and of what.
fn shipping(of: &str) -> ShippingAddress {
    let line = |name: &str| format!("{of} {name}");
    ShippingAddress {
        recipient: line("recipient"),
        street1: line("street1"),
        street2: line("street2"),
        city: line("city"),
        state: line("state"),
        postal_code: line("postal code"),
        country: line("country"),
        phone: line("phone"),
        additional: line("additional"),
        street3: line("street3"),
        instruction: line("instruction"),
    }
}

fn address() -> AddressAnswers {
    AddressAnswers {
        address: TypedAddress {
            contact: "Ada Lovelace".into(),
            company: "Analytical Engines".into(),
            street1: "1 Return Street".into(),
            street2: "Floor 2".into(),
            street3: "Gate 3".into(),
            city: "Ghent".into(),
            state: "Flanders".into(),
            postal_code: "9000".into(),
            country: "BE".into(),
            phone: "+32 9 000 00 00".into(),
            emails: "media@contoso.example, ada@contoso.example".into(),
            kind: AddressKind::Commercial,
            tax_number: "BE0123456789".into(),
        },
        shipping: ReturnShipping { carrier: "FedEx".into(), account_number: "510087020".into() },
        confirmed: true,
        for_location: Some(LocationName::new("francecentral")),
    }
}

fn journal() -> Journal {
    Journal {
        create: Some(CreateIntention {
            job: JobAddress {
                service: ServiceName::DataBox,
                subscription: "5a1d".into(),
                resource_group: "rg-jobs".into(),
                name: "media-2026".into(),
            },
            blobs: BlobList::Containers(vec!["films".into(), "stills".into()]),
            intention: Intention { at: at(3), confirmed: true },
            sent: Some(at(4)),
        }),
        list: Some("logs/blobfreight/list.xml".into()),
        ship: Some(Intention { at: at(5), confirmed: false }),
        delete: Some(Intention { at: at(6), confirmed: true }),
        cancel: Some(at(9)),
    }
}

fn job() -> KnownJob {
    let words = [
        "Created",
        "AwaitingShipmentDetails",
        "ShippedToAzureDC",
        "AtAzureDC",
        "DataCopy",
        "PreparingToShipFromAzureDC",
        "ShippedToCustomer",
        "Completed",
        "CompletedWithErrors",
        "Cancelled",
        "Aborted",
        "Mislaid",
    ];
    KnownJob {
        status: JobStatus::of_data_box("Faulted"),
        allows: JobActions { ship: true, cancel: false, delete: true, change_address: false },
        shipping: shipping("job"),
        earlier_address: Some(shipping("earlier")),
        read: at(6),
        created: Some(at(7)),
        seen: words.map(JobStatus::of_data_box).into_iter().zip((10_i8..).map(at)).collect(),
        gone: Some(Gone { seen: at(8), with_group: true }),
        drives: vec![KnownDrive {
            id: "9CA995BB".into(),
            state: "CompletedWithErrors".into(),
            troubled: true,
            bytes: Some(105),
            failed_files: Some(106),
        }],
        back: Some("DHL 106".into()),
        cancel_requested: true,
        asks: true,
    }
}
