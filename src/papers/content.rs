//! What the papers say: made of the draft, every text of the service cleaned. Without the job's own complete address there are none.

use crate::azure::model::{JobState, ServiceName};
use crate::characters::{is_invisible, is_noncharacter};
use crate::draft::Draft;
use crate::form::{country, serials};

/// What packing slip and label say. Every text is on one line and holds nothing that cannot be printed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Papers {
    /// The job's name.
    pub job: String,
    /// Its resource group.
    pub resource_group: String,
    /// The service, e.g. `Azure Data Box`.
    pub service: &'static str,
    /// Where to ship, line by line, as the job itself says.
    pub ship_to: Vec<String>,
    /// What the datacenter wants to be known beside its address.
    pub hint: Option<String>,
    /// The address that the drives go back to, line by line.
    pub back_to: Vec<String>,
    /// Telephone and e-mail addresses of the person who receives them.
    pub contact: Vec<String>,
    /// Carrier of the way back and the customer's account with it.
    pub back_with: Option<String>,
    /// Carrier and tracking number of the way to Microsoft.
    pub sent_with: Option<String>,
    /// The day it leaves.
    pub ship_date: Option<String>,
    /// Serial numbers of the drives.
    pub serials: Vec<String>,
    /// How many drives are in the parcel, where that is known.
    pub drives: Option<usize>,
    /// The way crosses a border: from this country to that one.
    pub border: Option<(String, String)>,
    /// Made in a rehearsal: nothing may be shipped.
    pub rehearsal: bool,
}

/// Why there are no papers. `Display` is a sentence for the person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoPapers {
    /// There is no job.
    NoJob,
    /// The job is gone.
    Gone,
    /// The service still prepares the job.
    TooEarly,
    /// The job takes no drives any more.
    Over,
    /// Cancelling the job was asked for, or may have been.
    Cancelling,
    /// The service names no street.
    NoAddress,
}

impl std::fmt::Display for NoPapers {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::NoJob => "There are no papers before the job is created: its address is on them.",
            Self::Gone => "There are no papers: the job is gone, and nothing may be shipped for it.",
            Self::TooEarly => "There are no papers yet: the service is still preparing the job.",
            Self::Over => "There are no papers: the job takes no drives any more.",
            Self::Cancelling => {
                "There are no papers: cancelling the job was asked for or may have been, and nothing may be shipped for it."
            }
            Self::NoAddress => {
                "There are no papers: the job names no street to ship to. Do what it says instead of an address, then read the job again."
            }
        })
    }
}

impl Papers {
    /// The papers of a draft's parcel.
    ///
    /// # Errors
    /// Why there are none: no paper has an address that nobody may ship to.
    pub fn of(draft: &Draft) -> Result<Self, NoPapers> {
        let (known, address) = draft.job.as_ref().zip(draft.job_address()).ok_or(NoPapers::NoJob)?;
        match known.status.state {
            _ if known.gone.is_some() => return Err(NoPapers::Gone),
            _ if draft.cancellation().is_some() => return Err(NoPapers::Cancelling),
            JobState::Preparing => return Err(NoPapers::TooEarly),
            JobState::AwaitingShipment | JobState::Shipped => {}
            _ => return Err(NoPapers::Over),
        }
        if !known.shipping.is_complete() || !known.shipping.instruction.trim().is_empty() {
            return Err(NoPapers::NoAddress);
        }
        let typed = &draft.address.address;
        let (shipping, parcel) = (&draft.address.shipping, &draft.parcel);
        let serials = serials::read(&parcel.serials);
        let drives = parcel.drive_count.trim().parse().ok().or((!serials.is_empty()).then_some(serials.len()));
        let city = [&typed.postal_code, &typed.city, &typed.state].map(|part| clean(part)).join(" ");
        let country =
            country::exact(&typed.country).map_or_else(|| typed.country.clone(), |found| found.name.to_owned());
        let lines = [&typed.company, &typed.contact, &typed.street1, &typed.street2, &typed.street3];
        let lines = lines.map(|line| clean(line)).into_iter().chain([clean(&city), clean(&country)]);
        Ok(Self {
            job: clean(&address.name),
            resource_group: clean(&address.resource_group),
            service: match address.service {
                ServiceName::DataBox => "Azure Data Box, export on own disks",
                ServiceName::ImportExport => "Azure Import/Export, export",
            },
            ship_to: known.shipping.lines().iter().map(|line| clean(line)).collect(),
            hint: Some(clean(&known.shipping.additional)).filter(|hint| !hint.is_empty()),
            back_to: lines.filter(|line| !line.is_empty()).collect(),
            contact: [&typed.phone, &typed.emails]
                .map(|part| clean(part))
                .into_iter()
                .filter(|part| !part.is_empty())
                .collect(),
            back_with: joined(&shipping.carrier, "account", &shipping.account_number),
            sent_with: joined(&parcel.carrier, "tracking number", &parcel.tracking_number),
            ship_date: Some(clean(&parcel.ship_date)).filter(|date| !date.is_empty()),
            serials,
            drives,
            border: border(&country, &known.shipping.country),
            rehearsal: draft.rehearsal,
        })
    }

    /// What customs asks: what is in the parcel and why it crosses the border. What only the sender knows is left open.
    pub fn customs(&self) -> Option<Vec<String>> {
        let (from, to) = self.border.as_ref()?;
        let drives = self.drives.map_or_else(
            || "Computer storage drives".to_owned(),
            |count| match count {
                1 => "1 computer storage drive".to_owned(),
                count => format!("{count} computer storage drives"),
            },
        );
        Some(vec![
            format!("From {from} to {to}, and the same drives back."),
            format!("{drives} (SATA hard disks or solid-state drives), used, bare, without batteries."),
            "Sent to be written with the sender's own data and returned to the sender; not for sale.".to_owned(),
            "Tariff number (hard disks usually 8471.70, solid-state drives 8523.51; ask the carrier): ____________"
                .to_owned(),
            "Value of the drives for customs, with currency: ____________".to_owned(),
            "Country of manufacture: ____________".to_owned(),
        ])
    }
}

/// The country left and the country entered, where they differ. Unknown countries are compared as they are written.
fn border(from: &str, to: &str) -> Option<(String, String)> {
    // The service writes some names with their code: `Netherlands (NL)`.
    let bare = |name: &str| name.split(" (").next().unwrap_or(name).trim().to_owned();
    let code = |name: &str| {
        country::exact(&bare(name)).map_or_else(|| name.to_lowercase(), |found| found.alpha2.to_lowercase())
    };
    let (from, to) = (clean(from), clean(to));
    (!from.is_empty() && !to.is_empty() && code(&from) != code(&to)).then_some((from, to))
}

/// `FedEx, account 510087020`; `None` without a carrier.
fn joined(carrier: &str, word: &str, number: &str) -> Option<String> {
    let (carrier, number) = (clean(carrier), clean(number));
    match (carrier.is_empty(), number.is_empty()) {
        (true, _) => None,
        (false, true) => Some(carrier),
        (false, false) => Some(format!("{carrier}, {word} {number}")),
    }
}

/// A text on one line, without characters that nobody sees.
fn clean(text: &str) -> String {
    let seen = |c: &char| !c.is_control() && !is_invisible(*c) && !is_noncharacter(*c);
    let words: Vec<String> = text.split_whitespace().map(|word| word.chars().filter(seen).collect()).collect();
    words.iter().filter(|word| !word.is_empty()).map(String::as_str).collect::<Vec<_>>().join(" ")
}
