//! The ship step: the job's own shipping address, and the parcel that is announced to the service once.
//!
//! - `step`: the form, and the question before a parcel that cannot be corrected.
//! - `announce`: the announcement: look at the job, note the intention in the draft, send the change.
//! - `standing`: whether the parcel is announced, and what the rail says of it.
//! - `unconfirmed`: an announcement that was sent and not answered.
//! - `over`: the pages over the form: the checklist of the drives, packing slip and label; `page` is their data.
//! - `deadline`: the day until which the parcel has to be announced.

mod announce;
mod deadline;
mod over;
mod page;
mod standing;
mod step;
mod unconfirmed;

pub use deadline::{deadline, time_left};
pub use page::{ShipPage, check_words};
pub use standing::{NoParcel, is_sent_once, is_shipped, is_too_early, no_parcel, progress};
pub use step::{ShipPhase, ShipStep};
pub use unconfirmed::{may_be_announced, why_frozen};
