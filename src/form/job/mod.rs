//! The form Job: the job's name and options.
//!
//! - `fields`: the list of fields, and what is unusual about their values
//! - `name`: what a job may be called, and names the program suggests
//! - `resource_group`, `diagnostics_path`, `vault_key`, `tags`: the rules of these fields

mod diagnostics_path;
mod fields;
mod name;
mod resource_group;
pub mod tags;
mod vault_key;

pub use fields::{JobField, warnings};
pub use name::{is_name, numbered, suggest, untaken};
pub use resource_group::is_group;

#[cfg(test)]
mod tests;
#[cfg(test)]
mod vault_key_tests;
