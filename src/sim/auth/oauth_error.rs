//! Errors in the form of Microsoft Entra (Microsoft page: Microsoft Entra authentication and authorization error codes).

use jiff::Timestamp;
use serde_json::json;

use crate::sim::response::{Response, uuid};

/// An error response with OAuth's word and Entra's code and text.
pub(crate) fn oauth_error(status: u16, error: &str, code: u32, text: &str) -> Response {
    Response::json(
        status,
        &json!({
            "error": error, "error_description": described(code, text), "error_codes": [code],
            "timestamp": Timestamp::now().to_string(), "trace_id": uuid(text), "correlation_id": uuid(error),
        }),
    )
}

/// `AADSTS65004: …`, as it stands in a response and in a redirect.
pub(super) fn described(code: u32, text: &str) -> String {
    format!("AADSTS{code}: {text} Trace ID: {} Correlation ID: {}", uuid(text), uuid("sign-in"))
}
