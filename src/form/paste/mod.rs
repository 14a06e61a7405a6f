//! Pasted lines read as an address: a proposal which line goes into which field. The person accepts or refuses it.
//!
//! - `proposal`: the proposal, and how it is put together
//! - `country_line`: the country among the lines; `locality` city, state and postal code; `code` the postal code in a line
//! - `east`: addresses in the order of East Asia
//! - `receiver`: the person and the company; `contact` e-mail addresses and phone numbers

mod code;
pub(super) mod contact;
mod country_line;
mod east;
mod locality;
mod proposal;
mod receiver;

pub use proposal::{Proposal, from_earlier, propose};

#[cfg(test)]
mod tests;
