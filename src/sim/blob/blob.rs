//! The way from a request to its operation on an account, a container or a blob; paths are in path style.

use super::super::auth::{self, TokenAudience};
use super::super::directory::SYNTHETIC_ACCOUNT;
use super::super::response::{Request, Response, decode, uuid};
use super::super::state::SimState;
use super::permission::permitted;
use super::target::{BlobTarget, StorageRefusal};
use super::{lists, read, write};

const SERVICE: &str = "\u{feff}<?xml version=\"1.0\" encoding=\"utf-8\"?><StorageServiceProperties><DeleteRetentionPolicy><Enabled>true</Enabled><Days>7</Days>\
    </DeleteRetentionPolicy></StorageServiceProperties>";

/// Answers everything below an account's endpoint.
pub(crate) fn handle(state: &mut SimState, request: &Request) -> Response {
    if knows_no_such_version(state, request) {
        let why = "The value for one of the HTTP headers is not in the correct format.";
        return dressed(state, request, Response::blob_error(400, "InvalidHeaderValue", why));
    }
    let response = match permitted(state, request) {
        Ok(account) => {
            let rest = request.path.trim_start_matches('/').split_once('/').map_or("", |(_, rest)| rest);
            let (container, blob) = rest.split_once('/').unwrap_or((rest, ""));
            let (container, blob) = (decode(container), decode(blob));
            let target =
                BlobTarget { account: &account.name, container: &container, blob: &blob, hierarchical: account.hns };
            route(state, request, &target)
                .unwrap_or_else(|(status, code, text)| Response::blob_error(status, code, text))
        }
        Err(response) => response,
    };
    dressed(state, request, response)
}

/// Whether the request names a service version that is newer than this service.
fn knows_no_such_version(state: &SimState, request: &Request) -> bool {
    let newest = state.switches.newest_storage_version.as_deref();
    newest.is_some_and(|newest| request.header("x-ms-version") > newest)
}

fn route(state: &mut SimState, request: &Request, target: &BlobTarget) -> Result<Response, StorageRefusal> {
    let comp = request.query("comp").unwrap_or("").to_ascii_lowercase();
    let restype = request.query("restype").unwrap_or("").to_ascii_lowercase();
    let level = if target.container.is_empty() {
        0
    } else if restype == "container" {
        1
    } else {
        2
    };
    // Without a second segment a path names a blob of the root container.
    let in_root = BlobTarget {
        account: target.account,
        container: "$root",
        blob: target.container,
        hierarchical: target.hierarchical,
    };
    let target = if level == 2 && target.blob.is_empty() { &in_root } else { target };
    if target.account == SYNTHETIC_ACCOUNT && request.method != "GET" && request.method != "HEAD" {
        return Err((403, "AuthorizationPermissionMismatch", "The generated account is read-only."));
    }
    match (level, request.method.as_str(), comp.as_str()) {
        (0, "GET", "list") => lists::containers(state, request, target),
        (0, "GET", "properties") => Ok(Response::bytes(200, "application/xml", SERVICE.into())),
        (0, "GET" | "HEAD", _) if restype == "account" => Ok(Response::empty(200)
            .with("x-ms-sku-name", "Standard_LRS")
            .with("x-ms-account-kind", "StorageV2")
            .with("x-ms-is-hns-enabled", target.hierarchical.to_string())),
        (1, "GET", "list") => lists::blobs(state, request, target),
        (1, "GET" | "HEAD", "" | "metadata") => read::container(state, target),
        (1, "PUT", "") => write::create_container(state, request, target),
        (1, "DELETE", "") => write::delete_container(state, target),
        (2, "GET" | "HEAD", "" | "metadata") => read::blob(state, request, target),
        (2, "PUT", "") => write::put(state, request, target),
        (2, "PUT", "block") => write::block(state, request, target),
        (2, "PUT", "blocklist") => write::block_list(state, request, target),
        (2, "PUT", "appendblock") => write::append(state, request, target),
        (2, "PUT", "snapshot") => write::snapshot(state, request, target),
        (2, "PUT", "metadata") => write::metadata(state, request, target),
        (2, "PUT", "tier") => write::tier(state, request, target),
        (2, "DELETE", "") => write::delete(state, request, target),
        _ => Err((400, "UnsupportedHttpVerb", "The simulated Azure does not answer this request.")),
    }
}

/// The response with the headers that Blob storage adds to each.
pub(crate) fn dressed(state: &SimState, request: &Request, response: Response) -> Response {
    let version = match request.header("x-ms-version") {
        "" => "2021-12-02",
        version => version,
    };
    let response = response
        .with("Server", "Windows-Azure-Blob/1.0 Blobfreight-Rehearsal/1.0")
        .with("x-ms-request-id", uuid(&format!("blob {} {}", state.base, state.answered)))
        .with("x-ms-version", version);
    match request.header("x-ms-client-request-id") {
        "" => response,
        client => response.with("x-ms-client-request-id", client),
    }
}

/// A 401 with its challenge.
pub(crate) fn unauthorized(state: &SimState, request: &Request, why: &str) -> Response {
    let response = Response::blob_error(401, "InvalidAuthenticationInfo", why)
        .with("WWW-Authenticate", auth::challenge(state, TokenAudience::Blob));
    dressed(state, request, response)
}
