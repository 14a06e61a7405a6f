//! The texts on the screen that lead to an address. They are drawn with [`theme::link`](super::theme::link); the terminal makes links of them where
//! it can. Each is one word, so that it stands in one row or, on a narrow screen, is no link.

use super::text;
use crate::app::Model;
use crate::azure::cloud::is_safe;
use crate::azure::model::SignInPrompt;
use crate::wizard::shared::Shared;
use crate::wizard::steps::follow::FollowStep;

/// Each text with its address.
pub fn links(model: &Model) -> Vec<(String, String)> {
    let Some(wizard) = &model.wizard else { return Vec::new() };
    portal(&wizard.shared).into_iter().chain(sign_in(&wizard.shared)).collect()
}

/// The name of the portal, e.g. `portal.azure.com`, and the address of the job in it.
pub(super) fn portal(shared: &Shared) -> Option<(String, String)> {
    let address = FollowStep::portal_link(shared)?;
    let host = address.strip_prefix("https://")?.split('/').next()?.to_owned();
    Some((host, address))
}

/// The page where the person signs in. The authority names it; an address that is not safe is text alone.
fn sign_in(shared: &Shared) -> Option<(String, String)> {
    let address = match &shared.prompt.as_ref()?.prompt {
        SignInPrompt::DeviceCode { address, .. } => address,
        SignInPrompt::Browser { short, .. } => short,
    };
    let text = text::clean(address);
    (is_safe(address) && text == *address).then(|| (text, address.clone()))
}
