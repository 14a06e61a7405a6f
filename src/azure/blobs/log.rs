//! Logs that a service wrote into the account: read as a stream, of any size, and taken up again where the connection broke.

use azure_core::http::Url;
use percent_encoding::percent_decode_str;

use super::request::blob_request;
use crate::azure::{
    Azure,
    fault::{Fault, FaultKind, Retry},
    request::roles::DATA_READER,
    transport::BodyChunks,
    urls,
};

/// How often a broken connection is taken up again before it is given up.
const ATTEMPTS: u32 = 4;

impl Azure {
    /// Calls `on_chunk` with the bytes of a blob that a service names: by its address or by its path in the account, `container/name`.
    /// The request always goes to `endpoint`, by the session's own credential; a signature in the address is left away (Microsoft page:
    /// Get Blob).
    ///
    /// # Errors
    /// `Denied` when the address is on another server than the account's; otherwise as the service answers, or as `on_chunk` says.
    pub async fn each_log_chunk(
        &self,
        endpoint: &str,
        link: &str,
        on_chunk: &mut (dyn FnMut(&[u8]) -> Result<(), Fault> + Send),
    ) -> Result<(), Fault> {
        let tried = format!("read the log {}", link.rsplit('/').next().unwrap_or(link));
        let path = path_in_account(endpoint, link).map_err(|reason| {
            Fault { kind: FaultKind::Denied, retry: Retry::Never, ..Fault::local(tried.as_str(), reason) }
                .advise("Nothing was sent there. Read the log in the portal.")
        })?;
        let segments: Vec<&str> = path.iter().map(String::as_str).collect();
        let mut position = LogPosition::default();
        loop {
            let mut request = blob_request(&tried, DATA_READER, endpoint, &segments, &[])?;
            if let Some(etag) = position.etag.clone().filter(|_| position.byte > 0) {
                // The rest of the same blob: one that was written anew meanwhile is refused.
                request = request.header("x-ms-range", format!("bytes={}-", position.byte)).header("if-match", etag);
            }
            let broken = match self.session.stream_from_storage(request).await {
                Ok(mut chunks) => match position.read(&mut chunks, on_chunk).await? {
                    None => return Ok(()),
                    Some(broken) => broken,
                },
                Err(fault) => fault,
            };
            position.attempt += 1;
            let may_pass = matches!(
                broken.kind,
                FaultKind::Offline | FaultKind::BrokenAnswer | FaultKind::Throttled | FaultKind::Service
            );
            if !may_pass || position.attempt >= ATTEMPTS {
                return Err(broken);
            }
            let pause = self.session.backoff() * position.attempt;
            self.session.pause(pause, position.attempt, &broken.reason).await;
        }
    }
}

/// How far a log was read.
#[derive(Debug, Default)]
struct LogPosition {
    byte: u64,
    /// Entity tag of the blob that is read.
    etag: Option<String>,
    attempt: u32,
}

impl LogPosition {
    /// Reads a response to its end; gives the fault of one that broke.
    async fn read(
        &mut self,
        chunks: &mut BodyChunks,
        on_chunk: &mut (dyn FnMut(&[u8]) -> Result<(), Fault> + Send),
    ) -> Result<Option<Fault>, Fault> {
        if self.byte == 0 {
            self.etag = chunks.header("etag");
        }
        loop {
            match chunks.next().await {
                Ok(Some(bytes)) => {
                    self.byte += bytes.len() as u64;
                    on_chunk(&bytes)?;
                }
                Ok(None) => return Ok(None),
                Err(broken) if self.etag.is_none() && self.byte > 0 => return Err(broken),
                Err(broken) => return Ok(Some(broken)),
            }
        }
    }
}

/// The segments of a blob's path below the account's endpoint.
///
/// # Errors
/// A sentence, when the address is on another server.
fn path_in_account(endpoint: &str, link: &str) -> Result<Vec<String>, String> {
    let link = link.split('?').next().unwrap_or(link).trim();
    let parts = |path: &str| path.split('/').filter(|part| !part.is_empty()).map(str::to_owned).collect::<Vec<_>>();
    if !link.contains("://") {
        return Ok(parts(link));
    }
    let base = Url::parse(endpoint).map_err(|_| format!("`{endpoint}` is not an address"))?;
    let address = Url::parse(link).map_err(|_| "the service's address of it cannot be read".to_owned())?;
    let same_port = address.port().is_none_or(|port| base.port_or_known_default() == Some(port));
    if address.host() != base.host() || !same_port {
        let (there, own) = (urls::host(&address), urls::host(&base));
        return Err(format!("the service says that it is at {there}, and the account is at {own}"));
    }
    let below = address.path().strip_prefix(base.path().trim_end_matches('/')).unwrap_or(address.path());
    let decoded = |part: String| percent_decode_str(&part).decode_utf8_lossy().into_owned();
    Ok(parts(below).into_iter().map(decoded).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn w81_a_log_is_looked_for_at_the_accounts_own_server_only() {
        let own = "https://acct.blob.core.windows.net/";
        let path = |link: &str| path_in_account(own, link).map(|path| path.join("|"));
        for (link, expected) in [
            ("waimportexport/waies/job_WD-1_error.xml", "waimportexport|waies|job_WD-1_error.xml"),
            ("https://acct.blob.core.windows.net/databoxcopylog/a%20b.xml?sv=1&sig=secret", "databoxcopylog|a b.xml"),
            ("http://ACCT.blob.core.windows.net/c/x.xml", "c|x.xml"),
        ] {
            assert_eq!(path(link).as_deref(), Ok(expected));
        }
        for link in [
            "https://acct.blob.core.windows.net.evil.example/c/x",
            "https://evil.example/c/x",
            "https://other.blob.core.windows.net/c/x",
            "https://acct.blob.core.windows.net:8443/c/x",
        ] {
            let refused = path(link).unwrap_err();
            assert!(refused.contains("acct.blob.core.windows.net"), "{refused}");
        }
        let emulator = "http://127.0.0.1:10000/acct";
        assert_eq!(path_in_account(emulator, "http://127.0.0.1:10000/acct/c/a/b").unwrap(), ["c", "a", "b"]);
    }
}
