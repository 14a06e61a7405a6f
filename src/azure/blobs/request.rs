//! The request for a path below an account's blob endpoint.

use azure_core::http::Url;

use crate::azure::{
    cloud::is_safe,
    fault::{Fault, FaultKind},
    request::{ApiRequest, Audience},
    urls,
};

/// The service version the listing was written against; Azurite takes it as well (Microsoft page: Versioning for Azure Storage).
const VERSION: &str = "2021-12-02";

/// A read of a path below an account's blob endpoint.
pub(super) fn blob_request(
    tried: &str,
    role: &'static str,
    endpoint: &str,
    path: &[&str],
    query: &[(&str, &str)],
) -> Result<ApiRequest, Fault> {
    let refuse = |reason: String| Fault { kind: FaultKind::BadRequest, ..Fault::local(tried, reason) };
    if !is_safe(endpoint) {
        return Err(refuse(format!(
            "`{endpoint}` is not an https:// address; plain http is accepted only for this machine"
        ))
        .advise("Choose the storage account again."));
    }
    let base_url = Url::parse(endpoint).map_err(|_| refuse(format!("`{endpoint}` is not an address")))?;
    let mut url = urls::join(&base_url, path, query).map_err(refuse)?;
    if path.is_empty() && !url.path().ends_with('/') {
        url.set_path(&format!("{}/", base_url.path()));
    }
    let date = jiff::fmt::rfc2822::DateTimePrinter::new().timestamp_to_rfc9110_string(&jiff::Timestamp::now());
    let request = ApiRequest::get(tried, role, Audience::Storage, &base_url, url).header("x-ms-version", VERSION);
    Ok(if let Ok(date) = date { request.header("x-ms-date", date) } else { request })
}

/// The account's name as a person knows it: the first label of the host, or the path's last part in path style.
pub(super) fn account(endpoint: &str) -> String {
    let Ok(url) = Url::parse(endpoint) else { return endpoint.to_owned() };
    let in_path = url.path().trim_matches('/').rsplit('/').next().filter(|part| !part.is_empty());
    let host = url.host_str().unwrap_or(endpoint);
    in_path.or_else(|| host.split('.').next()).unwrap_or(host).to_owned()
}
