//! One request to an Azure service before it is sent: its address, its service and its credential.

mod audience;
mod context;
mod request;
pub(crate) mod roles;

pub(crate) use audience::Audience;
pub(crate) use context::RequestContext;
pub(crate) use request::ApiRequest;
