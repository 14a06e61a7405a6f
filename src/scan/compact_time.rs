//! Times as numbers of the form `yyyymmddhhmmss`, e.g. 20261122213408 for 2026-11-22T21:34:08Z. A later time is a larger number, so that
//! the dates of a listing are compared without a calendar.

use jiff::Timestamp;

/// The number of a time, to the second.
pub fn from_timestamp(at: Timestamp) -> u64 {
    at.strftime("%Y%m%d%H%M%S").to_string().parse().unwrap_or_default()
}

/// The time of a number as JSON and people write it: `2026-11-22T21:34:08Z`.
pub fn to_text(time: u64) -> String {
    let digits = format!("{time:014}");
    let part = |from: usize, to: usize| digits.get(from..to).unwrap_or_default().to_owned();
    let (date, time) = ([part(0, 4), part(4, 6), part(6, 8)], [part(8, 10), part(10, 12), part(12, 14)]);
    format!("{}T{}Z", date.join("-"), time.join(":"))
}

/// The number of `Sun, 22 Nov 2026 21:21:34 GMT`, which is 20261122212134; `None` for any other form.
pub(super) fn from_http_date(rfc1123: &str) -> Option<u64> {
    const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let number = |from: usize, to: usize| rfc1123.get(from..to)?.parse::<u64>().ok();
    let month = rfc1123.get(8..11)?;
    let month = MONTHS.iter().zip(1..).find(|(name, _)| **name == month)?.1;
    let day = (number(12, 16)? * 100 + month) * 100 + number(5, 7)?;
    Some(((day * 100 + number(17, 19)?) * 100 + number(20, 22)?) * 100 + number(23, 25)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_time_has_the_same_number_however_it_was_written() {
        let at: Timestamp = "2026-11-22T21:34:08Z".parse().unwrap();
        assert_eq!(from_timestamp(at), 20_261_122_213_408);
        assert_eq!(from_http_date("Sun, 22 Nov 2026 21:34:08 GMT"), Some(from_timestamp(at)));
        assert_eq!(to_text(from_timestamp(at)), "2026-11-22T21:34:08Z");
        assert_eq!(from_http_date("yesterday"), None);
    }
}
