//! Signing in with a person, from the command line: which application, which keyring, and what is printed while the program waits.

use std::io::Write as _;
use std::sync::Arc;

use jiff::tz::TimeZone;

use super::config::Config;
use crate::azure::auth::{Keyring, PersonOptions, RefreshTokens};
use crate::azure::model::SignInPrompt;
use crate::azure::transport::{CallEvent, CallListener};

/// The variable with the id of another application than the usual one; it counts before the key `client-id`.
const CLIENT_ID: &str = "BLOBFREIGHT_CLIENT_ID";

/// What signing in with a person needs, as configured.
pub(super) fn options(config: &Config) -> PersonOptions {
    let usual = PersonOptions::default();
    let variable = std::env::var(CLIENT_ID).ok().map(|id| id.trim().to_owned()).filter(|id| !id.is_empty());
    let client_id = variable.or_else(|| config.client_id.clone()).unwrap_or(usual.client_id);
    let refresh_tokens = RefreshTokens::new(Some(Arc::new(Keyring)));
    refresh_tokens.remember(config.remember_sign_in);
    PersonOptions { client_id, refresh_tokens: Arc::new(refresh_tokens), ..usual }
}

/// Prints on standard error what the person has to do; standard output is the command's.
pub(super) fn printer() -> CallListener {
    Arc::new(|event| {
        if let CallEvent::SignIn(Some(prompt)) = event {
            print_prompt(&prompt);
        }
    })
}

/// Prints one prompt on standard error.
pub(super) fn print_prompt(prompt: &SignInPrompt) {
    drop(writeln!(std::io::stderr(), "{}", words(prompt, &TimeZone::system())));
}

/// Says on standard error why the keyring did not keep or give the sign-in, if it did not.
pub(super) fn report_trouble(options: &PersonOptions) {
    if let Some(why) = options.refresh_tokens.take_trouble() {
        print_unkept(&why);
    }
}

/// Prints on standard error that the keyring did not keep the sign-in.
pub(super) fn print_unkept(why: &str) {
    drop(writeln!(
        std::io::stderr(),
        "The keyring does not keep this sign-in ({why}); it counts until the command ends."
    ));
}

fn words(prompt: &SignInPrompt, zone: &TimeZone) -> String {
    match prompt {
        SignInPrompt::Browser { address, short, opened: true } => format!(
            "Sign in in the browser that opens. If none does, open {short} on this machine. It leads to:\n{address}"
        ),
        SignInPrompt::Browser { address, short, opened: false } => {
            format!("To sign in, open {short} in a browser on this machine. It leads to:\n{address}")
        }
        SignInPrompt::DeviceCode { address, code, until } => {
            let until = until.to_zoned(zone.clone()).strftime("%H:%M");
            format!("To sign in, open {address} in any browser and enter the code {code}. It counts until {until}.")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_code_stands_with_its_address_and_its_end_in_one_sentence() {
        let until = "2026-11-26T17:45:00Z".parse().unwrap();
        let prompt = SignInPrompt::DeviceCode {
            address: "https://login.example/device".into(),
            code: "EW3ZK7TQF".into(),
            until,
        };
        let words = words(&prompt, &TimeZone::UTC);
        assert_eq!(
            words,
            "To sign in, open https://login.example/device in any browser and enter the code EW3ZK7TQF. It counts until 17:45."
        );
    }
}
