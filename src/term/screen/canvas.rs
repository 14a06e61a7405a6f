//! Draws frames through a ratatui terminal over any writer, with or without colour.

use std::io::{self, Write};

use ratatui::style::Color;
use ratatui::{Frame, Terminal};

use crate::term::backend::FrameBackend;
use crate::term::hyperlink::{self, Hyperlink};

/// The part of a screen that draws.
#[derive(Debug)]
pub(super) struct Canvas<W: Write> {
    terminal: Terminal<FrameBackend<W>>,
    colour: bool,
    links: bool,
}

impl<W: Write> Canvas<W> {
    /// Draws to `out`, at the size that `measure` returns.
    pub(super) fn new(out: W, measure: fn() -> (u16, u16), colour: bool, links: bool) -> io::Result<Self> {
        Terminal::new(FrameBackend::new(out, measure)).map(|terminal| Self { terminal, colour, links })
    }

    /// Draws one frame; writes only the cells that changed. The texts of `links` lead to their addresses.
    pub(super) fn draw(&mut self, links: &[Hyperlink], render: impl FnOnce(&mut Frame<'_>)) -> io::Result<()> {
        let colour = self.colour;
        let links = if self.links { links } else { &[] };
        self.terminal.backend_mut().set_links(links);
        self.terminal.draw(|frame| {
            render(frame);
            if !colour {
                remove_colour(frame);
            }
            hyperlink::mark(frame.buffer_mut(), links);
        })?;
        Ok(())
    }

    /// Makes the next frame draw every cell.
    pub(super) fn clear(&mut self) -> io::Result<()> {
        self.terminal.clear()
    }

    /// Makes the next frame place the cursor anew.
    pub(super) fn forget_cursor(&mut self) {
        self.terminal.backend_mut().forget_cursor();
    }
}

/// Bold, dim, underline and reverse stay, so a cursor row that is reversed can still be seen.
fn remove_colour(frame: &mut Frame<'_>) {
    for cell in &mut frame.buffer_mut().content {
        cell.fg = Color::Reset;
        cell.bg = Color::Reset;
        cell.underline_color = Color::Reset;
    }
}
