//! Faults that change a response the service has made: its address, its times, or how the operation it begins will end.

use jiff::fmt::rfc2822::DateTimePrinter;
use jiff::{SignedDuration, Timestamp};
use serde_json::Value;

use super::data_box;
use super::faults::ReplyFault;
use super::response::{Response, ResponseBody};
use super::state::SimState;

/// A time in the year 1, as the service writes one that is not set.
const YEAR_ONE: &str = "0001-01-01T00:00:00+00:00";

/// The response with the fault in it.
pub(super) fn apply(state: &mut SimState, fault: &ReplyFault, mut response: Response) -> Response {
    match fault {
        ReplyFault::CreateFails => data_box::fail_created(state, &response),
        ReplyFault::NoLocation => response.headers.retain(|(name, _)| name != "Location"),
        ReplyFault::LocationVersion { version } => change_location(&mut response, |address| {
            let (path, query) = address.split_once('?').unwrap_or((address, ""));
            let others = query.split('&').filter(|pair| !pair.starts_with("api-version="));
            let query: Vec<String> =
                std::iter::once(format!("api-version={version}")).chain(others.map(str::to_owned)).collect();
            format!("{path}?{}", query.join("&"))
        }),
        ReplyFault::LongLocation { bytes } => change_location(&mut response, |address| {
            let query = address.split_once('?').map_or(0, |(_, query)| query.len());
            format!("{address}&c={}", "M".repeat(bytes.saturating_sub(query + "&c=".len())))
        }),
        ReplyFault::ClockOff { seconds } => {
            let off = Timestamp::now().saturating_add(SignedDuration::from_secs(*seconds));
            let date = off.map(|at| DateTimePrinter::new().timestamp_to_rfc9110_string(&at));
            response.headers.extend(date.ok().and_then(Result::ok).map(|date| ("Date".to_owned(), date)));
        }
        ReplyFault::YearOne => change_times(&mut response),
    }
    response
}

fn change_location(response: &mut Response, change: impl Fn(&str) -> String) {
    for (_, address) in response.headers.iter_mut().filter(|(name, _)| name == "Location") {
        *address = change(address);
    }
}

/// Every text that is a time becomes one in the year 1.
fn change_times(response: &mut Response) {
    let ResponseBody::Whole(bytes) = &response.payload else { return };
    let Ok(mut body) = serde_json::from_slice::<Value>(bytes) else { return };
    forget_times(&mut body);
    response.payload = ResponseBody::Whole(body.to_string().into());
}

fn forget_times(value: &mut Value) {
    match value {
        Value::String(text) if text.parse::<jiff::Timestamp>().is_ok() => YEAR_ONE.clone_into(text),
        Value::Array(list) => list.iter_mut().for_each(forget_times),
        Value::Object(map) => map.values_mut().for_each(forget_times),
        _ => {}
    }
}
