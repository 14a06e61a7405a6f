//! What the tests of the whole program share. Each test file uses a part of it.
#![allow(dead_code, reason = "each test binary uses a part of it")]

pub(crate) mod app_harness;
pub(crate) mod arrow_pages;
pub(crate) mod blobs_harness;
pub(crate) mod cast;
pub(crate) mod export_steps;
pub(crate) mod lines;
pub(crate) mod listed;
pub(crate) mod npm;
pub(crate) mod other_keys;
pub(crate) mod pages;
#[cfg(target_os = "linux")]
pub(crate) mod peak;
pub(crate) mod picture;
pub(crate) mod pty;
pub(crate) mod replay;
pub(crate) mod rules;
pub(crate) mod sources;
