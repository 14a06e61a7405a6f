//! Why a service refuses a key or a shared access signature: what the fields of the signature allow, and what the service's clock
//! says. Never advises a role, because no sign-in was used.

use azure_core::http::headers::Headers;
use jiff::{SignedDuration, Timestamp, Unit};

use super::{clean, meaning::CodeMeaning};
use crate::azure::{
    credentials::{AccountKey, Credential, SIGNATURE_LENGTH, Sas},
    fault::FaultKind,
    request::RequestContext,
    wire::headers::date,
};

/// Requests signed with a key count for fifteen minutes (Microsoft page: Authorize with Shared Key).
const SKEW: SignedDuration = SignedDuration::from_mins(10);
const SAS_ADVICE: &str =
    "Ask for one for Blob storage with read and list (sp=rl), for services, containers and objects (srt=sco).";
const NETWORK_ADVICE: &str =
    "Add this machine's address under the storage account's Networking, or connect from an allowed network.";

/// A response that may be a refusal.
pub(super) struct CredentialRefusal<'a> {
    pub(super) context: &'a RequestContext,
    pub(super) status: u16,
    /// The service's code, or nothing.
    pub(super) code: &'a str,
    pub(super) headers: &'a Headers,
}

impl CredentialRefusal<'_> {
    /// The meaning for the key or the signature; `None` for a token, and where the response is no refusal.
    pub(super) fn meaning(&self) -> Option<CodeMeaning> {
        if !matches!(self.status, 401 | 403) && self.code != "AuthenticationFailed" {
            return None;
        }
        // Other codes mean something else: a lock, a disabled account.
        let ours = matches!(self.code, "" | "PublicAccessNotPermitted" | "NoAuthenticationInformation")
            || self.code.starts_with("Auth")
            || self.code.starts_with("Insufficient")
            || self.code == "KeyBasedAuthenticationNotPermitted"
            || self.code == "IPAuthorizationFailed"
            || self.code == "InvalidAuthenticationInfo";
        let (reason, advice) = match &self.context.credential {
            _ if !ours => return None,
            Credential::Token => return None,
            Credential::Key(key) => self.refused_key(key),
            Credential::Sas(sas) => Signature { sas, refusal: self }.refused(),
        };
        Some(CodeMeaning { kind: Some(FaultKind::Denied), reason, advice: Some(advice), quote: false })
    }

    /// A service's message without the signature it was sent.
    pub(super) fn without_secret(&self, message: &str) -> String {
        match &self.context.credential {
            Credential::Sas(sas) => sas.redacted_in(message),
            Credential::Key(_) | Credential::Token => message.to_owned(),
        }
    }

    fn refused_key(&self, key: &AccountKey) -> (String, String) {
        let given = key.is_given();
        let subject = if given { "the key" } else { "its own key as this machine signs it" };
        let advice = if given {
            "Check the key (AZURE_STORAGE_KEY or the connection string), the account's name (AZURE_STORAGE_ACCOUNT where the address does not begin with it), and this machine's clock."
        } else {
            "Check this machine's clock and whether something between you and Azure changes requests."
        };
        match self.code {
            "KeyBasedAuthenticationNotPermitted" => (
                "the account does not accept account keys".to_owned(),
                format!("Sign in instead, with a Microsoft Entra identity that has the role {}.", self.context.role),
            ),
            _ if self.is_unverified() => match self.clock_is_off() {
                Some(off) => (
                    format!("the account does not accept {subject}: {off}"),
                    "Set this machine's clock, then try again.".to_owned(),
                ),
                None => (format!("the account does not accept {subject}"), advice.to_owned()),
            },
            "AuthorizationFailure" => {
                ("the account's network rules do not let this machine in".to_owned(), NETWORK_ADVICE.to_owned())
            }
            "AuthorizationSourceIPMismatch" | "IPAuthorizationFailed" => {
                ("the account does not let this machine's address in".to_owned(), NETWORK_ADVICE.to_owned())
            }
            _ => (
                format!(
                    "the account refuses it although {} may do everything",
                    if given { "a key" } else { "its key" }
                ),
                format!("The account's network rules or a proxy may be why. {NETWORK_ADVICE}"),
            ),
        }
    }

    /// The service could not verify the signature. Azurite uses a code for it that means network rules in Azure.
    fn is_unverified(&self) -> bool {
        let emulator = self.code == "AuthorizationFailure" && self.context.base_url.scheme() == "http";
        emulator || matches!(self.code, "AuthenticationFailed" | "InvalidAuthenticationInfo")
    }

    /// The service's clock.
    fn now(&self) -> Option<Timestamp> {
        date(self.headers)
    }

    fn clock_is_off(&self) -> Option<String> {
        let behind = self.now()?.duration_since(Timestamp::now());
        let direction = if behind.is_negative() { "ahead of" } else { "behind" };
        let minutes = behind.abs().as_mins();
        (behind.abs() > SKEW).then(|| format!("this machine's clock is {minutes} minutes {direction} the service's"))
    }
}

