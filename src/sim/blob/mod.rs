//! Blob storage, path style: who may ask, and the way from a request to its operation.

pub mod content;
mod list;
mod lists;
mod read;
mod sample;
mod sas;
pub mod sharedkey;
pub mod synthetic;
mod write;
mod xml;

use super::arm::bearer;
use super::auth::{self, TokenAudience};
use super::clock::http_date;
use super::directory::{DirectoryAccount, SYNTHETIC_ACCOUNT};
use super::response::{Request, Response, decode, uuid};
use super::state::SimState;

/// A request with its account, container and blob told apart.
pub struct BlobTarget<'t> {
    /// Account name.
    pub account: &'t str,
    /// Container, `""` for the account itself.
    pub container: &'t str,
    /// Blob name, `""` for the container itself.
    pub blob: &'t str,
    /// Hierarchical namespace.
    pub hierarchical: bool,
}

/// A refusal: status, code and message.
pub type StorageRefusal = (u16, &'static str, &'static str);

/// Answers everything below an account's endpoint.
pub fn handle(world: &mut SimState, request: &Request) -> Response {
    let response = match permitted(world, request) {
        Ok(account) => {
            let rest = request.path.trim_start_matches('/').split_once('/').map_or("", |(_, rest)| rest);
            let (container, blob) = rest.split_once('/').unwrap_or((rest, ""));
            let (container, blob) = (decode(container), decode(blob));
            let target =
                BlobTarget { account: &account.name, container: &container, blob: &blob, hierarchical: account.hns };
            route(world, request, &target)
                .unwrap_or_else(|(status, code, text)| Response::blob_error(status, code, text))
        }
        Err(response) => response,
    };
    dressed(world, request, response)
}

/// A reply with the headers Blob storage puts on every answer.
pub fn dressed(world: &SimState, request: &Request, response: Response) -> Response {
    let version = match request.header("x-ms-version") {
        "" => "2021-12-02",
        version => version,
    };
    let response = response
        .with("Server", "Windows-Azure-Blob/1.0 Blobfreight-Rehearsal/1.0")
        .with("x-ms-request-id", uuid(&format!("blob {} {}", world.base, world.answered)))
        .with("x-ms-version", version);
    match request.header("x-ms-client-request-id") {
        "" => response,
        client => response.with("x-ms-client-request-id", client),
    }
}

/// A 401 with its challenge.
pub fn unauthorized(world: &SimState, request: &Request, why: &str) -> Response {
    let response = Response::blob_error(401, "InvalidAuthenticationInfo", why)
        .with("WWW-Authenticate", auth::challenge(world, TokenAudience::Blob));
    dressed(world, request, response)
}

/// An empty page of a list whose continuation is the place where the request began, for the fault of that name.
pub fn empty_page(_world: &SimState, request: &Request) -> Response {
    lists::empty(request)
}

/// The account of a request that may see it.
fn permitted(world: &SimState, request: &Request) -> Result<DirectoryAccount, Response> {
    let name = request.segments().into_iter().next().unwrap_or_default();
    let Some(account) = world.directory.account(&name) else {
        return Err(Response::blob_error(404, "ResourceNotFound", "The specified resource does not exist."));
    };
    let denied = |status: u16, code: &str, text: &str| Err(Response::blob_error(status, code, text));
    if account.firewall {
        return denied(403, "AuthorizationFailure", "This request is not authorized to perform this operation.");
    }
    let refused = "Server failed to authenticate the request. Make sure the value of Authorization header is formed correctly including the signature.";
    let keys = [world.key(&name, 1), world.key(&name, 2)];
    if let Some(token) = bearer(request) {
        return match auth::refusal(token, TokenAudience::Blob) {
            None if !account.data_role => denied(
                403,
                "AuthorizationPermissionMismatch",
                "This request is not authorized to perform this operation using this permission.",
            ),
            None => Ok(account.clone()),
            Some(why) => {
                let challenge = auth::challenge(world, TokenAudience::Blob);
                Err(Response::blob_error(401, "InvalidAuthenticationInfo", why).with("WWW-Authenticate", challenge))
            }
        };
    }
    let signed = request.header("authorization").strip_prefix("SharedKey ");
    if signed.is_none() && request.query("sig").is_none() {
        let challenge = auth::challenge(world, TokenAudience::Blob);
        let text = "Server failed to authenticate the request. Please refer to the information in the www-authenticate header.";
        return Err(Response::blob_error(401, "NoAuthenticationInformation", text).with("WWW-Authenticate", challenge));
    }
    if !account.shared_key {
        return denied(
            403,
            "KeyBasedAuthenticationNotPermitted",
            "Key based authentication is not permitted on this storage account.",
        );
    }
    if let Some(signed) = signed {
        let good = keys.iter().any(|key| signed == format!("{name}:{}", sharedkey::signature(request, &name, key)));
        return if good { Ok(account.clone()) } else { denied(403, "AuthenticationFailed", refused) };
    }
    match sas::refusal(request, &name, &keys) {
        None => Ok(account.clone()),
        Some((code, text)) => denied(403, code, text),
    }
}

fn route(world: &mut SimState, request: &Request, target: &BlobTarget) -> Result<Response, StorageRefusal> {
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
        (0, "GET", "list") => lists::containers(world, request, target),
        (0, "GET", "properties") => Ok(Response::bytes(200, "application/xml", SERVICE.into())),
        (0, "GET" | "HEAD", _) if restype == "account" => Ok(Response::empty(200)
            .with("x-ms-sku-name", "Standard_LRS")
            .with("x-ms-account-kind", "StorageV2")
            .with("x-ms-is-hns-enabled", target.hierarchical.to_string())),
        (1, "GET", "list") => lists::blobs(world, request, target),
        (1, "GET" | "HEAD", "" | "metadata") => read::container(world, target),
        (1, "PUT", "") => write::create_container(world, request, target),
        (1, "DELETE", "") => write::delete_container(world, target),
        (2, "GET" | "HEAD", "" | "metadata") => read::blob(world, request, target),
        (2, "PUT", "") => write::put(world, request, target),
        (2, "PUT", "block") => write::block(world, request, target),
        (2, "PUT", "blocklist") => write::block_list(world, request, target),
        (2, "PUT", "appendblock") => write::append(world, request, target),
        (2, "PUT", "snapshot") => write::snapshot(world, request, target),
        (2, "PUT", "metadata") => write::metadata(world, request, target),
        (2, "PUT", "tier") => write::tier(world, request, target),
        (2, "DELETE", "") => write::delete(world, request, target),
        _ => Err((400, "UnsupportedHttpVerb", "The simulated Azure does not answer this request.")),
    }
}

const SERVICE: &str = "\u{feff}<?xml version=\"1.0\" encoding=\"utf-8\"?><StorageServiceProperties><DeleteRetentionPolicy><Enabled>true</Enabled><Days>7</Days>\
    </DeleteRetentionPolicy></StorageServiceProperties>";

/// A reply with the entity tag and date of something.
fn stamped(response: Response, etag: &str, modified: jiff::Timestamp) -> Response {
    response.with("ETag", format!("\"{etag}\"")).with("Last-Modified", http_date(modified))
}

const NO_CONTAINER: StorageRefusal = (404, "ContainerNotFound", "The specified container does not exist.");
const NO_BLOB: StorageRefusal = (404, "BlobNotFound", "The specified blob does not exist.");
