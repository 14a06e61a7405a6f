//! Tells the screen what the person has to do to sign in, and when there is nothing more to do.

use crate::azure::{
    model::SignInPrompt,
    transport::{CallEvent, CallListener},
};

/// Tells a call's listener what the person has to do, and, whatever ends the sign-in, that it has ended.
pub(super) struct Prompter<'a>(&'a CallListener);

impl<'a> Prompter<'a> {
    pub(super) fn new(listener: &'a CallListener) -> Self {
        Self(listener)
    }

    pub(super) fn tell(&self, prompt: SignInPrompt) {
        (self.0)(CallEvent::SignIn(Some(prompt)));
    }
}

impl Drop for Prompter<'_> {
    fn drop(&mut self) {
        (self.0)(CallEvent::SignIn(None));
    }
}
