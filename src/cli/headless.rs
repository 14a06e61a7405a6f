//! The session of a command without a screen: its cloud, its sign-in and its subscription.

use super::common_args::SessionArgs;
use super::effective_config::{EffectiveConfig, no_such_cloud};
use super::failure::CommandFailure;
use super::person;
use crate::azure::Azure;
use crate::azure::cloud::Cloud;
use crate::azure::fault::Fault;
use crate::azure::model::Identity;
use crate::azure::session::SignInRequest;
use crate::driver::live::{CLOCK_RATE, Rehearsal};
use crate::wording::some_of;

impl EffectiveConfig {
    /// The clouds, the chosen one first.
    pub(super) fn clouds(&self) -> Result<Vec<Cloud>, CommandFailure> {
        let chosen = self.cloud.as_deref().unwrap_or(&self.config.cloud);
        let mut clouds = self.config.clouds.clone();
        let Some(row) = clouds.iter().position(|cloud| cloud.name == chosen) else {
            return Err(no_such_cloud(&self.config, chosen));
        };
        clouds[..=row].rotate_right(1);
        Ok(clouds)
    }

    /// Whether the command asks the simulated Azure of the rehearsal.
    pub(super) fn is_rehearsal(&self) -> bool {
        self.cloud.as_deref() == Some(Rehearsal::NAME)
    }
}

/// A session without a screen.
pub(super) struct Headless {
    pub(super) azure: Azure,
    /// Who is signed in.
    pub(super) identity: Identity,
    /// The simulated Azure of a rehearsal ends when this is dropped.
    _rehearsal: Rehearsal,
}

impl Headless {
    /// Signs in to the chosen cloud, or to the rehearsal as the wizard left it.
    pub(super) async fn sign_in(setting: &EffectiveConfig, ask: &SessionArgs) -> Result<Self, CommandFailure> {
        let rate = setting.config.clock_rate.unwrap_or(CLOCK_RATE);
        let rehearsal = Rehearsal::new(&setting.places.data, rate);
        let (azure, identity) = if setting.is_rehearsal() {
            rehearsal.sign_in().await.map_err(CommandFailure::of_sign_in)?
        } else {
            let cloud = setting.clouds()?.into_iter().next().unwrap_or_else(Cloud::public);
            let person = person::options(&setting.config);
            let request = SignInRequest {
                person: person.clone(),
                listener: Some(person::printer()),
                ..SignInRequest::new(&cloud, ask.sign_in, ask.tenant.as_deref())
            };
            let signed_in = Azure::sign_in_as(request).await.map_err(CommandFailure::of_sign_in)?;
            person::report_trouble(&person);
            signed_in
        };
        Ok(Self { azure, identity, _rehearsal: rehearsal })
    }

    /// The subscription of the arguments, or the only one.
    pub(super) async fn subscription(&self, ask: &SessionArgs) -> Result<String, Fault> {
        if let Some(id) = &ask.subscription {
            return Ok(id.clone());
        }
        let subscriptions = self.azure.subscriptions().await?;
        match subscriptions.as_slice() {
            [one] => Ok(one.id.clone()),
            [] => Err(Fault::local("choose a subscription", "this sign-in sees none")
                .advise("Ask for the role Reader on one, or sign in to another tenant with --tenant.")),
            several => {
                let ids: Vec<&str> = several.iter().map(|subscription| subscription.id.as_str()).collect();
                Err(Fault::local("choose a subscription", format!("there are {}: {}", ids.len(), some_of(ids, 3)))
                    .advise("Name one with --subscription."))
            }
        }
    }
}
