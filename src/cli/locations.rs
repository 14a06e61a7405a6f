//! `blobfreight locations`: where drives can be shipped. The classic service lists its locations; Data Box names one for the region of the
//! account and the country of the return address.

use clap::Args;
use serde_json::json;

use super::common_args::SessionArgs;
use super::effective_config::EffectiveConfig;
use super::failure::CommandFailure;
use super::headless::Headless;
use super::output::OutputFormat;
use super::print;
use crate::azure::model::{Location, LocationName, LocationQuery, ServiceName};
use crate::ui::text;

/// The arguments of `blobfreight locations`.
#[derive(Clone, Debug, Args)]
pub struct LocationsArgs {
    /// The country of the return address, e.g. BE: asks Azure Data Box, which names one place
    #[arg(long, value_name = "CODE")]
    country: Option<String>,
    /// The region of the storage account, e.g. westeurope
    #[arg(long, value_name = "REGION", requires = "country")]
    region: Option<String>,
    /// The resource group of the storage account
    #[arg(long, short = 'g', value_name = "GROUP", requires = "country")]
    resource_group: Option<String>,
    /// How to ask.
    #[command(flatten)]
    ask: SessionArgs,
}

/// Lists the locations of the classic service, or the place that Data Box names.
///
/// # Errors
/// Region, group or country is missing for Data Box, or the service fails.
pub(super) async fn run(setting: &EffectiveConfig, args: LocationsArgs) -> Result<(), CommandFailure> {
    if let (Some(ServiceName::ImportExport), Some(_)) = (setting.service, &args.country) {
        return Err(CommandFailure::wrong(
            "--country asks Azure Data Box, and --service classic asks the other service: leave out one of them.",
        ));
    }
    let classic = args.country.is_none() && setting.service != Some(ServiceName::DataBox);
    let ask = args.ask;
    let (service, mut query) = match (args.region, args.resource_group, args.country) {
        _ if classic => (ServiceName::ImportExport, LocationQuery::default()),
        (Some(region), Some(resource_group), Some(country)) => {
            let (region, country_code) = (LocationName::new(&region), country.trim().to_uppercase());
            (ServiceName::DataBox, LocationQuery { resource_group, region, country_code, ..LocationQuery::default() })
        }
        _ => {
            return Err(CommandFailure::wrong(
                "Azure Data Box names one place for an account and a country: give --region and --resource-group of the account, and --country.",
            ));
        }
    };
    let session = Headless::sign_in(setting, &ask).await?;
    if service == ServiceName::DataBox {
        query.subscription = session.subscription(&ask).await?;
    }
    let locations = session.azure.jobs(service).locations(&query).await?;
    let json = || locations.iter().map(|location| as_json(service, location)).collect();
    ask.output.list(["LOCATION", "NAME", "SHIPS TO", "CARRIERS"], locations.iter().map(row).collect(), json);
    if ask.output.format() != OutputFormat::Table {
        return Ok(());
    }
    for address in locations.iter().filter(|_| !classic).map(|location| &location.address) {
        for line in address.lines() {
            print::out(&format!("    {}\n", text::clean(&line)));
        }
        if let Some(notice) = address.notice() {
            print::out(&format!("    No address to ship to. The service says: {}\n", text::clean(&notice)));
        }
    }
    Ok(())
}

fn row(location: &Location) -> [String; 4] {
    let ships_to = if location.is_open() { "itself".to_owned() } else { alternates(location).join(", ") };
    [location.title.clone(), location.name.to_string(), ships_to, location.carriers.join(", ")]
}

fn alternates(location: &Location) -> Vec<&str> {
    location.alternates.iter().map(LocationName::as_str).collect()
}

fn as_json(service: ServiceName, location: &Location) -> serde_json::Value {
    json!({
        "service": service.word(),
        "name": location.name.as_str(),
        "title": location.title,
        "open": location.is_open(),
        "alternates": alternates(location),
        "carriers": location.carriers,
        "addressComplete": location.address.is_complete(),
        "address": location.address.lines(),
        "instruction": location.address.notice().unwrap_or_default(),
    })
}
