//! The day until which the parcel has to be announced, and the time left, by the service's clock.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::draft::{Consequence, DueTime, TimeLeft};
use crate::wizard::shared::Shared;

/// When the service drops the job if the parcel is not announced; `None` once it waits for no parcel.
fn due(shared: &Shared) -> Option<DueTime> {
    let due = shared.job_deadline()?.due;
    (due.then == Consequence::JobDropped).then_some(due)
}

/// The day (UTC) until which the parcel has to be announced, e.g. `2026-12-04`.
pub fn deadline(shared: &Shared) -> Option<String> {
    due(shared).map(|due| due.day())
}

/// The deadline with the time left: `by 2026-12-04, 12 days left`.
pub fn time_left(shared: &Shared) -> Option<String> {
    let due = due(shared)?;
    Some(match due.left(shared.deadline_clock()) {
        TimeLeft::Amount(left) => format!("by {}, {left} left", due.day()),
        TimeLeft::Over => format!("by {}, which is over", due.day()),
        TimeLeft::Unsaid => format!("by {}", due.day()),
    })
}

/// A day by UTC.
pub(super) fn day(time: Timestamp) -> Date {
    time.to_zoned(TimeZone::UTC).date()
}
