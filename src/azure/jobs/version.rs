//! Which api-version of Microsoft.ImportExport to speak: the newest known one, until the service says that it offers only others.

use std::sync::{Arc, PoisonError, RwLock};

/// The versions this program can speak, the preferred one first.
const SPOKEN: [&str; 3] = ["2021-01-01", "2020-08-01", "2016-11-01"];

/// The version in use; clones share it.
#[derive(Clone)]
pub(super) struct ApiVersion(Arc<RwLock<&'static str>>);

impl Default for ApiVersion {
    fn default() -> Self {
        Self(Arc::new(RwLock::new(SPOKEN[0])))
    }
}

impl ApiVersion {
    pub(super) fn get(&self) -> &'static str {
        *self.0.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes another version from a refusal of `used`; `false` when there is none to try.
    pub(super) fn learn(&self, used: &str, code: Option<&str>, body: &[u8]) -> bool {
        let about_versions = ["InvalidApiVersionParameter", "NoRegisteredProviderFound"];
        if !code.is_some_and(|code| about_versions.iter().any(|known| code.eq_ignore_ascii_case(known))) {
            return false;
        }
        let Some(offered) = offered(&String::from_utf8_lossy(body), used) else { return false };
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = offered;
        offered != used
    }
}

/// The best version a refusal names as supported; `None` when it names none we speak, or the one just used.
fn offered(message: &str, used: &str) -> Option<&'static str> {
    let list = message
        .split_once("supported api-versions")
        .or_else(|| message.split_once("supported versions"))
        .map_or(message, |(_, list)| list);
    let list = list.split_once("supported locations").map_or(list, |(versions, _)| versions);
    let names = |version: &str| list.match_indices(version).any(|(at, _)| !list[at + version.len()..].starts_with('-'));
    if list.len() < message.len() && names(used) {
        return None;
    }
    SPOKEN.into_iter().find(|version| *version != used && names(version))
}

#[cfg(test)]
mod tests {
    use super::*;

    const REFUSAL: &str = "No registered resource provider found for location 'westus' and API version '2021-01-01' for type 'jobs'. The supported api-versions are ";

    #[test]
    fn the_newest_version_both_sides_speak_is_taken() {
        let version = ApiVersion::default();
        let body =
            format!("{REFUSAL}'2015-01-01, 2016-11-01, 2020-08-01, 2030-01-01'. The supported locations are 'westus'.");
        assert!(version.clone().learn("2021-01-01", Some("NoRegisteredProviderFound"), body.as_bytes()));
        assert_eq!(version.get(), "2020-08-01");
    }

    #[test]
    fn nothing_is_learned_where_nothing_fits() {
        let version = ApiVersion::default();
        for (code, list) in [
            ("NoRegisteredProviderFound", "'2030-01-01'"),
            ("NoRegisteredProviderFound", "'2021-01-01, 2016-11-01'"),
            ("NoRegisteredProviderFound", "'2016-11-01-preview'"),
            ("BadRequest", "'2016-11-01'"),
        ] {
            assert!(!version.learn("2021-01-01", Some(code), format!("{REFUSAL}{list}").as_bytes()), "{code} {list}");
            assert_eq!(version.get(), "2021-01-01");
        }
    }
}
