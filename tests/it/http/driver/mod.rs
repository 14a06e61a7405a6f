//! The event loop with a scripted world and a clock that stands still: what is sent, saved, drawn and waited for, in which order.

#![expect(clippy::panic, clippy::unwrap_used, reason = "a broken expectation is a failed test")]

mod leaving;
mod requests;
mod saving;
mod script;
mod showing;
mod unchecking;
