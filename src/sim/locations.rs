//! The locations of Microsoft.ImportExport: answers of the recorded shape, with streets and cities that do not exist.

use serde_json::{Value, json};

const ASSET: &str = include_str!("../../assets/rehearsal/locations.json");

/// The locations a simulated Azure knows.
pub(super) struct Locations {
    list: Vec<Value>,
}

impl Locations {
    /// Reads the built-in list.
    ///
    /// # Errors
    /// Says what is wrong when the built-in file is not a list of locations.
    pub(super) fn built_in() -> Result<Self, String> {
        let file: Value = serde_json::from_str(ASSET).map_err(|e| format!("locations.json: {e}"))?;
        let list = file["value"].as_array().cloned().ok_or("locations.json: no value array")?;
        Ok(Self { list })
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
        let first = own["properties"]["alternateLocations"][0].as_str().and_then(|id| id.rsplit('/').next());
        let open = first.and_then(|short| self.find(short)).unwrap_or(own);
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

/// The short form of a location name: lower case, no spaces.
pub(super) fn short(name: &str) -> String {
    name.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect()
}
