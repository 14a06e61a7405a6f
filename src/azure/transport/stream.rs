//! The body of a response, read in chunks as it arrives, for listings too large to be held twice. Sent once: the reader decides
//! about repetition.

use azure_core::http::{
    AsyncResponseBody,
    headers::{HeaderName, Headers},
};
use bytes::Bytes;
use futures_util::StreamExt as _;

use crate::azure::{
    errors,
    fault::Fault,
    request::RequestContext,
    wire::headers::{content_type, is_arrow},
};

/// How many bytes of a failed response are read.
const ERROR_LIMIT: usize = 16 << 10;

/// The body of a successful response, chunk by chunk.
#[derive(Debug)]
pub struct BodyChunks {
    pub(super) context: RequestContext,
    pub(super) status: u16,
    pub(super) headers: Headers,
    pub(super) body: AsyncResponseBody,
}

impl BodyChunks {
    /// Whether the body is a listing in Apache Arrow. The answer decides, whatever was asked for.
    pub fn is_arrow(&self) -> bool {
        is_arrow(&self.headers)
    }

    /// The next chunk; `None` at the end.
    ///
    /// # Errors
    /// `Offline` or `BrokenAnswer` when the connection breaks.
    pub async fn next(&mut self) -> Result<Option<Bytes>, Fault> {
        self.body.next().await.transpose().map_err(|error| errors::network_failure(&self.context, &error))
    }

    /// A header of the response.
    pub(crate) fn header(&self, name: &'static str) -> Option<String> {
        self.headers.get_optional_str(&HeaderName::from_static(name)).map(str::to_owned)
    }

    /// The fault of a response that is not what the service promises; `read` is the part that was read. Says so when it is a web
    /// page.
    pub fn broken(&self, reason: impl Into<String>, read: &[u8]) -> Fault {
        if errors::is_web_page(content_type(&self.headers), read) {
            errors::web_page(&self.context, self.status, &self.headers)
        } else {
            errors::broken_response(&self.context, self.status, &self.headers, reason)
        }
    }

    pub(super) async fn failed(mut self) -> Fault {
        let mut body = Vec::new();
        while let Ok(Some(chunk)) = self.next().await {
            body.extend_from_slice(&chunk);
            if body.len() > ERROR_LIMIT {
                break;
            }
        }
        errors::failed_response(&self.context, self.status, &self.headers, &body)
    }
}
