//! `blobfreight locations`: where drives can be shipped, as the classic service lists it. Data Box names one for a region and a country.

use serde_json::json;

use super::common_args::SessionArgs;
use super::effective_config::EffectiveConfig;
use super::failure::CommandFailure;
use super::headless::Headless;
use super::print;
use crate::azure::model::{Location, LocationName, LocationQuery, ServiceName};

/// Lists the locations.
///
/// # Errors
/// As the service answers.
pub(super) async fn run(setting: &EffectiveConfig, ask: &SessionArgs) -> Result<(), CommandFailure> {
    if setting.service == Some(ServiceName::DataBox) {
        return Err(CommandFailure::wrong(
            "Azure Data Box has no list of locations: it names one place for a region and a country, which the wizard shows.",
        ));
    }
    let session = Headless::sign_in(setting, ask).await?;
    let locations = session.azure.jobs(ServiceName::ImportExport).locations(&LocationQuery::default()).await?;
    if ask.json {
        print::json(&locations.iter().map(as_json).collect());
    } else {
        print::table(["LOCATION", "NAME", "SHIPS TO", "CARRIERS"], locations.iter().map(row).collect());
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

fn as_json(location: &Location) -> serde_json::Value {
    json!({
        "name": location.name.as_str(),
        "title": location.title,
        "open": location.is_open(),
        "alternates": alternates(location),
        "carriers": location.carriers,
        "addressComplete": location.address.is_complete(),
        "address": location.address.lines(),
    })
}
