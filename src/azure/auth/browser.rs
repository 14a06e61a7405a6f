//! Sign-in in a browser on this machine: authorization code with PKCE (RFC 7636).

use oauth2::{AuthorizationCode, CsrfToken};

use super::{
    oauth_failure::OAuthFailure,
    person::OpenBrowser,
    prompter::Prompter,
    public_client::{PublicClient, RequestedToken, TokenSet},
    redirect_listener::{AwaitedAnswer, LastPage, RedirectAnswer, RedirectListener},
};
use crate::azure::{fault::Fault, model::SignInPrompt};

/// Opens the page, tells its address and a short one that leads there, and waits until the person has signed in.
pub(super) async fn sign_in(
    client: &PublicClient,
    open: &OpenBrowser,
    wanted: RequestedToken<'_>,
    prompter: &Prompter<'_>,
) -> Result<TokenSet, OAuthFailure> {
    let local = |error: std::io::Error| {
        let reason = format!("no port of this machine could be opened for the browser's answer ({error})");
        Fault::local(client.tried.clone(), reason).advise("Sign in with a device code instead.")
    };
    let listener = RedirectListener::bind().await.map_err(local)?;
    let request = client.authorization(listener.port, wanted)?;
    let address = request.address.to_string();
    let (open, page) = (OpenBrowser::clone(open), address.clone());
    let opened = tokio::task::spawn_blocking(move || open(&page)).await.unwrap_or(false);
    // 48 random bits: nobody else on this machine guesses the way to this sign-in.
    let path = format!("/{}", CsrfToken::new_random_len(6).secret());
    let short = format!("http://localhost:{}{path}", listener.port);
    prompter.tell(SignInPrompt::Browser { address: address.clone(), short, opened });
    let awaited = AwaitedAnswer { state: request.state.secret().clone(), path, page: address };
    let redeem = async |answer| {
        let outcome = match answer {
            RedirectAnswer::Code(code) => {
                client.redeem(AuthorizationCode::new(code), request.verifier, request.redirect).await
            }
            RedirectAnswer::Failed { error, description } => {
                Err(OAuthFailure::redirected(&client.tried, &error, &description))
            }
        };
        let page = last_page(&outcome);
        (outcome, page)
    };
    listener.answered(awaited, redeem).await
}

fn last_page(outcome: &Result<TokenSet, OAuthFailure>) -> LastPage {
    match outcome {
        Ok(_) => LastPage {
            heading: "You are signed in",
            words: "Blobfreight goes on in the terminal. You may close this page.".to_owned(),
        },
        Err(failure) => LastPage {
            heading: "You are not signed in",
            words: format!("{} Go back to the terminal; it says what to do.", failure.fault.sentence()),
        },
    }
}
