//! The program is killed at random moments, again and again, and has to end with what is true. A short form of each runs with the
//! other tests; the long one with `cargo test --test torture -- --ignored --nocapture --test-threads 1`, which prints its figures.
//!
//! A generator chooses when to kill a program in a terminal. Its seed is printed. `BLOBFREIGHT_SEED=7` chooses the same moments again;
//! what the program is doing then still depends on the machine.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on says so")]

#[path = "../it/support/mod.rs"]
mod support;

mod after_creation;
mod backend;
mod chance;
mod create;
mod moved;
mod saved;
mod scan;
mod service;
mod typing;
mod verify;
