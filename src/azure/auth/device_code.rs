//! Sign-in by device code (RFC 8628): a code that the person types on a page, on any machine.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

use super::{
    config::signed_out,
    oauth_failure::OAuthFailure,
    prompter::Prompter,
    public_client::{PublicClient, RequestedToken, TokenSet},
};
use crate::azure::{cloud::is_safe, errors::clean, model::SignInPrompt};

/// Tells address and code, and asks the authority until the person has signed in. The code may expire before.
pub(super) async fn sign_in(
    client: &PublicClient,
    second: Duration,
    wanted: RequestedToken<'_>,
    prompter: &Prompter<'_>,
) -> Result<TokenSet, OAuthFailure> {
    let codes = client.device_codes(wanted).await?;
    let address = clean(codes.verification_uri().as_str());
    if !is_safe(&address) {
        let fault = signed_out(&client.tried, format!("the authority names the page {address}, which is not https"));
        return Err(fault.into());
    }
    let life = SignedDuration::try_from(codes.expires_in()).unwrap_or_default();
    let now = Timestamp::now();
    let until = now.checked_add(life).unwrap_or(now);
    let prompt = SignInPrompt::DeviceCode { address, code: clean(codes.user_code().secret()), until };
    prompter.tell(prompt.clone());
    let outcome = client.poll(&codes, second, wanted).await;
    if let (Err(failure), SignInPrompt::DeviceCode { address, code, until }) = (&outcome, prompt)
        && failure.is_expired()
    {
        // The authority's clock counts, not this machine's.
        prompter.tell(SignInPrompt::DeviceCode { address, code, until: until.min(Timestamp::now()) });
    }
    outcome
}
