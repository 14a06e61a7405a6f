//! One request to an Azure service, before it is sent.

use azure_core::http::{
    Method, Request, Url,
    headers::{HeaderName, HeaderValue},
};
use bytes::Bytes;

use super::{Audience, RequestContext};
use crate::azure::credentials::Credential;

/// One request to an Azure service.
#[derive(Clone)]
pub(crate) struct ApiRequest {
    /// Its purpose as an infinitive, e.g. `list the containers of mediaarchive`.
    pub(crate) tried: String,
    /// The role that allows it, for advice.
    pub(crate) role: &'static str,
    pub(crate) audience: Audience,
    pub(crate) base_url: Url,
    pub(crate) method: Method,
    pub(crate) url: Url,
    pub(crate) headers: Vec<(&'static str, String)>,
    pub(crate) body: Option<(&'static str, Bytes)>,
    pub(crate) idempotent: bool,
    pub(crate) credential: Credential,
}

impl ApiRequest {
    /// A read.
    pub(crate) fn get(
        tried: impl Into<String>,
        role: &'static str,
        audience: Audience,
        base_url: &Url,
        url: Url,
    ) -> Self {
        Self {
            tried: tried.into(),
            role,
            audience,
            base_url: base_url.clone(),
            method: Method::Get,
            url,
            headers: Vec::new(),
            body: None,
            idempotent: true,
            credential: Credential::Token,
        }
    }

    /// The same request with another method. `idempotent`: sending it twice does no harm.
    pub(crate) fn method(mut self, method: Method, idempotent: bool) -> Self {
        self.method = method;
        self.idempotent = idempotent;
        self
    }

    /// The same request with a body.
    pub(crate) fn body(mut self, content_type: &'static str, body: impl Into<Bytes>) -> Self {
        self.body = Some((content_type, body.into()));
        self
    }

    /// The same request with one more header.
    pub(crate) fn header(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    /// The same request with another credential.
    pub(crate) fn by(mut self, credential: Credential) -> Self {
        self.credential = credential;
        self
    }

    /// The part of a fault that comes from this request.
    pub(crate) fn context(&self) -> RequestContext {
        let below = self.url.path().strip_prefix(self.base_url.path().trim_end_matches('/'));
        let container = below.and_then(|path| path.split('/').find(|part| !part.is_empty()));
        RequestContext {
            audience: self.audience,
            credential: self.credential.clone(),
            base_url: self.base_url.clone(),
            container: container.filter(|_| self.audience == Audience::Storage).map(str::to_owned),
            idempotent: self.idempotent,
            writes: self.method != Method::Get,
            ..RequestContext::new(&self.tried, self.role, &self.url)
        }
    }

    pub(crate) fn to_http(&self) -> Request {
        let mut request = Request::new(self.url.clone(), self.method);
        for (name, value) in &self.headers {
            request.insert_header(HeaderName::from_static(name), HeaderValue::from(value.clone()));
        }
        if let Some((content_type, body)) = &self.body {
            request.insert_header(HeaderName::from_static("content-type"), HeaderValue::from_static(content_type));
            request.set_body(body.clone());
        }
        request
    }
}
