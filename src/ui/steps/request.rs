//! The create request as text for another program. Lines that are too long are wrapped here, and whole when they are copied or saved.

use ratatui::style::Style;
use strum::VariantArray as _;

use crate::azure::model::AutomationForm;
use crate::protocol::message::Slot;
use crate::ui::body::{Body, DrawContext};
use crate::ui::{text, theme};
use crate::wizard::steps::review::RequestPage;

pub(super) fn body(page: &RequestPage, ctx: &DrawContext) -> Body {
    let mut body = Body::default();
    let forms = AutomationForm::VARIANTS;
    let number = forms.iter().position(|form| *form == page.form).map_or(1, |at| at + 1);
    body.heading(&format!("{} ({number} of {})", page.form.title(), forms.len()));
    let words =
        "This is the request that Create sends. Another program can send it instead; nothing is sent from here.";
    body.say(ctx, words, theme::dim());
    body.blank();
    match &page.text {
        None => body.busy(ctx, Slot::RequestText, "Writing the request"),
        Some(text) => {
            for line in text.lines() {
                let indent: String = line.chars().take_while(|c| *c == ' ').collect();
                body.say_with(ctx, &indent, &text::clean(line.trim_start()), Style::new());
            }
        }
    }
    body
}
