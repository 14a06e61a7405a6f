//! What the tests of the whole program share. Each test file uses a part of it.

pub mod pty;
pub mod replay;
pub mod way;
