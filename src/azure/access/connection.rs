//! Connection strings as Azure's tools write them (Microsoft page: Configure Azure Storage connection strings).

use secrecy::{ExposeSecret, SecretString};

use super::{AccessError, AccountAccess, Place};

/// The emulator's account and key, the same everywhere and printed in its manual (Microsoft page: Use the Azurite emulator).
const EMULATOR: &str = "devstoreaccount1";
const EMULATOR_KEY: &str = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";
const FROM: &str = "the connection string";

/// Its parts, by name in lower case.
struct Parts<'a>(Vec<(String, &'a str)>);

impl<'a> Parts<'a> {
    fn read(text: &'a str) -> Result<Self, AccessError> {
        let mut parts: Vec<(String, &str)> = Vec::new();
        for (index, part) in text.split(';').map(str::trim).enumerate().filter(|(_, part)| !part.is_empty()) {
            // A part is never shown: it may be the key.
            let Some((name, value)) = part.split_once('=') else {
                return Err(wrong(format!("has no `=` in its part {}", index + 1)));
            };
            let name = name.trim().to_ascii_lowercase();
            if parts.iter().any(|(known, _)| *known == name) {
                return Err(wrong(format!("says something twice (part {})", index + 1)));
            }
            parts.push((name, value.trim()));
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
    let parts = Parts::read(text.expose_secret())?;
    if let Some(emulator) = parts.get("usedevelopmentstorage") {
        if !emulator.eq_ignore_ascii_case("true") {
            return Err(wrong("has `UseDevelopmentStorage` set to something other than true".into()));
        }
        let host = parts.get("developmentstorageproxyuri").unwrap_or("http://127.0.0.1").trim_end_matches('/');
        let place = Place::read(&format!("{host}:10000/{EMULATOR}"))?.0;
        return AccountAccess::keyed(place, None, &EMULATOR_KEY.into(), FROM);
    }
    let (place, own) = Place::read(&parts.endpoint()?)?;
    let sas = parts.get("sharedaccesssignature").map(SecretString::from).or(own);
    match (parts.get("accountkey"), sas) {
        (Some(key), _) => AccountAccess::keyed(place, parts.get("accountname"), &key.into(), FROM),
        (None, Some(sas)) => AccountAccess::signed(place, &sas, FROM),
        (None, None) => Err(wrong("holds neither AccountKey nor SharedAccessSignature".into())),
    }
}

fn wrong(what: String) -> AccessError {
    AccessError::ConnectionString(what)
}
