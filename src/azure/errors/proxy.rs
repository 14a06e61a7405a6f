//! Which proxy a request goes through, so that a failure can name it: `127.0.0.1:9 (HTTPS_PROXY)`. The transport takes it from the
//! environment or the system. A user name and a password before an `@` are not kept.

use std::fmt;

use azure_core::http::Url;
use hyper_util::client::proxy::matcher::Matcher;

use crate::azure::cloud;

/// The variables the transport looks at for HTTPS, in its order.
const VARIABLES: [[&str; 2]; 2] = [["HTTPS_PROXY", "https_proxy"], ["ALL_PROXY", "all_proxy"]];

/// A proxy and the setting that names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct ProxyInUse {
    /// `host:port`.
    pub(super) host: String,
    /// The environment variable; `None` for the system's settings.
    pub(super) variable: Option<&'static str>,
}

impl ProxyInUse {
    /// The proxy for an address; requests to this machine never go through one.
    pub(super) fn of(url: &Url) -> Option<Self> {
        if cloud::is_this_machine(url) {
            return None;
        }
        let proxy = Matcher::from_system().intercept(&url.as_str().parse().ok()?)?;
        let authority = proxy.uri().authority()?.as_str();
        let host = authority.rsplit('@').next().unwrap_or_default().to_owned();
        Some(Self { host, variable: VARIABLES.into_iter().find_map(first_set) })
    }

    /// The variable to change.
    pub(super) fn setting(&self) -> &'static str {
        self.variable.unwrap_or("HTTPS_PROXY")
    }
}

/// The proxy for an address, in words.
pub(crate) fn proxy_in_use(url: &Url) -> Option<String> {
    ProxyInUse::of(url).map(|proxy| proxy.to_string())
}

/// The first of two spellings counts, also where it is empty.
fn first_set(names: [&'static str; 2]) -> Option<&'static str> {
    let set = names.into_iter().find(|name| std::env::var_os(name).is_some())?;
    std::env::var(set).ok().filter(|value| !value.is_empty()).map(|_| set)
}

impl fmt::Display for ProxyInUse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({})", self.host, self.variable.unwrap_or("the system's settings"))
    }
}
