//! What a session is drawn on, as a trait, so that a test can read the frames without a terminal.

use std::io;

use crate::app::Model;
use crate::protocol::hit::HitMap;
use crate::protocol::message::Msg;
use crate::protocol::viewport::Drawn;
use crate::term::{Hyperlink, Screen, WindowProgress};
use crate::ui::{self, LongWork};

/// Draws frames, and does what else only a terminal can do. Without a terminal that is nothing.
pub trait Display {
    /// Draws one frame and writes only the cells that changed. Returns which part of the page is in view now, and what a click does where.
    ///
    /// # Errors
    /// The terminal is gone.
    fn draw(&mut self, model: &Model) -> io::Result<(Drawn, HitMap)>;

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

    /// Takes a line that was typed as an answer; `None` once no more lines come. Only a display that asks on lines does.
    fn hear(&mut self, _line: Option<String>) {}

    /// The next message that an answer comes to, e.g. one of several keys. Each is asked for after the one before was carried out.
    ///
    /// # Errors
    /// The terminal is gone.
    fn next_message(&mut self, _model: &Model) -> io::Result<Option<Msg>> {
        Ok(None)
    }

    /// Whether a frame is due although the model has not changed.
    fn has_words(&mut self) -> bool {
        false
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

    /// Tells somebody who does not look at the window.
    ///
    /// # Errors
    /// The terminal is gone.
    fn notify(&mut self, _text: &str) -> io::Result<()> {
        Ok(())
    }

    /// Rings the bell of the terminal.
    ///
    /// # Errors
    /// The terminal is gone.
    fn ring(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Display for Screen {
    fn draw(&mut self, model: &Model) -> io::Result<(Drawn, HitMap)> {
        let mut shown = (model.view().drawn().clone(), HitMap::default());
        let links = ui::links(model).into_iter().map(|(text, address)| Hyperlink { text, address });
        let links: Vec<Hyperlink> = links.collect();
        self.draw_linked(&links, |frame| shown = ui::draw(model, frame))?;
        let (title, work) = ui::window_title(model);
        let progress = match work {
            Some(LongWork { percent: Some(percent) }) => WindowProgress::Percent(percent),
            Some(LongWork { percent: None }) => WindowProgress::Busy,
            None => WindowProgress::None,
        };
        self.name_window(&title, progress)?;
        Ok(shown)
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

    fn notify(&mut self, text: &str) -> io::Result<()> {
        Screen::notify(self, text)
    }

    fn ring(&mut self) -> io::Result<()> {
        Screen::ring(self)
    }
}
