//! The form Return address: where the drives go back to, and the carrier that takes them there.
//!
//! - `fields`: the list of fields
//! - `sent`: the address as the service gets it
//! - `unusual`: warnings about the whole form; `boxes` recognises PO boxes, `mailbox` private mailboxes
//! - `country_field`, `postal`, `tax`: the rules of these fields

pub(super) mod boxes;
mod country_field;
mod fields;
mod mailbox;
pub(super) mod postal;
mod sent;
mod tax;
mod unusual;

pub use fields::AddressField;
pub use sent::sent;
pub(super) use sent::tidy;
pub use unusual::warnings;

#[cfg(test)]
mod tests;
