//! The event loop with a scripted backend and a clock that stands still: the order of requests, saves and frames.

mod harness;
mod leaving;
mod requests;
mod saving;
mod showing;
mod unchecking;
