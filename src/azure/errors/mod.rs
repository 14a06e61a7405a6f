//! Turns a failed request into a [`Fault`](super::fault::Fault): one sentence, advice that names the missing role or rule, the
//! service's code and request id.
//!
//! - `response`: a response that says failure. `envelope` reads its body, `clean` makes text fit for a screen.
//! - `codes`, `resource_codes`, `data_box_codes`, `challenge`, `refused_credential`: what a code means; each gives a `meaning`.
//! - `network`: a request without a whole response. `tls`, `proxy` and `cause` help to say why.

mod cause;
mod challenge;
mod clean;
mod codes;
mod data_box_codes;
mod envelope;
mod meaning;
mod network;
mod proxy;
mod refused_credential;
mod resource_codes;
mod response;
mod tls;

pub(crate) use cause::{chain, is_timeout, is_tls};
pub(crate) use challenge::claims_wanted;
pub(crate) use clean::clean;
pub(crate) use envelope::is_web_page;
pub(crate) use network::network_failure;
pub(crate) use proxy::proxy_in_use;
pub(crate) use response::{broken_response, failed_response, web_page};

#[cfg(test)]
mod tests;
