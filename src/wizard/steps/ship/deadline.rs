//! The day until which the parcel has to be announced, and the time left, by the service's clock.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::draft::TWO_WEEKS;
use crate::wizard::shared::Shared;
use crate::wording::many;

/// When the service drops the job if the parcel is not announced: two weeks after the job was created.
fn end(shared: &Shared) -> Option<Timestamp> {
    let created = shared.draft.job.as_ref().and_then(|known| known.created);
    let noted = shared.draft.journal.create.as_ref().map(|create| create.intention.at);
    created.or(noted)?.checked_add(TWO_WEEKS).ok()
}

/// The day (UTC) until which the parcel has to be announced.
pub fn deadline(shared: &Shared) -> Option<Date> {
    end(shared).map(day)
}

/// The deadline with the time left: `by 2026-12-04, 12 days left`.
pub fn time_left(shared: &Shared) -> Option<String> {
    let end = end(shared)?;
    if shared.draft.rehearsal && shared.clock.is_none() {
        return Some(format!("by {}", day(end)));
    }
    let hours = end.duration_since(shared.service_time()).as_hours();
    let left = match hours {
        i64::MIN..0 => "which is over".to_owned(),
        0..48 => format!("{} left", many(hours.unsigned_abs(), "hour")),
        _ => format!("{} left", many((hours / 24).unsigned_abs(), "day")),
    };
    Some(format!("by {}, {left}", day(end)))
}

/// A day by UTC.
pub(super) fn day(time: Timestamp) -> Date {
    time.to_zoned(TimeZone::UTC).date()
}