/// A refused signature.
struct Signature<'a> {
    sas: &'a Sas,
    refusal: &'a CredentialRefusal<'a>,
}

impl Signature<'_> {
    /// The fields of the signature come first, because services use different codes for the same refusal.
    fn refused(&self) -> (String, String) {
        self.address_restricted()
            .or_else(|| self.single_resource())
            .or_else(|| self.not_valid_now())
            .or_else(|| self.missing_permission())
            .or_else(|| self.damaged())
            .unwrap_or_else(|| self.usual_meaning())
    }

    fn field(&self, name: &str) -> Option<String> {
        self.sas.field(name).map(|value| clean(&value))
    }

    fn address_restricted(&self) -> Option<(String, String)> {
        let code = self.refusal.code;
        let denied = matches!(code, "AuthorizationSourceIPMismatch" | "IPAuthorizationFailed" | "AuthorizationFailure");
        let addresses = self.field("sip").filter(|_| denied)?;
        Some((
            format!("the shared access signature is for other addresses than this machine's (sip={addresses})"),
            "Ask for one without an address, or for the address this machine has on the internet.".to_owned(),
        ))
    }

    fn single_resource(&self) -> Option<(String, String)> {
        let resource = self.field("sr")?;
        let context = self.refusal.context;
        Some(match (resource.as_str(), &context.container) {
            ("c", None) => (
                "the shared access signature is for one container (sr=c)".to_owned(),
                format!(
                    "Add the container's name to the address: {}/NAME.",
                    context.base_url.as_str().trim_end_matches('/')
                ),
            ),
            ("b" | "bs" | "bv", _) => (
                format!("the shared access signature is for one blob (sr={resource}), and lists nothing"),
                "Ask for one for the container (sr=c) or the account, with read and list (sp=rl).".to_owned(),
            ),
            ("d", _) => (
                "the shared access signature is for one directory (sr=d)".to_owned(),
                "Ask for one for the container (sr=c) or the account, with read and list (sp=rl).".to_owned(),
            ),
            _ => return None,
        })
    }

    fn not_valid_now(&self) -> Option<(String, String)> {
        let here = Timestamp::now();
        let now = self.refusal.now().unwrap_or(here);
        let at = |time: Timestamp| time.round(Unit::Second).unwrap_or(time);
        let clock = if self.refusal.now().is_some() { "the service's clock" } else { "this machine's clock" };
        let off = self.refusal.clock_is_off().map_or_else(String::new, |off| format!("; {off}"));
        let ended = |field: &str, what: &str| {
            let end = self.sas.moment(field).filter(|end| *end < now)?;
            let reason = format!("{what} ended at {} ({field}); {clock} says {}{off}", at(end), at(now));
            Some((reason, "Ask for a new one.".to_owned()))
        };
        let early = |field: &str, what: &str| {
            let start = self.sas.moment(field).filter(|start| *start > now)?;
            let reason = format!("{what} begins only at {} ({field}); {clock} says {}{off}", at(start), at(now));
            Some((reason, "Wait until then, or ask for one without a start (st).".to_owned()))
        };
        ended("se", "the shared access signature")
            .or_else(|| early("st", "the shared access signature"))
            .or_else(|| ended("ske", "the key of the shared access signature"))
            .or_else(|| early("skt", "the key of the shared access signature"))
    }

    fn missing_permission(&self) -> Option<(String, String)> {
        let RequestContext { container, writes, base_url, .. } = self.refusal.context;
        let lacks = |field: &str, any: &[char]| self.field(field).filter(|value| !value.contains(any));
        let refused =
            |why: String| (format!("the shared access signature does not allow it: {why}"), SAS_ADVICE.to_owned());
        if let Some(services) = lacks("ss", &['b']) {
            return Some(refused(format!("it is not for Blob storage (ss={services})")));
        }
        let kind = match (container, writes) {
            (None, _) => ('s', "the account itself"),
            (Some(_), false) => ('c', "containers"),
            (Some(_), true) => ('o', "blobs"),
        };
        if let Some(types) = lacks("srt", &[kind.0]) {
            return Some(refused(format!("it is not for {} (srt={types} has no {})", kind.1, kind.0)));
        }
        if let Some(rights) = lacks("sp", if *writes { &['w', 'c'] } else { &['l'] }) {
            let (what, letter) = if *writes { ("writes", 'w') } else { ("lists", 'l') };
            return Some(refused(format!("it {what} nothing (sp={rights} has no {letter})")));
        }
        let secure = base_url.scheme() == "http" && self.field("spr").is_some_and(|protocol| protocol == "https");
        secure.then(|| {
            let reason = "the shared access signature is for https only (spr=https), and the address is http";
            (reason.to_owned(), "Write https:// in the address, or ask for one that allows http.".to_owned())
        })
    }

    fn damaged(&self) -> Option<(String, String)> {
        let again = "Copy the whole token again.".to_owned();
        if !self.refusal.is_unverified() && !self.refusal.code.is_empty() {
            return None;
        }
        let length = self.sas.length();
        if length != SIGNATURE_LENGTH {
            let reason = format!(
                "the shared access signature was damaged in copying: its last part (sig) has {length} characters instead of {SIGNATURE_LENGTH}"
            );
            return Some((reason, again));
        }
        let policy = self.field("si").is_some();
        let lost = ["sv", "se", "sp"].into_iter().find(|name| self.field(name).is_none() && !(policy && *name != "sv"));
        if let Some(lost) = lost {
            return Some((
                format!("the shared access signature was damaged in copying: its field `{lost}` is missing"),
                again,
            ));
        }
        let bare = self.field("sr").is_none() && self.field("ss").is_none();
        bare.then(|| {
            let reason = "the shared access signature was damaged in copying: it does not say what it is for (sr, or ss and srt)";
            (reason.to_owned(), again)
        })
    }

    fn usual_meaning(&self) -> (String, String) {
        let context = self.refusal.context;
        match self.refusal.code {
            _ if self.refusal.is_unverified() => {
                let other = context.container.as_ref().filter(|_| self.field("sr").as_deref() == Some("c"));
                let advice = match (other, self.field("si")) {
                    (_, Some(policy)) => format!(
                        "Ask for a new one; its stored access policy `{policy}` (si) or the account key may have been changed."
                    ),
                    (Some(name), None) => format!(
                        "It may be for another container than {}, which it does not name; or ask for a new one: a changed account key ends all that were made with it.",
                        clean(name)
                    ),
                    (None, None) => {
                        "Ask for a new one; a changed account key ends all that were made with it.".to_owned()
                    }
                };
                ("the account does not accept the shared access signature".to_owned(), advice)
            }
            "KeyBasedAuthenticationNotPermitted" => (
                "the account accepts no account keys, nor signatures made with one".to_owned(),
                format!(
                    "Ask for a user delegation signature, or sign in with an identity that has the role {}.",
                    context.role
                ),
            ),
            "AuthorizationFailure" => {
                ("the account's network rules do not let this machine in".to_owned(), NETWORK_ADVICE.to_owned())
            }
            "AuthorizationSourceIPMismatch" | "IPAuthorizationFailed" => {
                ("the account does not let this machine's address in".to_owned(), NETWORK_ADVICE.to_owned())
            }
            "" => (
                "the account refuses the shared access signature and does not say why".to_owned(),
                "Ask for a new one with read and list (sp=rl); a proxy on the way may be why as well.".to_owned(),
            ),
            _ => ("the shared access signature does not allow it".to_owned(), SAS_ADVICE.to_owned()),
        }
    }
}
