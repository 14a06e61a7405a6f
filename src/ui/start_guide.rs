//! What an export is, for somebody who never made one: the way, how long it takes, what to have ready, what it costs and where that is
//! written. Every figure is from the page that is named beside it.

use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::body::{Body, DrawContext};
use super::theme;

/// The parts of the way.
const WAY: [(&str, &str); 5] = [
    ("Choose", "what of a storage account goes on the drives. Nothing is sent to Azure yet."),
    ("Create", "the job. Microsoft gets your answers, you get the address to ship to."),
    ("Ship", "your own empty drives to that datacenter, with a carrier."),
    (
        "Wait",
        "for the copy. Microsoft aims at 7 to 10 days after the drives arrived and promises no time (page: View the status of \
         Azure Import/Export jobs). The days with the carrier come on top, both ways.",
    ),
    ("Unlock", "the drives that come back, with the keys of the job, and check them against the manifest on each."),
];

/// What to have ready (page: Azure Import/Export system requirements).
const READY: [&str; 4] = [
    "A sign-in to Azure that may read the blobs, create a job and read its keys.",
    "Empty SATA drives of 2.5 or 3.5 inches, at most 10 a job. Not USB, not NVMe, not 4K-native (page: Azure Import/Export system requirements).",
    "An account number with a carrier, for the way back.",
    "An address and a telephone number for the drives to come back to.",
];

const COSTS: &str = "A fee for each drive, the carrier both ways, storage transactions and outgoing traffic. The prices are at \
                     azure.microsoft.com/pricing/details/storage-import-export/";

/// Adds the guide to the start screen.
pub(super) fn lines(body: &mut Body, ctx: &DrawContext) {
    body.heading("How an export goes");
    for (number, (name, what)) in WAY.iter().enumerate() {
        body.say_with(ctx, &format!("  {} {name:<7} ", number + 1), what, Style::new());
    }
    heading(body, "Have ready");
    for thing in READY {
        body.say_with(ctx, "  - ", thing, Style::new());
    }
    heading(body, "What it costs");
    body.say_with(ctx, "  ", COSTS, Style::new());
}

fn heading(body: &mut Body, words: &str) {
    body.blank();
    body.line(Line::from(Span::styled(words.to_owned(), theme::title())));
}
