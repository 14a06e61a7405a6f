//! The country an Azure region stands in: what is known of a shipping location before it shows an address.

use super::country::Country;
use super::find::exact;
use crate::azure::model::LocationName;

/// Country, then starts of region names, parted by blanks (Microsoft page: Azure regions list).
const LINES: &str = "\
US eastus westus centralus northcentralus southcentralus westcentralus usgov usdod ussec usnat southeastus northeastus
CA canada
BR brazil
MX mexico
CL chile
IE northeurope
NL westeurope
GB uk
FR france
DE germany
CH switzerland
NO norway
SE sweden
DK denmark
FI finland
PL poland
IT italy
ES spain
AT austria
BE belgium
GR greece
IL israel
QA qatar
AE uae
SA saudiarabia
ZA southafrica
IN centralindia southindia westindia jioindia indiasouthcentral
JP japan
KR korea
HK eastasia
SG southeastasia
AU australia
NZ newzealand
CN china
TW taiwan
MY malaysia
ID indonesia
";

/// The country of a region, where it is known.
pub fn of_region(region: &LocationName) -> Option<&'static Country> {
    let starts = |names: &str| names.split(' ').any(|name| region.as_str().starts_with(name));
    let code = LINES.lines().filter_map(|line| line.split_once(' ')).find(|(_, names)| starts(names))?.0;
    exact(code)
}

/// The country of a shipping location: that of its address, or without one that of its region.
pub fn of_place(country: &str, region: &LocationName) -> Option<&'static Country> {
    exact(country).or_else(|| of_region(region))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_location_of_the_service_has_a_country() {
        for (region, code) in [
            ("Australia Southeast", "AU"),
            ("East US 2", "US"),
            ("West Central US", "US"),
            ("North Europe", "IE"),
            ("West Europe", "NL"),
            ("UK South", "GB"),
            ("East Asia", "HK"),
            ("Southeast Asia", "SG"),
            ("Korea South", "KR"),
            ("South India", "IN"),
            ("USGov Virginia", "US"),
            ("China East 2", "CN"),
        ] {
            let found = of_region(&LocationName::new(region)).map(|country| country.alpha2);
            assert_eq!(found, Some(code), "{region}");
        }
        assert_eq!(of_region(&LocationName::new("Atlantis")), None);
    }
}
