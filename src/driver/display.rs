//! What a session is drawn on, as a trait, so that a test can read the frames without a terminal.

use std::io;

use crate::app::Model;
use crate::protocol::viewport::Drawn;
use crate::term::Screen;
use crate::ui;

/// Draws frames, and does what else only a terminal can do. Without a terminal that is nothing.
pub trait Display {
    /// Draws one frame and writes only the cells that changed. Returns which part of the page is in view now.
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
    fn suspend(&mut self) -> io::Result<()> {
        Ok(())
    }

    /// Takes the terminal again after another process stopped this one (`kill -STOP`).
    ///
    /// # Errors
    /// The terminal refused its modes.
    fn resume(&mut self) -> io::Result<()> {
        Ok(())
    }

    /// Makes the next frame draw every cell.
    ///
    /// # Errors
    /// The terminal is gone.
    fn clear(&mut self) -> io::Result<()> {
        Ok(())
    }

    /// Switches mouse reporting.
    ///
    /// # Errors
    /// The terminal is gone.
    fn set_mouse(&mut self, _on: bool) -> io::Result<()> {
        Ok(())
    }

    /// Puts text on the clipboard, if the terminal allows it.
    ///
    /// # Errors
    /// The text is empty or too long, or the terminal is gone.
    fn copy(&mut self, _text: &str) -> io::Result<()> {
        Ok(())
    }
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
