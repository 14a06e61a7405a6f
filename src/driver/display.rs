//! Where a session is shown, as a trait, so that a test can look at it without a terminal.

use std::io;

use crate::app::Model;
use crate::protocol::viewport::Drawn;
use crate::term::Screen;
use crate::ui;

/// A place to draw on, and the few other things a terminal does.
pub trait Display {
    /// Draws one frame; writes only what changed. Says which part of the page is in view now.
    ///
    /// # Errors
    /// The terminal is gone.
    fn draw(&mut self, model: &Model) -> io::Result<Drawn>;

    /// Columns and rows; either may be 0.
    fn size(&self) -> (u16, u16);

    /// Hands the terminal to the shell and returns when the shell gives it back.
    ///
    /// # Errors
    /// The terminal refused its modes on the way back.
    fn suspend(&mut self) -> io::Result<()>;

    /// Takes the terminal again after the process was stopped without being asked.
    ///
    /// # Errors
    /// The terminal refused its modes.
    fn resume(&mut self) -> io::Result<()>;

    /// Makes the next frame draw every cell.
    ///
    /// # Errors
    /// The terminal is gone.
    fn clear(&mut self) -> io::Result<()>;

    /// Switches mouse reporting.
    ///
    /// # Errors
    /// The terminal is gone.
    fn set_mouse(&mut self, on: bool) -> io::Result<()>;

    /// Puts text on the clipboard, as far as the terminal allows it.
    ///
    /// # Errors
    /// There is nothing to copy, too much of it, or no terminal.
    fn copy(&mut self, text: &str) -> io::Result<()>;
}

impl Display for Screen {
    fn draw(&mut self, model: &Model) -> io::Result<Drawn> {
        let mut drawn = model.view().drawn().clone();
        Screen::draw(self, |frame| drawn = ui::draw(model, frame))?;
        Ok(drawn)
    }

    fn size(&self) -> (u16, u16) {
        Screen::size(self)
    }

    fn suspend(&mut self) -> io::Result<()> {
        Screen::suspend(self)
    }

    fn resume(&mut self) -> io::Result<()> {
        Screen::resume(self)
    }

    fn clear(&mut self) -> io::Result<()> {
        Screen::clear(self)
    }

    fn set_mouse(&mut self, on: bool) -> io::Result<()> {
        Screen::set_mouse(self, on)
    }

    fn copy(&mut self, text: &str) -> io::Result<()> {
        Screen::copy(self, text).map_err(io::Error::other)
    }
}
