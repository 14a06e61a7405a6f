//! The style of each role that text has. A role's colour is one of the four below until the frame is complete; then [`super::colour`]
//! puts the colour of the palette in its place, so that no step has to know the terminal.

use ratatui::style::{Color, Modifier, Style};
use ratatui::text::Line;

use crate::wizard::progress::StepMark;

pub(super) const KEY: Color = Color::Cyan;
pub(super) const GOOD: Color = Color::Green;
pub(super) const CAUTION: Color = Color::Magenta;
pub(super) const ALARM: Color = Color::Red;

/// Quiet text: explanations, what is not in play.
pub fn dim() -> Style {
    Style::new().add_modifier(Modifier::DIM)
}

/// What a screen is about.
pub fn title() -> Style {
    Style::new().add_modifier(Modifier::BOLD)
}

/// A key name, or something to act on.
pub fn key() -> Style {
    Style::new().fg(KEY)
}

/// A text that leads to an address.
pub fn link() -> Style {
    key().add_modifier(Modifier::UNDERLINED)
}

/// Good: answered, complete.
pub fn good() -> Style {
    Style::new().fg(GOOD)
}

/// A warning.
pub fn caution() -> Style {
    Style::new().fg(CAUTION)
}

/// A failure.
pub fn alarm() -> Style {
    Style::new().fg(ALARM)
}

/// The row or field that has the focus. Reverse video, so that it shows without colours too.
pub fn focused() -> Style {
    Style::new().add_modifier(Modifier::REVERSED)
}

/// A whole line that has the focus: reverse video, without the colours and the dimness its parts had.
pub fn in_focus(mut line: Line<'static>) -> Line<'static> {
    for span in &mut line.spans {
        let bold = span.style.add_modifier.contains(Modifier::BOLD);
        span.style = if bold { focused().add_modifier(Modifier::BOLD) } else { focused() };
    }
    line
}

/// The style of a step's state.
pub fn mark(mark: StepMark) -> Style {
    match mark {
        StepMark::Done => good(),
        StepMark::Here => title(),
        StepMark::Open => Style::new(),
        StepMark::NeedsYou | StepMark::Stale => caution(),
        StepMark::Locked => dim(),
    }
}
