//! The form Return address: where the drives go back to, and the carrier that takes them there.
//!
//! - `fields`: the list of fields
//! - `sent`: the address as the service gets it, `street` its street lines, `members` the same in the service's words
//! - `unusual`: warnings about the whole form; `boxes` recognises PO boxes, `mailbox` private mailboxes
//! - `country_field`, `state`, `postal`, `tax`, `way_back`: the rules of these fields

pub(super) mod boxes;
mod country_field;
mod fields;
mod mailbox;
mod members;
pub(super) mod postal;
mod sent;
mod state;
mod street;
mod tax;
mod unusual;
mod way_back;

pub use fields::AddressField;
pub use members::members;
pub use sent::sent;
pub(super) use sent::tidy;
pub use unusual::warnings;

#[cfg(test)]
mod tests;
