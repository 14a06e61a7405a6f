//! Why the authority gave no token, and what that asks for: the person, another code, or patience.

use oauth2::{DeviceCodeErrorResponse, ErrorResponse, RequestTokenError, basic::BasicErrorResponse};

use super::{
    config::signed_out,
    entra::{CODES, code, message},
};
use crate::azure::{errors::clean, fault::Fault};

/// OAuth's words for "a person has to sign in": RFC 6749, and the three of `OpenID` Connect.
const NEEDS_PERSON: [&str; 4] = ["invalid_grant", "interaction_required", "login_required", "consent_required"];
/// The person, or an administrator, said no. Entra has its own word for it with device codes.
const DENIED: [&str; 2] = ["access_denied", "authorization_declined"];
/// The device code is too old. Entra documents the first; the second is what it calls a code that it has forgotten.
const EXPIRED: [&str; 2] = ["expired_token", "bad_verification_code"];

/// A failed request to the authority.
pub(super) struct OAuthFailure {
    /// OAuth's word, e.g. `invalid_grant`; empty where the authority did not answer.
    error: String,
    pub(super) fault: Fault,
}

impl OAuthFailure {
    pub(super) fn of(tried: &str, error: RequestTokenError<Fault, BasicErrorResponse>) -> Self {
        Self::explained(tried, error, |response| response.error().to_string())
    }

    pub(super) fn of_device(tried: &str, error: RequestTokenError<Fault, DeviceCodeErrorResponse>) -> Self {
        Self::explained(tried, error, |response| response.error().to_string())
    }

    /// A failure that comes with the redirect of a browser. Its texts are from outside.
    pub(super) fn redirected(tried: &str, error: &str, description: &str) -> Self {
        Self { error: error.to_owned(), fault: refused(tried, error, description) }
    }

    fn explained<R>(tried: &str, error: RequestTokenError<Fault, R>, word: impl Fn(&R) -> String) -> Self
    where
        R: ErrorResponse + DescribedError + 'static,
    {
        let (error, fault) = match error {
            RequestTokenError::ServerResponse(response) => {
                let word = word(&response);
                let fault = refused(tried, &word, response.described().unwrap_or_default());
                (word, fault)
            }
            RequestTokenError::Request(fault) => (String::new(), fault),
            // The parser's own text would repeat the answer, and with it the tokens.
            RequestTokenError::Parse(..) => {
                (String::new(), signed_out(tried, "the answer of the authority holds no token"))
            }
            RequestTokenError::Other(_) => (String::new(), signed_out(tried, "the answer of the authority is empty")),
        };
        Self { error, fault }
    }

    /// No refresh token helps; a person has to sign in.
    pub(super) fn needs_person(&self) -> bool {
        NEEDS_PERSON.contains(&self.error.as_str())
    }

    /// The device code is too old.
    pub(super) fn is_expired(&self) -> bool {
        EXPIRED.contains(&self.error.as_str())
    }
}

impl From<Fault> for OAuthFailure {
    /// A failure that the authority did not tell.
    fn from(fault: Fault) -> Self {
        Self { error: String::new(), fault }
    }
}

/// The description in an error response.
trait DescribedError {
    fn described(&self) -> Option<&str>;
}

impl DescribedError for BasicErrorResponse {
    fn described(&self) -> Option<&str> {
        self.error_description().map(String::as_str)
    }
}

impl DescribedError for DeviceCodeErrorResponse {
    fn described(&self) -> Option<&str> {
        self.error_description().map(String::as_str)
    }
}

fn refused(tried: &str, error: &str, description: &str) -> Fault {
    let said = if description.trim().is_empty() { clean(error) } else { message(description) };
    let known = code(description).and_then(|code| CODES.iter().find(|(codes, ..)| codes.contains(&code)));
    let (reason, advice) = match known {
        Some((_, reason, advice)) => (*reason, *advice),
        None if DENIED.contains(&error) => ("it was refused in the browser", None),
        None if EXPIRED.contains(&error) => ("the code has expired", None),
        None => ("the authority refuses this sign-in", None),
    };
    let fault = signed_out(tried, format!("{reason} ({said})"));
    Fault { code: Some(clean(error)).filter(|code| !code.is_empty()), ..fault }
        .advise(advice.unwrap_or("Sign in again; Enter on the sign-in step begins anew."))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_denial_is_told_with_the_authoritys_own_words_in_both_of_its_names() {
        for word in DENIED {
            let failure = OAuthFailure::redirected("sign in", word, "AADSTS65004: User declined. Trace ID: 1");
            assert_eq!(failure.fault.reason, "it was refused in the browser (AADSTS65004: User declined)");
            assert!(!failure.needs_person() && !failure.is_expired());
        }
    }

    #[test]
    fn texts_of_a_redirect_never_reach_the_terminal_raw() {
        let failure = OAuthFailure::redirected("sign in", "x\u{1b}[31m", "red \u{1b}[31m text");
        assert!(!failure.fault.to_string().contains('\u{1b}'), "{}", failure.fault);
    }

    #[test]
    fn a_sign_in_that_has_expired_is_not_said_to_be_the_azure_clis() {
        let failure =
            OAuthFailure::redirected("sign in", "invalid_grant", "AADSTS700082: The refresh token has expired.");
        assert!(failure.fault.reason.starts_with("the sign-in has expired (AADSTS700082"), "{}", failure.fault);
        assert!(!failure.fault.to_string().contains("CLI"), "{}", failure.fault);
    }

    #[test]
    fn a_refresh_token_that_no_longer_counts_needs_the_person() {
        for word in ["invalid_grant", "interaction_required"] {
            assert!(OAuthFailure::redirected("sign in", word, "").needs_person());
        }
        assert!(!OAuthFailure::redirected("sign in", "temporarily_unavailable", "").needs_person());
    }
}
