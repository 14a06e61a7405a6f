//! Asks for a listing in Apache Arrow where the service may have it (Microsoft page: List Blobs). The answer's media type says in which
//! form it is, so a service that answers in XML all the same is understood. One that refuses the service version is asked for XML from
//! then on, and so is one whose answers cannot be read.

use azure_core::http::Url;

use crate::azure::{
    Azure,
    fault::Fault,
    request::ApiRequest,
    wire::arrow::{ArrowFault, MEDIA_TYPE},
};

/// The first service version that answers in Apache Arrow.
const VERSION: &str = "2026-10-06";

/// What an account that is asked for XML does not support.
const OPTION: &str = "listings in Apache Arrow";

/// What an account has shown once that sent a damaged listing. The second time may be no accident any more.
const DAMAGED: &str = "an undamaged listing in Apache Arrow";

impl Azure {
    /// Whether listings of this account are asked for in Apache Arrow.
    pub fn asks_for_arrow(&self, endpoint: &str) -> bool {
        let url = Url::parse(endpoint).ok().filter(|_| self.session.takes_arrow());
        url.is_some_and(|url| !self.session.credentials().is_unsupported(&url, OPTION))
    }

    /// From now on listings of this account are asked for in XML.
    pub fn ask_for_xml(&self, endpoint: &str) {
        if let Ok(url) = Url::parse(endpoint) {
            self.session.credentials().mark_unsupported(&url, OPTION);
        }
    }

    /// Notes a listing in Apache Arrow that was damaged. After the second one the account is asked for XML.
    pub fn note_damaged_arrow(&self, endpoint: &str) {
        let Ok(url) = Url::parse(endpoint) else { return };
        let credentials = self.session.credentials();
        let option = if credentials.is_unsupported(&url, DAMAGED) { OPTION } else { DAMAGED };
        credentials.mark_unsupported(&url, option);
    }

    /// Notes a listing in Apache Arrow that was not read.
    pub(super) fn note_unread_arrow(&self, endpoint: &str, fault: &ArrowFault) {
        match fault {
            ArrowFault::Damaged(_) => self.note_damaged_arrow(endpoint),
            ArrowFault::Unsupported(_) => self.ask_for_xml(endpoint),
        }
    }
}

/// The request for a listing that may be answered in Apache Arrow.
pub(super) fn offering_arrow(request: ApiRequest) -> ApiRequest {
    request.header("x-ms-version", VERSION).header("accept", format!("{MEDIA_TYPE},application/xml"))
}

/// Whether a request may have been refused for its service version or for the forms it accepts. Then the same request for XML is
/// worth sending.
pub(super) fn refuses_arrow(fault: &Fault) -> bool {
    match fault.status {
        Some(400) => matches!(fault.code.as_deref(), None | Some("InvalidHeaderValue" | "UnsupportedHeader")),
        Some(406 | 415) => true,
        _ => false,
    }
}
