//! Writes a response to the wire: headers, body in pieces, and the faults that break or slow a body.

use std::io;
use std::time::Duration;

use bytes::Bytes;
use futures_util::stream;
use http_body_util::combinators::UnsyncBoxBody;
use http_body_util::{BodyExt as _, Full, StreamBody};
use hyper::body::Frame;

use super::blob::content::filler;
use super::faults::BodyFault;
use super::response::{Response, ResponseBody};

/// A body as hyper sends it.
pub(super) type HyperBody = UnsyncBoxBody<Bytes, io::Error>;

/// The response as hyper sends it, with the fault of its body.
pub(super) fn wire(
    mut response: Response,
    method: &str,
    fault: Option<&BodyFault>,
) -> Result<hyper::Response<HyperBody>, io::Error> {
    let mut builder = hyper::Response::builder().status(response.status);
    let has_length = response.headers.iter().any(|(name, _)| name.eq_ignore_ascii_case("content-length"));
    for (name, value) in response.headers.drain(..) {
        builder = builder.header(name, value);
    }
    if method == "HEAD" {
        return builder.body(whole(Bytes::new())).map_err(io::Error::other);
    }
    if !has_length && response.status != 204 {
        let length = length(&response.payload);
        let sent = match fault {
            Some(BodyFault::Half) => length / 2,
            Some(BodyFault::Cut { .. } | BodyFault::Slow { .. }) | None => length,
        };
        builder = builder.header("Content-Length", sent);
    }
    let body = match fault {
        None => plain(response.payload),
        Some(BodyFault::Half) => {
            let all = flat(response.payload);
            whole(all.slice(..all.len() / 2))
        }
        Some(BodyFault::Cut { after }) => {
            let all = flat(response.payload);
            cut(all.slice(..all.len().min(*after)))
        }
        Some(BodyFault::Slow { chunk, pause }) => slow(flat(response.payload), *chunk, *pause),
    };
    builder.body(body).map_err(io::Error::other)
}

/// Sends these bytes and then breaks the connection. The pause lets the bytes reach the client first.
fn cut(kept: Bytes) -> HyperBody {
    let pieces = stream::unfold(Some((kept, 0_u8)), |next| async move {
        let (kept, step) = next?;
        if step == 0 {
            return Some((Ok(Frame::data(kept.clone())), Some((kept, 1))));
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
        Some((Err(io::Error::other("cut on request")), None))
    });
    StreamBody::new(pieces).boxed_unsync()
}

fn slow(all: Bytes, chunk: usize, pause: Duration) -> HyperBody {
    let pieces = stream::unfold(all, move |mut rest| async move {
        if rest.is_empty() {
            return None;
        }
        tokio::time::sleep(pause).await;
        let piece = rest.split_to(chunk.min(rest.len()));
        Some((Ok(Frame::data(piece)), rest))
    });
    StreamBody::new(pieces).boxed_unsync()
}

fn whole(bytes: Bytes) -> HyperBody {
    Full::new(bytes).map_err(|never| match never {}).boxed_unsync()
}

fn plain(payload: ResponseBody) -> HyperBody {
    match payload {
        ResponseBody::Whole(bytes) => whole(bytes),
        ResponseBody::Pieces(pieces) => {
            StreamBody::new(stream::iter(pieces.into_iter().map(|piece| Ok(Frame::data(piece))))).boxed_unsync()
        }
        ResponseBody::Filler { start, length } => {
            let end = start.saturating_add(length);
            let pieces = stream::unfold(start, move |at| async move {
                let piece = filler(at, end.saturating_sub(at).min(1 << 16));
                let next = at + piece.len() as u64;
                (at < end).then_some((Ok(Frame::data(piece)), next))
            });
            StreamBody::new(pieces).boxed_unsync()
        }
    }
}

fn length(payload: &ResponseBody) -> u64 {
    match payload {
        ResponseBody::Whole(bytes) => bytes.len() as u64,
        ResponseBody::Pieces(pieces) => pieces.iter().map(|p| p.len() as u64).sum(),
        ResponseBody::Filler { length, .. } => *length,
    }
}

/// The payload in one piece; filler is limited to what a fault needs.
fn flat(payload: ResponseBody) -> Bytes {
    match payload {
        ResponseBody::Whole(bytes) => bytes,
        ResponseBody::Pieces(pieces) => pieces.concat().into(),
        ResponseBody::Filler { start, length } => filler(start, length.min(1 << 26)),
    }
}
