//! Connection strings as Azure's tools write them (Microsoft page: Configure Azure Storage connection strings).

use secrecy::{ExposeSecret, SecretString};

use super::{AccessError, AccountAccess, endpoint::AccountEndpoint, pasted};

/// The emulator's account and key, the same everywhere and printed in its manual (Microsoft page: Use the Azurite emulator).
const EMULATOR: &str = "devstoreaccount1";
pub(super) const EMULATOR_KEY: &str =
    "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";
/// The fields that name a storage account and its credential.
const FIELD_NAMES: [&str; 7] = [
    "DefaultEndpointsProtocol",
    "AccountName",
    "AccountKey",
    "EndpointSuffix",
    "BlobEndpoint",
    "SharedAccessSignature",
    "UseDevelopmentStorage",
];
const SOURCE: &str = "the connection string";

/// The fields by name, in lower case.
struct ConnectionFields<'a>(Vec<(String, &'a str)>);

impl<'a> ConnectionFields<'a> {
    fn read(text: &'a str) -> Result<Self, AccessError> {
        let mut fields: Vec<(String, &str)> = Vec::new();
        for (index, field) in text
            .split(';')
            .map(|field| field.trim_matches(['"', '\'', ' ']))
            .enumerate()
            .filter(|(_, field)| !field.is_empty())
        {
            // A part is never shown: it may be the key.
            let Some((name, value)) = field.split_once('=') else {
                return Err(invalid(format!("has no `=` in its part {}", index + 1)));
            };
            let name = name.trim().to_ascii_lowercase();
            if fields.iter().any(|(known, _)| *known == name) {
                return Err(invalid(format!("says something twice (part {})", index + 1)));
            }
            fields.push((name, value.trim_matches(['"', '\'', ' '])));
        }
        Ok(Self(fields))
    }

    fn get(&self, name: &str) -> Option<&'a str> {
        self.0.iter().find(|(known, _)| known == name).map(|(_, value)| *value).filter(|value| !value.is_empty())
    }

    /// `BlobEndpoint`, or the endpoint that follows from the account's name.
    fn endpoint(&self) -> Result<String, AccessError> {
        if let Some(endpoint) = self.get("blobendpoint") {
            return Ok(endpoint.to_owned());
        }
        let account =
            self.get("accountname").ok_or_else(|| invalid("names no account (AccountName or BlobEndpoint)".into()))?;
        let protocol = self.get("defaultendpointsprotocol").unwrap_or("https");
        let suffix = self.get("endpointsuffix").unwrap_or("core.windows.net");
        Ok(format!("{protocol}://{account}.blob.{suffix}"))
    }
}

impl AccountAccess {
    /// The account of a connection string (Microsoft page: Configure Azure Storage connection strings).
    ///
    /// # Errors
    /// It cannot be read, names no account, or holds neither key nor signature.
    pub fn from_connection_string(text: &SecretString) -> Result<Self, AccessError> {
        let text = without_label(&join_lines(text.expose_secret()));
        let fields = ConnectionFields::read(&text)?;
        if let Some(emulator) = fields.get("usedevelopmentstorage") {
            if !emulator.eq_ignore_ascii_case("true") {
                return Err(invalid("has `UseDevelopmentStorage` set to something other than true".into()));
            }
            let host = fields.get("developmentstorageproxyuri").unwrap_or("http://127.0.0.1").trim_end_matches('/');
            let endpoint = AccountEndpoint::read(&format!("{host}:10000/{EMULATOR}"))?.0;
            return AccountAccess::from_key(endpoint, None, &EMULATOR_KEY.into(), SOURCE);
        }
        let (endpoint, sas_in_address) = AccountEndpoint::read(&fields.endpoint()?)?;
        let sas = fields.get("sharedaccesssignature").map(SecretString::from).or(sas_in_address);
        match (fields.get("accountkey"), sas) {
            (Some(key), _) => AccountAccess::from_key(endpoint, fields.get("accountname"), &key.into(), SOURCE),
            (None, Some(sas)) => AccountAccess::from_sas(endpoint, &sas, SOURCE),
            (None, None) => Err(invalid("holds neither AccountKey nor SharedAccessSignature".into())),
        }
    }
}

/// One line: a line that begins with the name of a part begins one, any other goes on where the one before it broke.
fn join_lines(text: &str) -> String {
    let begins = |line: &str| {
        let name = line.split('=').next().unwrap_or_default().trim();
        FIELD_NAMES.iter().any(|known| known.eq_ignore_ascii_case(name))
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

fn invalid(what: String) -> AccessError {
    AccessError::ConnectionString(what)
}
