//! The reason and the advice for a failed TLS handshake, by its kind.

use rustls::{CertificateError, Error};

use super::clean;

/// How many names of a certificate a fault lists; some certificates have hundreds.
const MAX_NAMES: usize = 3;

/// The reason and the advice.
pub(super) fn reason_and_advice(host: &str, error: &Error) -> (String, &'static str) {
    match error {
        Error::InvalidCertificate(certificate) => refused(host, certificate),
        Error::InvalidMessage(_) => (
            format!("what answers at {host} does not speak TLS"),
            "Check the port, and whether the address should begin with http://, which is accepted for this machine only.",
        ),
        Error::PeerIncompatible(_) => (
            format!("{host} and this program have no version or cipher of TLS in common"),
            "The server is too old, or something between you and it answers in its place.",
        ),
        Error::AlertReceived(alert) => (
            format!("{host} refuses the secure connection ({alert:?})"),
            "Check the address; something between you and Azure may answer in its place.",
        ),
        other => (
            format!("no secure connection to {host} could be made ({})", clean(&other.to_string())),
            "Try again; if it stays so, something between you and Azure changes what is sent.",
        ),
    }
}

fn refused(host: &str, error: &CertificateError) -> (String, &'static str) {
    match error {
        CertificateError::Expired | CertificateError::ExpiredContext { .. } => (
            format!("the certificate of {host} has expired"),
            "Check this machine's clock; where it is right, the server's owner has to renew the certificate.",
        ),
        CertificateError::NotValidYet | CertificateError::NotValidYetContext { .. } => {
            (format!("the certificate of {host} is not valid yet"), "Check this machine's clock.")
        }
        CertificateError::NotValidForName => (
            format!("the certificate that {host} shows is for another name"),
            "Check the address; a sign-in page or a proxy of the network may answer in its place.",
        ),
        CertificateError::NotValidForNameContext { presented, .. } => (
            format!("the certificate that {host} shows is for another name{}", names(presented)),
            "Check the address; a sign-in page or a proxy of the network may answer in its place.",
        ),
        // An authority of the same name with another key is another authority.
        CertificateError::UnknownIssuer | CertificateError::BadSignature => (
            format!("the certificate of {host} comes from an authority that this machine does not trust"),
            "A proxy that inspects traffic shows such certificates: set SSL_CERT_FILE to a file with its certificate authority, or add that to this machine's certificates.",
        ),
        CertificateError::Revoked => {
            (format!("the certificate of {host} was revoked"), "Do not go on; tell the server's owner.")
        }
        other => (
            format!(
                "{host} could not prove that it is {host}: its certificate is not accepted ({})",
                clean(&other.to_string())
            ),
            "If your network inspects traffic, add its certificate authority to this machine; check the clock.",
        ),
    }
}

fn names(presented: &[String]) -> String {
    if presented.is_empty() {
        return String::new();
    }
    let named: Vec<String> = presented.iter().take(MAX_NAMES).map(|name| clean(name)).collect();
    let more = presented.len().saturating_sub(MAX_NAMES);
    let more = if more == 0 { String::new() } else { format!(" and {more} more") };
    format!(" ({}{more})", named.join(", "))
}
