//! A request waits for the person to sign in: what is to be done, and what the keys do meanwhile, on the sign-in step and over any other.

use crate::azure::model::{SignInCommand, SignInMethod, SignInPrompt};
use crate::protocol::action::Action;
use crate::protocol::keymap::Context;
use crate::protocol::message::{Effect, RequestId, Slot};
use crate::wizard::shared::{PendingPrompt, Shared};

/// Takes in what a request tells. One that no longer waits takes back only its own prompt.
pub fn take(shared: &mut Shared, slot: Slot, id: RequestId, prompt: Option<SignInPrompt>) {
    match prompt {
        Some(prompt) => shared.prompt = Some(PendingPrompt { slot, id, prompt }),
        None => shared.prompt = shared.prompt.take().filter(|pending| (pending.slot, pending.id) != (slot, id)),
    }
}

/// The context of the key table while a prompt is shown.
pub fn context(prompt: &SignInPrompt) -> Context {
    match prompt {
        SignInPrompt::Browser { .. } => Context::BrowserPrompt,
        SignInPrompt::DeviceCode { .. } => Context::CodePrompt,
    }
}

/// What a key does while a prompt is shown; `None` for keys that mean nothing to it.
pub fn act(shared: &mut Shared, action: &Action) -> Option<Effect> {
    let prompt = shared.prompt()?.prompt.clone();
    let anew = |method| Effect::TellSignIn(SignInCommand::Anew(method));
    Some(match (action, &prompt) {
        (Action::Copy, SignInPrompt::DeviceCode { code, .. }) => {
            shared.say("The code is on the clipboard, if the terminal allows it.");
            Effect::Copy(code.clone())
        }
        (Action::Copy | Action::CopyAddress, prompt) => {
            shared.say("The address is on the clipboard, if the terminal allows it.");
            Effect::Copy(prompt.address().to_owned())
        }
        (Action::NewCode, _) | (Action::OtherWay, SignInPrompt::Browser { .. }) => anew(SignInMethod::DeviceCode),
        (Action::OtherWay, SignInPrompt::DeviceCode { .. }) => anew(SignInMethod::Browser),
        (Action::OpenPage, prompt) => Effect::OpenPage(prompt.address().to_owned()),
        (Action::Escape | Action::CancelRequest, _) => Effect::TellSignIn(SignInCommand::Cancel),
        _ => return None,
    })
}
