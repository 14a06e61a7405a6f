//! What the tests of the whole program share. Each test file uses a part of it.
#![allow(dead_code, reason = "each test binary uses a part of it")]

pub mod app_harness;
pub mod lines;
pub mod pages;
pub mod picker;
pub mod picture;
pub mod pty;
pub mod replay;
pub mod sources;
pub mod way;
