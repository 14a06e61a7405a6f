//! How long the export takes and what is charged for it, as far as a public page says so. A price that depends on the region or on the
//! contract is not computed: the unit stands here, and the page that has the price.

use crate::azure::cloud::Cloud;
use crate::draft::CountedTotals;
use crate::plan::count::{FindingKind, TierBytes};
use crate::wizard::shared::Shared;
use crate::wizard::steps::drives::fits;
use crate::wording::{count, decimal, many};

/// Microsoft's page with the states of a job and the time they take.
const STATUS_PAGE: &str = "learn.microsoft.com/azure/import-export/storage-import-export-view-drive-status";
const DRIVE_PRICES: &str = "azure.microsoft.com/pricing/details/storage-import-export/";
const TRAFFIC_PRICES: &str = "azure.microsoft.com/pricing/details/bandwidth/";
const BLOB_PRICES: &str = "azure.microsoft.com/pricing/details/storage/blobs/";
/// A charge that hot blobs do not have.
const RETRIEVAL: &str = "Data retrieval from the cool and cold tiers, by GB";

/// What the export takes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct JobEstimate {
    /// The parts of the way with their time, in order.
    pub time: Vec<EstimateLine>,
    /// What is charged, by whom and by which unit.
    pub charges: Vec<EstimateLine>,
}

/// A line of the estimate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EstimateLine {
    /// A word or two, e.g. `Copy`.
    pub name: &'static str,
    /// One sentence or two.
    pub words: String,
    /// The page that says so, or that has the price; `None` where another firm decides, e.g. the carrier.
    pub page: Option<&'static str>,
}

/// The estimate for the answers as they are.
pub fn estimate(shared: &Shared) -> JobEstimate {
    let amount = ExportAmount::of(shared);
    JobEstimate { time: time(shared, &amount), charges: charges(shared, &amount) }
}

/// What goes onto the drives, as far as it was counted, each in words.
#[derive(Debug, Default)]
struct ExportAmount {
    bytes: Option<String>,
    drives: Option<String>,
    /// How many blobs are read at least.
    blobs: Option<u64>,
    tiers: String,
    archived: u64,
}

impl ExportAmount {
    fn of(shared: &Shared) -> Self {
        let counted = shared.draft.drives.counted.as_ref().filter(|counted| fits(shared, counted));
        if let Some(counted) = counted {
            return Self::counted(shared, counted);
        }
        let tiers = not_known("it is not counted");
        let Some((_, progress)) = &shared.count.live else { return Self { tiers, ..Self::default() } };
        Self { bytes: Some(format!("at least {}", decimal(progress.bytes))), tiers, ..Self::default() }
    }

    fn counted(shared: &Shared, counted: &CountedTotals) -> Self {
        // Whether Azure Data Box exports snapshots is documented nowhere, and they are counted as if it did.
        let unsure = counted.snapshots > 0 && !shared.draft.service().selects_snapshots();
        let lead = lead(counted.complete, unsure);
        let plan = counted.plan.as_ref();
        let blocked = counted.findings.iter().filter(|(kind, _)| kind.blocks()).map(|(_, count)| *count);
        let left_out = blocked.fold(plan.map_or(0, |plan| plan.too_large), u64::saturating_add);
        let all = if unsure { counted.blobs } else { counted.blobs.saturating_add(counted.snapshots) };
        let bytes = plan.and_then(|plan| plan.bytes).unwrap_or(counted.bytes);
        Self {
            bytes: Some(format!("{lead}{}", decimal(bytes))),
            drives: plan.map(|plan| format!("{lead}{}", many(plan.drives as u64, "drive"))),
            blobs: Some(all.saturating_sub(left_out)),
            tiers: tiers(counted, unsure),
            archived: counted.findings.get(&FindingKind::Archived).copied().unwrap_or_default(),
        }
    }

    fn bytes(&self) -> &str {
        self.bytes.as_deref().unwrap_or("the amount is not counted")
    }
}

/// What stands before an amount; `over` where it may hold more than is exported.
fn lead(complete: bool, over: bool) -> &'static str {
    match (complete, over) {
        (true, false) => "",
        (true, true) => "at most ",
        (false, false) => "at least ",
        (false, true) => "about ",
    }
}

