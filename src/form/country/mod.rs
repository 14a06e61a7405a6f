//! Countries: found by name, code or everyday alias, and written in the one form the service gets.
//!
//! The service takes any text as a country (Microsoft page: Jobs - Create, `ReturnAddress`); a plain English name is what
//! carriers' labels want. `find` says which country a text means, `table` and `names` are what it searches, `forms` says how the
//! addresses of a country end, `states` names its parts, `regions` the country of an Azure region.

mod country;
mod find;
mod fold;
mod forms;
mod names;
mod regions;
pub mod states;
mod table;

pub use country::Country;
pub use find::{exact, find};
pub use fold::fold;
pub use forms::AddressForm;
pub use regions::{of_place, of_region};
pub use table::ALL;
