//! A wish to sign in: where, how, and whom to ask.

use super::SessionOptions;
use crate::azure::{
    auth::PersonOptions,
    cloud::Cloud,
    model::{AskPerson, SignInMethod},
    transport::CallListener,
};

/// A wish to sign in.
#[derive(Clone)]
pub struct SignInRequest<'a> {
    /// Where.
    pub cloud: &'a Cloud,
    /// How.
    pub method: SignInMethod,
    /// Tenant GUID or domain; `None` leaves it to the method.
    pub tenant: Option<&'a str>,
    /// Page size and pace.
    pub options: SessionOptions,
    /// What signing in with a person needs.
    pub person: PersonOptions,
    /// Whether a person may be asked.
    pub ask: AskPerson,
    /// Told what the person has to do, now and in every later call of the session. Without it nobody is asked.
    pub listener: Option<CallListener>,
}

impl<'a> SignInRequest<'a> {
    /// With the usual options, and nobody to ask.
    pub fn new(cloud: &'a Cloud, method: SignInMethod, tenant: Option<&'a str>) -> Self {
        Self {
            cloud,
            method,
            tenant,
            options: SessionOptions::default(),
            person: PersonOptions::default(),
            ask: AskPerson::default(),
            listener: None,
        }
    }
}
