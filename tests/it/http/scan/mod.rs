//! Scans over a loopback service: right totals, however they are cut, whatever goes wrong at whichever page, and however often they
//! are stopped.

#![expect(clippy::unwrap_used, reason = "what a test asks for and does not get ends the test")]

mod account;
mod counting;
mod cutting;
mod refusals;
mod server;
mod trouble;
