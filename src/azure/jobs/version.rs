//! Which api-version of a job service to speak: the newest known one, until the service says that it offers only others.

use std::sync::{Arc, PoisonError, RwLock};

use crate::azure::model::ServiceName;

/// The versions of Microsoft.ImportExport that this program can speak, the preferred one first.
pub(super) const IMPORT_EXPORT: &[&str] = &["2021-01-01", "2020-08-01", "2016-11-01"];

/// The versions of Microsoft.DataBox that this program can speak, the preferred one first. Customer disks came in this range.
pub(super) const DATA_BOX: &[&str] = &["2025-07-01", "2025-02-01", "2023-12-01", "2022-12-01"];

/// Whether this program can speak this version of a service.
pub(crate) fn speaks(service: ServiceName, version: &str) -> bool {
    let spoken = match service {
        ServiceName::ImportExport => IMPORT_EXPORT,
        ServiceName::DataBox => DATA_BOX,
    };
    spoken.contains(&version)
}

/// The version in use; clones share it.
#[derive(Clone)]
pub(super) struct ApiVersion {
    spoken: &'static [&'static str],
    used: Arc<RwLock<Option<&'static str>>>,
}

impl ApiVersion {
    /// Begins with the first of `spoken`.
    pub(super) fn of(spoken: &'static [&'static str]) -> Self {
        Self { spoken, used: Arc::default() }
    }

    pub(super) fn get(&self) -> &'static str {
        let learned = *self.used.read().unwrap_or_else(PoisonError::into_inner);
        learned.or_else(|| self.spoken.first().copied()).unwrap_or_default()
    }

    /// Takes another version from a refusal of `used`; `false` when there is none to try.
    pub(super) fn learn(&self, used: &str, code: Option<&str>, body: &[u8]) -> bool {
        if !code.is_some_and(is_about_versions) {
            return false;
        }
        let Some(offered) = offered(self.spoken, &String::from_utf8_lossy(body), used) else { return false };
        *self.used.write().unwrap_or_else(PoisonError::into_inner) = Some(offered);
        offered != used
    }
}

/// Whether a code refuses the api-version of a request, and nothing else of it.
pub(super) fn is_about_versions(code: &str) -> bool {
    ["InvalidApiVersionParameter", "NoRegisteredProviderFound"].iter().any(|known| code.eq_ignore_ascii_case(known))
}

/// The best version a refusal names as supported; `None` when it names none we speak, or the one just used.
fn offered(spoken: &[&'static str], message: &str, used: &str) -> Option<&'static str> {
    let list = message
        .split_once("supported api-versions")
        .or_else(|| message.split_once("supported versions"))
        .map_or(message, |(_, list)| list);
    let list = list.split_once("supported locations").map_or(list, |(versions, _)| versions);
    let names = |version: &str| list.match_indices(version).any(|(at, _)| !list[at + version.len()..].starts_with('-'));
    if list.len() < message.len() && names(used) {
        return None;
    }
    spoken.iter().copied().find(|version| *version != used && names(version))
}

#[cfg(test)]
mod tests {
    use super::*;

    const REFUSAL: &str = "No registered resource provider found for location 'westus' and API version '2021-01-01' for type 'jobs'. The supported api-versions are ";

    #[test]
    fn the_newest_version_both_sides_speak_is_taken() {
        let version = ApiVersion::of(IMPORT_EXPORT);
        let body =
            format!("{REFUSAL}'2015-01-01, 2016-11-01, 2020-08-01, 2030-01-01'. The supported locations are 'westus'.");
        assert!(version.clone().learn("2021-01-01", Some("NoRegisteredProviderFound"), body.as_bytes()));
        assert_eq!(version.get(), "2020-08-01");
    }

    #[test]
    fn each_service_has_versions_of_its_own() {
        let version = ApiVersion::of(DATA_BOX);
        assert_eq!(version.get(), "2025-07-01");
        let body = "The api-version '2025-07-01' is invalid. The supported versions are '2021-12-01,2022-12-01,2023-12-01,2024-03-01-preview'.";
        assert!(version.learn("2025-07-01", Some("InvalidApiVersionParameter"), body.as_bytes()));
        assert_eq!(version.get(), "2023-12-01");
    }

    #[test]
    fn nothing_is_learned_where_nothing_fits() {
        let version = ApiVersion::of(IMPORT_EXPORT);
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
