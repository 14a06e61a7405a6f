//! Scans over a loopback service: right totals, however they are cut, whatever goes wrong at whichever page, and however often they
//! are stopped.

mod account;
mod arrow;
mod counting;
mod cutting;
mod refusals;
mod server;
mod trouble;

use crate::support::arrow_pages;
