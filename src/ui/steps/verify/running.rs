//! A check under way or stopped: bytes, blobs, pace, time left, and the first findings.

use jiff::Timestamp;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::findings::{finding, more};
use crate::ui::body::{Body, DrawContext};
use crate::ui::{text, theme};
use crate::verify::rules::MeterReading;
use crate::wizard::steps::verify::VerifyStep;
use crate::wording::{count, many};

/// `since` is absent for a check that is stopped.
pub(super) fn draw(
    body: &mut Body,
    ctx: &DrawContext,
    step: &VerifyStep,
    reading: &MeterReading,
    since: Option<Timestamp>,
) {
    let drives = many(step.wanted.drives.len() as u64, "drive");
    let doing = if since.is_some() { "Checking" } else { "Paused:" };
    body.say(ctx, &format!("{doing} {drives}. Nothing on them is changed."), theme::title());
    bar(body, ctx, reading);
    amounts(body, ctx, reading);
    match since {
        Some(since) => pace(body, ctx, reading, ctx.now.duration_since(since).as_secs()),
        None => body.say(ctx, "Space goes on; what is checked is kept, also when you leave.", Style::new()),
    }
    if let Some(place) = &reading.slow_place {
        let words = format!("{} took seconds, the last at {place}.", many(reading.slow, "read"));
        body.say_with(ctx, "~ ", &words, theme::caution());
    }
    body.blank();
    if reading.findings == 0 {
        body.say(ctx, "Nothing wrong so far.", theme::dim());
        return;
    }
    let words = format!(
        "{} so far: {} damaged or missing, {} not checked.",
        many(reading.findings, "finding"),
        count(reading.damage),
        count(reading.unchecked)
    );
    body.say(ctx, &words, theme::title());
    for found in &reading.first {
        finding(body, ctx, found);
    }
    more(body, ctx, reading.findings, reading.first.len());
}

fn bar(body: &mut Body, ctx: &DrawContext, reading: &MeterReading) {
    let Some(percent) = reading.percent() else { return };
    let bar = ctx.bar(percent, if ctx.width >= 60 { 40 } else { 20 });
    body.line(Line::from(vec![Span::styled(bar, theme::good()), Span::raw(format!(" {percent:>3} %"))]));
}

fn amounts(body: &mut Body, ctx: &DrawContext, reading: &MeterReading) {
    let done = text::bytes(reading.bytes.saturating_add(reading.bytes_before));
    let words = match reading.promised {
        Some(total) => format!(
            "{done} of about {}, {} of {}.",
            text::bytes(total.bytes),
            count(reading.entries),
            many(total.entries, "blob")
        ),
        None => format!("{done}, {} so far.", many(reading.entries, "blob")),
    };
    body.say(ctx, &words, Style::new());
    if reading.bytes_before > 0 {
        let words = format!("{} of it were checked earlier.", text::bytes(reading.bytes_before));
        body.say(ctx, &words, theme::dim());
    }
}

fn pace(body: &mut Body, ctx: &DrawContext, reading: &MeterReading, seconds: i64) {
    let seconds = u64::try_from(seconds).unwrap_or(0);
    if seconds == 0 || reading.bytes == 0 {
        body.say(ctx, "Measuring the pace.", theme::dim());
        return;
    }
    let left = reading.seconds_left(seconds).map_or("time left not known yet".to_owned(), time_left);
    body.say(ctx, &format!("{}/s, {left}.", text::bytes(reading.bytes / seconds)), Style::new());
}

/// `about 2 h 10 min left`.
fn time_left(seconds: u64) -> String {
    let minutes = seconds.div_ceil(60);
    match (minutes / 60, minutes % 60) {
        (0, 0 | 1) => "less than a minute left".to_owned(),
        (0, minutes) => format!("about {minutes} min left"),
        (hours, minutes) => format!("about {hours} h {minutes} min left"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_time_left_is_told_in_hours_and_minutes() {
        let told = [0, 59, 61, 3_600, 7_800].map(time_left);
        let wanted = [
            "less than a minute left",
            "less than a minute left",
            "about 2 min left",
            "about 1 h 0 min left",
            "about 2 h 10 min left",
        ];
        assert_eq!(told, wanted);
    }
}
