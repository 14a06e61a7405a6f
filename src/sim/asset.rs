//! Reads the built-in files that are written in TOML.

use serde::de::DeserializeOwned;
use serde_json::Value;

/// Reads a built-in file. It goes through a JSON value, for which there is code anyway: reading each type from TOML would make the program
/// larger by a tenth of a megabyte.
///
/// # Errors
/// Says what is wrong with the file.
pub(super) fn read_asset<T: DeserializeOwned>(name: &str, text: &str) -> Result<T, String> {
    let value: Value = toml::from_str(text).map_err(|error| format!("{name}: {error}"))?;
    serde_json::from_value(value).map_err(|error| format!("{name}: {error}"))
}
