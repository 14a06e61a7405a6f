//! The lines of the key table for signing in with a person. Data only.

use super::binding::{Binding, on};
use super::movement::ESC;
use crate::protocol::action::Action;
use crate::protocol::key::KeyPress;

pub(super) const BROWSER_PROMPT: &[&[Binding]] = &[&[
    on(&[KeyPress::char('c')], Action::Copy, "copy address", "Put the address of the sign-in page on the clipboard"),
    on(&[KeyPress::char('o')], Action::OpenPage, "open", "Open the sign-in page in a browser once more"),
    on(&[KeyPress::char('d')], Action::OtherWay, "code instead", "Sign in with a code, in any browser"),
]];

pub(super) const CODE_PROMPT: &[&[Binding]] = &[&[
    on(&[KeyPress::char('c')], Action::Copy, "copy code", "Put the code on the clipboard"),
    on(&[KeyPress::char('a')], Action::CopyAddress, "address", "Put the address of the page on the clipboard"),
    on(&[KeyPress::char('n')], Action::NewCode, "new code", "Get another code; the one before no longer counts"),
    on(&[KeyPress::char('b')], Action::OtherWay, "browser", "Sign in in a browser on this machine instead"),
]];

pub(super) const ASKED_IN_PLACE: &[&[Binding]] =
    &[&[on(ESC, Action::Escape, "give up", "Do not sign in; what waits for it fails, and nothing typed is lost")]];

pub(super) const REMEMBERABLE: &[&[Binding]] =
    &[&[on(&[KeyPress::char('w')], Action::Remember, "remember", "Keep the sign-in in the system's keyring, or not")]];

pub(super) const SIGNED_IN: &[&[Binding]] =
    &[&[on(&[KeyPress::char('s')], Action::SignOut, "sign out", "Sign out, and remove the sign-in from the keyring")]];
