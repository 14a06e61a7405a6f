//! The event loop with a scripted world and a clock that stands still: what is sent, saved, drawn and waited for, in which order.

mod leaving;
mod requests;
mod saving;
mod script;
mod showing;
mod unchecking;
