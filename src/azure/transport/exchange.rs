//! Sends a request through a pipeline.

use azure_core::http::{Context, Pipeline, PipelineSendOptions, PipelineStreamOptions};

use super::{ApiResponse, BodyChunks, SendOptions};
use crate::azure::{
    errors::{self, is_web_page},
    fault::Fault,
    request::ApiRequest,
    wire::headers::content_type,
};

/// Sends a request and reads the whole response, whatever its status.
pub(crate) async fn exchange(
    pipeline: &Pipeline,
    request: &ApiRequest,
    send_options: SendOptions,
) -> Result<ApiResponse, Fault> {
    let context = request.context();
    let values = Context::new().with_value(send_options);
    let options = PipelineSendOptions { skip_checks: true, ..PipelineSendOptions::default() };
    match pipeline.send(&values, &mut request.to_http(), Some(options)).await {
        Ok(response) => {
            let (status, headers, body) = response.deconstruct();
            Ok(ApiResponse { context, status: u16::from(status), headers, body: body.into() })
        }
        Err(error) => Err(errors::network_failure(&context, &error)),
    }
}

/// Sends a request and gives its response before the body is here, when its status says success.
pub(crate) async fn open(
    pipeline: &Pipeline,
    request: &ApiRequest,
    send_options: SendOptions,
) -> Result<BodyChunks, Fault> {
    let context = request.context();
    let values = Context::new().with_value(send_options);
    let options = PipelineStreamOptions { skip_checks: true, ..PipelineStreamOptions::default() };
    let opened = pipeline.stream(&values, &mut request.to_http(), Some(options)).await;
    let (status, headers, body) = opened.map_err(|error| errors::network_failure(&context, &error))?.deconstruct();
    let chunks = BodyChunks { context, status: u16::from(status), headers, body };
    if !(200..300).contains(&chunks.status) {
        return Err(chunks.failed().await);
    }
    if is_web_page(content_type(&chunks.headers), b"") {
        return Err(errors::web_page(&chunks.context, chunks.status, &chunks.headers));
    }
    Ok(chunks)
}
