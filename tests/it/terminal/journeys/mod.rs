//! The real program in a real terminal against the simulated Azure: what a person sees and does, one behaviour a file.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on says so")]

mod azure;
mod bad_luck;
mod by_key;
mod elsewhere;
mod ends;
mod idle;
mod killed;
mod looks;
mod recorded;
mod relay;
mod sizes;
mod split;
mod unwritable;
mod whole_export;
