//! Whether a request may read or write an account: by token, Shared Key or shared access signature.

use super::super::auth::{self, TokenAudience};
use super::super::directory::DirectoryAccount;
use super::super::permissions;
use super::super::response::{Request, Response};
use super::super::state::SimState;
use super::{sas, sharedkey};

/// The account of the request, if the request may use it; else the refusal.
pub(super) fn permitted(state: &SimState, request: &Request) -> Result<DirectoryAccount, Response> {
    let name = request.segments().into_iter().next().unwrap_or_default();
    let Some(account) = state.directory.account(&name) else {
        return Err(Response::blob_error(404, "ResourceNotFound", "The specified resource does not exist."));
    };
    let denied = |status: u16, code: &str, text: &str| Err(Response::blob_error(status, code, text));
    if account.firewall {
        return denied(403, "AuthorizationFailure", "This request is not authorized to perform this operation.");
    }
    let refused = "Server failed to authenticate the request. Make sure the value of Authorization header is formed correctly including the signature.";
    let keys = [state.key(&name, 1), state.key(&name, 2)];
    if let Some(token) = request.bearer_token() {
        return match auth::refusal(token, TokenAudience::Blob) {
            None if !permissions::reads_data(state, account) => denied(
                403,
                "AuthorizationPermissionMismatch",
                "This request is not authorized to perform this operation using this permission.",
            ),
            None => Ok(account.clone()),
            Some(why) => {
                let challenge = auth::challenge(state, TokenAudience::Blob);
                Err(Response::blob_error(401, "InvalidAuthenticationInfo", why).with("WWW-Authenticate", challenge))
            }
        };
    }
    let signed = request.header("authorization").strip_prefix("SharedKey ");
    if signed.is_none() && request.query("sig").is_none() {
        let challenge = auth::challenge(state, TokenAudience::Blob);
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
