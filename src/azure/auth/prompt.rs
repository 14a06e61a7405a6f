//! Asks a person to sign in: tells the screen what to do, and follows what the person tells meanwhile.

use tokio::sync::broadcast::{self, error::RecvError};

use super::{
    browser, device_code,
    oauth_failure::OAuthFailure,
    person::PersonOptions,
    prompter::Prompter,
    public_client::{PublicClient, RequestedToken, TokenSet},
};
use crate::azure::{
    fault::Fault,
    model::{SignInCommand, SignInMethod},
    transport::CallListener,
};

/// Asks the person, by `method` or by the one that the person changes to. Where the person can tell the program something, a code
/// that has expired waits for the wish for a new one.
pub(super) async fn ask(
    client: &PublicClient,
    method: SignInMethod,
    options: &PersonOptions,
    wanted: RequestedToken<'_>,
    listener: &CallListener,
) -> Result<TokenSet, OAuthFailure> {
    let prompter = Prompter::new(listener);
    let mut commands = options.commands.as_ref().map(broadcast::Sender::subscribe);
    let mut method = method;
    loop {
        let command = tokio::select! {
            biased;
            command = next(commands.as_mut()) => command,
            outcome = sign_in(client, method, options, wanted, &prompter) => match outcome {
                Err(failure) if failure.is_expired() && commands.is_some() => next(commands.as_mut()).await,
                outcome => return outcome,
            },
        };
        match command {
            SignInCommand::Cancel => return Err(Fault::cancelled(client.tried.clone()).into()),
            SignInCommand::Anew(other) => method = other,
        }
    }
}

async fn sign_in(
    client: &PublicClient,
    method: SignInMethod,
    options: &PersonOptions,
    wanted: RequestedToken<'_>,
    prompter: &Prompter<'_>,
) -> Result<TokenSet, OAuthFailure> {
    match method {
        SignInMethod::Browser => browser::sign_in(client, &options.open_browser, wanted, prompter).await,
        _ => device_code::sign_in(client, options.second, wanted, prompter).await,
    }
}

/// The next wish of the person; never, where nobody can tell one.
async fn next(commands: Option<&mut broadcast::Receiver<SignInCommand>>) -> SignInCommand {
    let Some(commands) = commands else { return std::future::pending().await };
    loop {
        match commands.recv().await {
            Ok(command) => return command,
            Err(RecvError::Lagged(_)) => {}
            Err(RecvError::Closed) => return std::future::pending().await,
        }
    }
}
