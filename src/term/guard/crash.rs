//! The text after a panic.

use std::fmt::Write as _;
use std::panic::PanicHookInfo;

/// The exit status after a panic, the one Rust itself uses.
pub(super) const CRASH_STATUS: u8 = 101;

/// Place and message of a panic, and in the wizard what became of the draft. No backtrace and no values, so it holds no secret.
pub(super) fn crash_report(panic: &PanicHookInfo<'_>, in_wizard: bool) -> String {
    let mut report = String::from("Blobfreight stopped because of a mistake in its own code");
    if let Some(place) = panic.location() {
        let _infallible = write!(report, ", at {}:{}:{}", place.file(), place.line(), place.column());
    }
    let payload = panic.payload();
    let text = payload.downcast_ref::<&str>().copied();
    let message = text.or_else(|| payload.downcast_ref::<String>().map(String::as_str)).unwrap_or("no message");
    report.push_str(": ");
    report.extend(message.chars().filter(|c| !c.is_control()).take(500));
    report.push_str(".\n");
    if in_wizard {
        report.push_str("Your draft is kept: start blobfreight again to go on with it.\n");
    }
    report.push_str("Please report this, with what `blobfreight doctor` prints.\n");
    report
}
