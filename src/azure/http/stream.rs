//! An answer read piece by piece as it arrives, for listings too large to be held twice. Sent once: the reader decides about repetition.

use azure_core::http::{AsyncResponseBody, Context, PipelineStreamOptions, headers::Headers};
use bytes::Bytes;
use futures_util::StreamExt as _;

use super::{ApiRequest, AzureSession, content_type};
use crate::azure::{
    explain::{self, RequestContext},
    fault::Fault,
};

/// Bytes of a failed answer that are looked at.
const ERROR_LIMIT: usize = 16 << 10;

/// The body of a successful answer, in the pieces it comes in.
#[derive(Debug)]
pub struct BodyChunks {
    asked: RequestContext,
    status: u16,
    headers: Headers,
    body: AsyncResponseBody,
}

impl BodyChunks {
    /// The next piece; `None` at the end.
    ///
    /// # Errors
    /// `Offline` or `BrokenAnswer` when the connection breaks.
    pub async fn next(&mut self) -> Result<Option<Bytes>, Fault> {
        self.body.next().await.transpose().map_err(|error| explain::failure(&self.asked, &error))
    }

    /// The fault of an answer that turned out not to be what the service promises; `read` is what was read of it. Says so when it is
    /// a web page.
    pub fn broken(&self, reason: impl Into<String>, read: &[u8]) -> Fault {
        if explain::is_web_page(content_type(&self.headers), read) {
            explain::page(&self.asked, self.status, &self.headers)
        } else {
            explain::broken(&self.asked, self.status, &self.headers, reason)
        }
    }

    async fn refusal(mut self) -> Fault {
        let mut body = Vec::new();
        while let Ok(Some(piece)) = self.next().await {
            body.extend_from_slice(&piece);
            if body.len() > ERROR_LIMIT {
                break;
            }
        }
        explain::answer(&self.asked, self.status, &self.headers, &body)
    }
}

impl AzureSession {
    /// Sends a call, once, and gives its answer before the body is here, when its status says success.
    pub(crate) async fn open(&self, call: ApiRequest) -> Result<BodyChunks, Fault> {
        let asked = call.asked();
        let context = Context::new().with_value(self.trip(&call, true));
        let options = PipelineStreamOptions { skip_checks: true, ..PipelineStreamOptions::default() };
        let opened = self.pipeline.stream(&context, &mut call.request(), Some(options)).await;
        let (status, headers, body) = opened.map_err(|error| explain::failure(&asked, &error))?.deconstruct();
        let pieces = BodyChunks { asked, status: u16::from(status), headers, body };
        if !(200..300).contains(&pieces.status) {
            return Err(pieces.refusal().await);
        }
        if explain::is_web_page(content_type(&pieces.headers), b"") {
            return Err(explain::page(&pieces.asked, pieces.status, &pieces.headers));
        }
        Ok(pieces)
    }
}
