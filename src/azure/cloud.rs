//! The clouds an account can live in: where to sign in, where Azure Resource Manager answers. Data only; nothing here connects.

use serde::{Deserialize, Serialize};

/// One Azure cloud: the endpoints a session talks to.
///
/// `arm` and `authority` are absolute URLs without a trailing slash. HTTPS, or HTTP to a loopback address only
/// (the simulated Azure and emulators); [`Cloud::refusal`] checks this.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cloud {
    /// Name used in the configuration file and on screen, e.g. `public`.
    pub name: String,
    /// Azure Resource Manager endpoint, e.g. `https://management.azure.com`.
    pub arm: String,
    /// Microsoft Entra authority, e.g. `https://login.microsoftonline.com`.
    pub authority: String,
    /// Blob endpoint that replaces the one an account reports; `None` everywhere but in emulators.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub blob: Option<String>,
    /// Hosts or suffixes of hosts, e.g. `blob.lab.example`, that the configuration allows the storage token to be sent to, beside the
    /// cloud's own.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub storage_hosts: Vec<String>,
}

impl Cloud {
    /// The worldwide Azure cloud.
    pub fn public() -> Self {
        Self::named("public", "https://management.azure.com", "https://login.microsoftonline.com")
    }

    /// Azure US Government.
    pub fn us_government() -> Self {
        Self::named("us-government", "https://management.usgovcloudapi.net", "https://login.microsoftonline.us")
    }

    /// Microsoft Azure operated by 21Vianet, in China.
    pub fn china() -> Self {
        Self::named("china", "https://management.chinacloudapi.cn", "https://login.chinacloudapi.cn")
    }

    /// The clouds every installation knows, in the order they are offered.
    pub fn built_in() -> Vec<Self> {
        vec![Self::public(), Self::us_government(), Self::china()]
    }

    fn named(name: &str, arm: &str, authority: &str) -> Self {
        Self { name: name.into(), arm: arm.into(), authority: authority.into(), blob: None, storage_hosts: Vec::new() }
    }

    /// The name on screen.
    pub fn title(&self) -> &str {
        match self.name.as_str() {
            "public" => "Azure (public)",
            "us-government" => "Azure US Government",
            "china" => "Azure China (21Vianet)",
            "rehearsal" => "Rehearsal (simulated Azure)",
            other => other,
        }
    }

    /// The address of a resource in the portal of this cloud (Microsoft pages: Azure Government and Azure China endpoints); `None` for a
    /// cloud whose portal is not known. `tenant` is the directory it is opened in.
    pub fn portal_link(&self, tenant: Option<&str>, id: &str) -> Option<String> {
        let host = match self.name.as_str() {
            "public" => "portal.azure.com",
            "us-government" => "portal.azure.us",
            "china" => "portal.azure.cn",
            _ => return None,
        };
        let tenant = tenant.filter(|tenant| tenant.chars().all(|c| c.is_ascii_alphanumeric() || "-.".contains(c)));
        let of = tenant.map(|tenant| format!("@{tenant}")).unwrap_or_default();
        let safe = |c: char| c.is_ascii_alphanumeric() || "/-_.()".contains(c);
        (id.starts_with('/') && id.chars().all(safe)).then(|| format!("https://{host}/#{of}/resource{id}"))
    }

    /// The OAuth 2.0 scope of Azure Resource Manager in this cloud.
    pub fn arm_scope(&self) -> String {
        format!("{}/.default", self.arm.trim_end_matches('/'))
    }

    /// The OAuth 2.0 scope of Blob storage, the same in every cloud.
    pub fn storage_scope() -> &'static str {
        "https://storage.azure.com/.default"
    }

    /// The suffixes of the blob hosts in this cloud (Microsoft pages: Storage account overview, Azure Government and
    /// Azure China endpoints); those of other clouds are for the configuration to name.
    fn blob_suffixes(&self) -> &'static [&'static str] {
        match self.name.as_str() {
            "public" => &["blob.core.windows.net", "blob.storage.azure.net"],
            "us-government" => &["blob.core.usgovcloudapi.net"],
            "china" => &["blob.core.chinacloudapi.cn"],
            _ => &[],
        }
    }

    /// Whether an endpoint is one of this cloud's blob hosts or one that the configuration names. An endpoint that Azure Resource
    /// Manager reports is not enough to send it a token.
    pub fn has_blob_host(&self, endpoint: &url::Url) -> bool {
        let named = [Some(&self.arm), self.blob.as_ref()].into_iter().flatten();
        if named.filter_map(|url| url::Url::parse(url).ok()).any(|url| url.origin() == endpoint.origin()) {
            return true;
        }
        let Some(host) = endpoint.host_str().map(|host| host.trim_end_matches('.').to_ascii_lowercase()) else {
            return false;
        };
        let below = |suffix: &str| host.strip_suffix(suffix).is_some_and(|account| account.ends_with('.'));
        let own = endpoint.scheme() == "https" && self.blob_suffixes().iter().any(|suffix| below(suffix));
        own || self
            .storage_hosts
            .iter()
            .map(|named| named.to_ascii_lowercase())
            .any(|named| host == named || below(&named))
    }

    /// Whether the storage token must not be sent to a blob endpoint until a person allows it. A person cannot allow an address that
    /// is not safe.
    pub fn is_foreign(&self, endpoint: &str) -> bool {
        url::Url::parse(endpoint).is_ok_and(|endpoint| is_safe_url(&endpoint) && !self.has_blob_host(&endpoint))
    }

    /// Why this cloud may not be used, as one sentence, or `None` when it may.
    pub fn refusal(&self) -> Option<String> {
        [("arm", Some(&self.arm)), ("authority", Some(&self.authority)), ("blob", self.blob.as_ref())]
            .into_iter()
            .filter_map(|(key, url)| Some((key, url?)))
            .find(|(_, url)| !is_safe(url))
            .map(|(key, url)| {
                format!("`{key} = \"{url}\"` is not an https:// address; plain http is accepted only for this machine (127.0.0.1, [::1], localhost)")
            })
    }
}

