//! Connection strings as Azure's tools write them (Microsoft page: Configure Azure Storage connection strings).

use secrecy::{ExposeSecret, SecretString};

use super::{AccessError, AccountAccess, AccountEndpoint, pasted};

/// The emulator's account and key, the same everywhere and printed in its manual (Microsoft page: Use the Azurite emulator).
const EMULATOR: &str = "devstoreaccount1";
pub(super) const EMULATOR_KEY: &str =
    "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";
/// The parts that say where a Blob account is and what opens it.
const NAMES: [&str; 7] = [
    "DefaultEndpointsProtocol",
    "AccountName",
    "AccountKey",
    "EndpointSuffix",
    "BlobEndpoint",
    "SharedAccessSignature",
    "UseDevelopmentStorage",
];
const FROM: &str = "the connection string";

/// Its parts, by name in lower case.
struct ConnectionFields<'a>(Vec<(String, &'a str)>);

impl<'a> ConnectionFields<'a> {
    fn read(text: &'a str) -> Result<Self, AccessError> {
        let mut parts: Vec<(String, &str)> = Vec::new();
        for (index, part) in text
            .split(';')
            .map(|part| part.trim_matches(['"', '\'', ' ']))
            .enumerate()
            .filter(|(_, part)| !part.is_empty())
        {
            // A part is never shown: it may be the key.
            let Some((name, value)) = part.split_once('=') else {
                return Err(wrong(format!("has no `=` in its part {}", index + 1)));
            };
            let name = name.trim().to_ascii_lowercase();
            if parts.iter().any(|(known, _)| *known == name) {
                return Err(wrong(format!("says something twice (part {})", index + 1)));
            }
            parts.push((name, value.trim_matches(['"', '\'', ' '])));
        }
        Ok(Self(parts))
    }

    fn get(&self, name: &str) -> Option<&'a str> {
        self.0.iter().find(|(known, _)| known == name).map(|(_, value)| *value).filter(|value| !value.is_empty())
    }

    /// The endpoint it names, or the one that follows from the account's name.
    fn endpoint(&self) -> Result<String, AccessError> {
        if let Some(endpoint) = self.get("blobendpoint") {
            return Ok(endpoint.to_owned());
        }
        let account =
            self.get("accountname").ok_or_else(|| wrong("names no account (AccountName or BlobEndpoint)".into()))?;
        let protocol = self.get("defaultendpointsprotocol").unwrap_or("https");
        let suffix = self.get("endpointsuffix").unwrap_or("core.windows.net");
        Ok(format!("{protocol}://{account}.blob.{suffix}"))
    }
}

pub(super) fn read(text: &SecretString) -> Result<AccountAccess, AccessError> {
    let text = without_label(&joined(text.expose_secret()));
    let parts = ConnectionFields::read(&text)?;
    if let Some(emulator) = parts.get("usedevelopmentstorage") {
        if !emulator.eq_ignore_ascii_case("true") {
            return Err(wrong("has `UseDevelopmentStorage` set to something other than true".into()));
        }
        let host = parts.get("developmentstorageproxyuri").unwrap_or("http://127.0.0.1").trim_end_matches('/');
        let place = AccountEndpoint::read(&format!("{host}:10000/{EMULATOR}"))?.0;
        return AccountAccess::keyed(place, None, &EMULATOR_KEY.into(), FROM);
    }
    let (place, own) = AccountEndpoint::read(&parts.endpoint()?)?;
    let sas = parts.get("sharedaccesssignature").map(SecretString::from).or(own);
    match (parts.get("accountkey"), sas) {
        (Some(key), _) => AccountAccess::keyed(place, parts.get("accountname"), &key.into(), FROM),
        (None, Some(sas)) => AccountAccess::signed(place, &sas, FROM),
        (None, None) => Err(wrong("holds neither AccountKey nor SharedAccessSignature".into())),
    }
}

/// One line: a line that begins with the name of a part begins one, any other goes on where the one before it broke.
fn joined(text: &str) -> String {
    let begins = |line: &str| {
        let name = line.split('=').next().unwrap_or_default().trim();
        NAMES.iter().any(|known| known.eq_ignore_ascii_case(name))
    };
    let lines = text.lines().map(str::trim).map(|line| if begins(line) { format!(";{line}") } else { line.to_owned() });
    pasted::unwrapped(&lines.collect::<String>())
}

/// Without `export`, and without the variable's or the setting's name in front.
fn without_label(text: &str) -> String {
    let (label, rest) = text.split_once('=').unwrap_or((text, ""));
    let label = label.to_ascii_lowercase().replace('_', "");
    if label.trim().ends_with("connectionstring") { pasted::unwrapped(rest) } else { text.to_owned() }
}

fn wrong(what: String) -> AccessError {
    AccessError::ConnectionString(what)
}
