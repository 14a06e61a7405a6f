//! The locations of Microsoft.ImportExport: answers of the recorded shape, with streets and cities that do not exist.

use serde_json::{Value, json};

/// What a closed location says in place of its address where no other one takes its drives.
const CLOSED: &str = "Rehearsal only. This location is closed: write to rehearsal@example.invalid with the order name and ask where to send the drives. Send nothing before.";

const ASSET: &str = include_str!("../../assets/rehearsal/locations.json");

/// The locations a simulated Azure knows.
pub(super) struct Locations {
    list: Vec<Value>,
    /// Those that somebody who rehearses has closed, in their short form and in the order of closing.
    closed: Vec<String>,
}

impl Locations {
    /// Reads the built-in list.
    ///
    /// # Errors
    /// Says what is wrong when the built-in file is not a list of locations.
    pub(super) fn built_in() -> Result<Self, String> {
        let file: Value = serde_json::from_str(ASSET).map_err(|e| format!("locations.json: {e}"))?;
        let list = file["value"].as_array().cloned().ok_or("locations.json: no value array")?;
        Ok(Self { list, closed: Vec::new() })
    }

    /// The locations that were closed, in their short form, in the order of closing.
    pub(super) fn closed(&self) -> &[String] {
        &self.closed
    }

    /// The location that takes the drives of a region, in its short form; `None` for a region that nobody knows.
    pub(super) fn receiving(&self, region: &str) -> Option<String> {
        let own = self.find(region)?;
        Some(first_alternate(own).unwrap_or_else(|| short(region)))
    }

    /// Closes the location that takes the drives of a region. Another one of its country takes them, else one that has sent its own drives
    /// there. Where there is none, the location says in place of an address that one has to ask.
    pub(super) fn close(&mut self, region: &str) {
        let Some(here) = self.receiving(region) else { return };
        let instead = self.stands_in_for(&here);
        for location in &mut self.list {
            let is_here = location["name"].as_str().is_some_and(|name| short(name) == here);
            match &instead {
                Some(other) if first_alternate(location).as_deref() == Some(here.as_str()) => {
                    let id = format!("/providers/Microsoft.ImportExport/locations/{other}");
                    location["properties"]["alternateLocations"] = json!([id]);
                }
                None if is_here => {
                    for field in ["streetAddress1", "streetAddress2", "city", "stateOrProvince", "postalCode"] {
                        location["properties"][field] = json!(" ");
                    }
                    location["properties"]["recipientName"] = json!(CLOSED);
                    location["properties"]["additionalShippingInformation"] = json!("");
                }
                _ => {}
            }
        }
        self.closed.push(here);
    }

    /// The location that takes the drives of one that closes, in its short form.
    fn stands_in_for(&self, here: &str) -> Option<String> {
        let text =
            |location: &Value, field: &str| location["properties"][field].as_str().unwrap_or("").trim().to_owned();
        let country = text(self.find(here)?, "countryOrRegion");
        let name = |location: &Value| location["name"].as_str().map(short).filter(|name| name != here);
        let free = |location: &&Value| {
            let usable = !text(location, "streetAddress1").is_empty();
            usable && name(location).is_some_and(|name| !self.closed.contains(&name))
        };
        let is_open = |location: &&Value| name(location) == first_alternate(location);
        let sends_here = |location: &&Value| first_alternate(location).as_deref() == Some(here);
        let same = |location: &&Value| text(location, "countryOrRegion") == country;
        let all = || self.list.iter().filter(free);
        let found = all().find(|location| is_open(location) && same(location));
        let abroad = || all().find(|location| sends_here(location) && !same(location));
        found.or_else(abroad).or_else(|| all().find(sends_here)).and_then(name)
    }

    /// A location by short or display name, in any case.
    pub(super) fn find(&self, name: &str) -> Option<&Value> {
        let wanted = short(name);
        self.list.iter().find(|l| l["name"].as_str().is_some_and(|n| short(n) == wanted))
    }

    /// One location as a given api-version shows it.
    pub(super) fn get(&self, name: &str, version: &str) -> Option<Value> {
        self.find(name).map(|l| dressed(l, version))
    }

    /// All locations as a given api-version shows them.
    pub(super) fn all(&self, version: &str) -> Value {
        json!({ "value": self.list.iter().map(|l| dressed(l, version)).collect::<Vec<_>>() })
    }

    /// Short and display names of all locations.
    pub(super) fn names(&self) -> Vec<(String, String)> {
        self.list.iter().filter_map(|l| l["name"].as_str()).map(|n| (short(n), n.to_owned())).collect()
    }

    /// What a job in this location shows as the address to ship to: that of the first alternate, as the location itself may be closed.
    pub(super) fn shipping_information(&self, name: &str) -> Option<Value> {
        let own = self.find(name)?;
        let open = first_alternate(own).and_then(|short| self.find(&short)).unwrap_or(own);
        let fields = [
            "recipientName",
            "streetAddress1",
            "streetAddress2",
            "city",
            "stateOrProvince",
            "postalCode",
            "countryOrRegion",
            "phone",
        ];
        let mut address = serde_json::Map::new();
        for field in fields {
            if let Some(value) = open["properties"].get(field) {
                address.insert(field.to_owned(), value.clone());
            }
        }
        if let Some(more) = open["properties"].get("additionalShippingInformation") {
            address.insert("additionalInformation".to_owned(), more.clone());
        }
        Some(Value::Object(address))
    }
}

/// The 2016-11-01 answers recorded in 2020 had no `additionalShippingInformation`.
fn dressed(location: &Value, version: &str) -> Value {
    let mut copy = location.clone();
    if version == "2016-11-01"
        && let Some(properties) = copy["properties"].as_object_mut()
    {
        properties.remove("additionalShippingInformation");
    }
    copy
}

/// The short name of the first alternate location, e.g. `westeurope`.
fn first_alternate(location: &Value) -> Option<String> {
    let id = location["properties"]["alternateLocations"][0].as_str()?;
    id.rsplit('/').next().map(short)
}

/// The short form of a location name: lower case, no spaces.
pub(super) fn short(name: &str) -> String {
    name.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect()
}