/// What is read from the tiers where that is charged by GB.
fn tiers(counted: &CountedTotals, unsure: bool) -> String {
    let Some(TierBytes { cool, cold }) = counted.tiers else {
        return not_known("the last count did not look at the tiers; count once more");
    };
    let so_far = if counted.complete { "" } else { " so far" };
    if cool == 0 && cold == 0 {
        return format!("{RETRIEVAL}: nothing that was counted{so_far} lies there.");
    }
    // What is too large for any drive is counted, and not read.
    let too_large = counted.plan.as_ref().is_none_or(|plan| plan.too_large > 0);
    let lead = lead(counted.complete, unsure || too_large);
    let amounts = [(cool, "cool"), (cold, "cold")].into_iter().filter(|(bytes, _)| *bytes > 0);
    let words: Vec<String> = amounts.map(|(bytes, tier)| format!("{lead}{} {tier}", decimal(bytes))).collect();
    format!("{RETRIEVAL}: {}.", words.join(", "))
}

fn not_known(why: &str) -> String {
    format!("{RETRIEVAL}: how much is not known, {why}.")
}

fn time(shared: &Shared, amount: &ExportAmount) -> Vec<EstimateLine> {
    let of_service = |name, words| EstimateLine { name, words, page: Some(STATUS_PAGE) };
    let drives = amount.drives.as_ref().map(|drives| format!(" on {drives}")).unwrap_or_default();
    let carrier = shared.draft.address.shipping.carrier.trim();
    let carrier = if carrier.is_empty() { "the carrier" } else { carrier };
    vec![
        of_service(
            "Ship",
            "The days of your carrier. Announce the parcel within two weeks of creating the job, or the service drops the job."
                .to_owned(),
        ),
        of_service("Arrive", "1 to 3 business days from the delivery until the job says so.".to_owned()),
        of_service(
            "Copy",
            format!(
                "Microsoft aims at 7 to 10 days from the arrival and promises no time. Here: {}{drives}.",
                amount.bytes()
            ),
        ),
        EstimateLine { name: "Return", words: format!("The days of {carrier}."), page: None },
    ]
}

fn charges(shared: &Shared, amount: &ExportAmount) -> Vec<EstimateLine> {
    let drives = amount.drives.as_deref().unwrap_or("how many is not known yet");
    let reads = amount.blobs.map_or("one a blob".to_owned(), |blobs| format!("{}, one a blob", count(blobs)));
    let account = shared.draft.address.shipping.carrier.trim();
    let account =
        if account.is_empty() { "your carrier account".to_owned() } else { format!("your account with {account}") };
    let mut charges = vec![
        EstimateLine {
            name: "Drives",
            words: format!("A handling fee, by drive: {drives}."),
            page: Some(DRIVE_PRICES),
        },
        EstimateLine {
            name: "Traffic",
            words: format!("Outgoing traffic, by GB: {}.", amount.bytes()),
            page: Some(TRAFFIC_PRICES),
        },
        EstimateLine {
            name: "Reading",
            words: format!(
                "Read operations, by 10,000: at least {reads}; how many a large one takes is documented nowhere."
            ),
            page: Some(BLOB_PRICES),
        },
        EstimateLine { name: "Tiers", words: amount.tiers.clone(), page: Some(BLOB_PRICES) },
    ];
    if amount.archived > 0 {
        charges.push(EstimateLine {
            name: "Archive",
            words: format!(
                "{} not exported. Moving a blob out of that tier first is charged by GB and by operation.",
                match amount.archived {
                    1 => "1 blob in the archive tier is".to_owned(),
                    several => format!("{} blobs in the archive tier are", count(several)),
                }
            ),
            page: Some(BLOB_PRICES),
        });
    }
    charges.push(EstimateLine {
        name: "Carrier",
        words: format!("Both ways at the carrier's prices: there as you book it, back on {account}."),
        page: None,
    });
    charges.extend(elsewhere(shared));
    charges
}

/// The pages are those of the public cloud, and of real jobs.
fn elsewhere(shared: &Shared) -> Option<EstimateLine> {
    let cloud = shared.draft.sign_in.as_ref().map(|signed_in| signed_in.cloud.as_str())?;
    let words = if shared.draft.rehearsal {
        "This is a rehearsal: nothing is charged. A real job takes this time and is charged so.".to_owned()
    } else if cloud == Cloud::public().name {
        return None;
    } else {
        format!("These pages are those of the public cloud; the prices of {cloud} may stand elsewhere.")
    };
    Some(EstimateLine { name: "Note", words, page: None })
}
