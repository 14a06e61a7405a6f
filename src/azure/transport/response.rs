//! A response of an Azure service with its whole body.

use azure_core::http::headers::Headers;
use bytes::Bytes;

use crate::azure::{
    errors,
    fault::Fault,
    model::ServiceError,
    request::RequestContext,
    wire::{headers::content_type, headers::is_arrow, json},
};

/// A response of any status with its whole body.
pub(crate) struct ApiResponse {
    pub(crate) context: RequestContext,
    pub(crate) status: u16,
    pub(crate) headers: Headers,
    pub(crate) body: Bytes,
}

impl ApiResponse {
    /// The response, when its status says success.
    pub(crate) fn success(self) -> Result<Self, Fault> {
        if (200..300).contains(&self.status) { Ok(self) } else { Err(self.fault()) }
    }

    /// The fault of an unsuccessful response.
    pub(crate) fn fault(&self) -> Fault {
        errors::failed_response(&self.context, self.status, &self.headers, &self.body)
    }

    /// The fault of an error that stands in the body of a successful response.
    pub(crate) fn fault_in_body(&self, error: &ServiceError) -> Fault {
        let body = serde_json::json!({ "error": { "code": error.code, "message": error.message } }).to_string();
        let fault = errors::failed_response(&self.context, 409, &self.headers, body.as_bytes());
        Fault { status: Some(self.status), ..fault }
    }

    /// Makes the fault for a response that has another form than the service documents, e.g. one without its list.
    pub(crate) fn broken(&self, reason: impl Into<String>) -> Fault {
        errors::broken_response(&self.context, self.status, &self.headers, reason)
    }

    /// The body as JSON.
    pub(crate) fn json(&self) -> Result<serde_json::Value, Fault> {
        json::parse(&self.body).map_err(|reason| self.unread(reason))
    }

    /// Whether the body is a listing in Apache Arrow.
    pub(crate) fn is_arrow(&self) -> bool {
        is_arrow(&self.headers)
    }

    /// The body as text; bytes that are not UTF-8 are replaced, a byte order mark is dropped.
    pub(crate) fn text(&self) -> std::borrow::Cow<'_, str> {
        String::from_utf8_lossy(self.body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&self.body))
    }

    /// The fault of a response that cannot be read. Says so when it is a web page, as from a proxy or a hotel's sign-in page.
    pub(crate) fn unread(&self, reason: impl Into<String>) -> Fault {
        if errors::is_web_page(content_type(&self.headers), &self.body) {
            errors::web_page(&self.context, self.status, &self.headers)
        } else {
            self.broken(reason)
        }
    }
}