/// Scheme, host and port of an address, so that two spellings of a server are one, e.g. `https://blob.lab.example:8443`.
pub fn server(address: &url::Url) -> String {
    address.origin().ascii_serialization()
}

/// Whether a secret may be sent to `address`: HTTPS anywhere, HTTP to this machine only.
pub fn is_safe(address: &str) -> bool {
    url::Url::parse(address).is_ok_and(|url| is_safe_url(&url))
}

fn is_safe_url(url: &url::Url) -> bool {
    match url.scheme() {
        "https" => url.host().is_some(),
        "http" => is_this_machine(url),
        _ => false,
    }
}

/// Whether an address is of this machine: a loopback address, `localhost`, or any name below it (RFC 6761, section 6.3).
pub fn is_this_machine(url: &url::Url) -> bool {
    match url.host() {
        Some(url::Host::Ipv4(ip)) => ip.is_loopback(),
        Some(url::Host::Ipv6(ip)) => ip.is_loopback(),
        Some(url::Host::Domain(name)) => {
            let name = name.trim_end_matches('.').to_ascii_lowercase();
            name == "localhost" || name.ends_with(".localhost")
        }
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_http_is_for_this_machine_only() {
        for safe in [
            "https://management.azure.com",
            "http://127.0.0.1:10000/dev",
            "http://[::1]:1",
            "http://localhost:8080",
            "http://devstoreaccount1.blob.localhost:10000",
            "http://LOCALHOST.:1",
        ] {
            assert!(is_safe(safe), "{safe} should be usable");
        }
        for unsafe_address in [
            "http://management.azure.com",
            "http://127.0.0.1.example.com",
            "http://localhost.example.com",
            "http://notlocalhost",
            "ftp://127.0.0.1",
            "management.azure.com",
            "",
        ] {
            assert!(!is_safe(unsafe_address), "{unsafe_address} must be refused");
        }
    }

    #[test]
    fn blob_hosts_are_the_clouds_own_or_named_in_the_configuration() {
        let url = |text: &str| url::Url::parse(text).unwrap();
        let public = Cloud::public();
        for own in [
            "https://acct.blob.core.windows.net/",
            "https://ACCT-secondary.blob.core.windows.net",
            "https://acct.z01.blob.storage.azure.net/",
        ] {
            assert!(public.has_blob_host(&url(own)), "{own}");
        }
        for other in [
            "https://evil.example/",
            "https://blob.core.windows.net.evil.example",
            "https://xblob.core.windows.net",
            "https://acct.blob.core.windows.net.",
            "https://acct.file.core.windows.net",
            "https://acct.blob.core.usgovcloudapi.net",
            "http://acct.blob.core.windows.net",
            "http://127.0.0.1:10000/acct",
        ] {
            let own = other.ends_with("windows.net.");
            assert_eq!(public.has_blob_host(&url(other)), own, "{other}");
        }
        let named = Cloud { storage_hosts: vec!["blob.lab.example".into()], ..Cloud::public() };
        assert!(named.has_blob_host(&url("https://acct.blob.lab.example")));
        assert!(named.has_blob_host(&url("https://blob.lab.example/acct")));
        assert!(!named.has_blob_host(&url("https://acctblob.lab.example")));
        assert!(Cloud::us_government().has_blob_host(&url("https://a.blob.core.usgovcloudapi.net")));
        assert!(Cloud::china().has_blob_host(&url("https://a.blob.core.chinacloudapi.cn")));
    }

    #[test]
    fn every_built_in_cloud_is_usable_and_asks_for_its_own_arm() {
        for cloud in Cloud::built_in() {
            assert_eq!(cloud.refusal(), None, "{}", cloud.name);
            assert!(cloud.arm_scope().starts_with(&cloud.arm));
        }
        assert_eq!(Cloud::china().arm_scope(), "https://management.chinacloudapi.cn/.default");
    }
}
