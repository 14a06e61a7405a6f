//! The screen of a session: enters the terminal, draws frames, and gives the terminal back when dropped.

use std::io::{self, Write};

use ratatui::Frame;

use super::canvas::Canvas;
use crate::term::caps::{Caps, ColourDepth};
use crate::term::clipboard::{self, CannotCopy};
use crate::term::guard::{self, Output};
use crate::term::hyperlink::Hyperlink;
use crate::term::notification::{self, NotificationForm};
use crate::term::osc::Multiplexer;
use crate::term::window::Window;
use crate::term::window_progress::WindowProgress;

/// The size of a terminal that does not report one.
const UNKNOWN_SIZE: (u16, u16) = (80, 24);

/// A terminal in use. Dropping it leaves every mode and then prints what [`Screen::print_after`] collected.
#[derive(Debug)]
pub struct Screen {
    canvas: Canvas<Output>,
    after: String,
    mouse: bool,
    keyboard: bool,
    suspended: bool,
    window: Window,
    notifications: NotificationForm,
    inside: Multiplexer,
}

impl Screen {
    /// Enters the terminal. Call [`guard::check`] first.
    ///
    /// # Errors
    /// The terminal refused a mode; it is back as it was.
    pub fn open(caps: Caps) -> io::Result<Self> {
        // Whether to use colour is decided in `Caps`, and done on the cells: crossterm's own switch for NO_COLOR turns
        // every colour into a full reset, which takes reverse video away with it.
        crossterm::style::force_color_output(true);
        let keyboard = caps.keyboard;
        enter(keyboard)?;
        match Canvas::new(Output, measure, caps.colours != ColourDepth::None, caps.hyperlinks) {
            Ok(canvas) => Ok(Self {
                canvas,
                after: String::new(),
                mouse: false,
                keyboard,
                suspended: false,
                window: Window::new(caps.window),
                notifications: caps.notifications,
                inside: caps.inside,
            }),
            Err(error) => {
                guard::leave();
                Err(error)
            }
        }
    }

    /// Draws one frame at the present size of the terminal. Writes only the cells that changed: 0 bytes when none did, or while the
    /// session is suspended.
    ///
    /// # Errors
    /// The terminal is gone, or was given back because another thread panicked.
    pub fn draw(&mut self, render: impl FnOnce(&mut Frame<'_>)) -> io::Result<()> {
        self.draw_linked(&[], render)
    }

    /// The same, with texts that lead to addresses, where the terminal takes them.
    ///
    /// # Errors
    /// As [`Screen::draw`].
    pub fn draw_linked(&mut self, links: &[Hyperlink], render: impl FnOnce(&mut Frame<'_>)) -> io::Result<()> {
        if self.suspended { Ok(()) } else { self.canvas.draw(links, render) }
    }

    /// Names the window and shows a progress in the taskbar, where the terminal has them.
    ///
    /// # Errors
    /// The terminal is gone.
    pub fn name_window(&mut self, title: &str, progress: WindowProgress) -> io::Result<()> {
        if self.suspended { Ok(()) } else { self.window.show(title, progress) }
    }

    /// Columns and rows now; either may be 0.
    pub fn size(&self) -> (u16, u16) {
        measure()
    }

    /// Makes the next frame draw every cell, for a screen that something else wrote on.
    ///
    /// # Errors
    /// The terminal is gone.
    pub fn clear(&mut self) -> io::Result<()> {
        self.canvas.clear()
    }

    /// Gives the terminal to the shell as Ctrl-Z does, and stops the process. Nothing is drawn until [`Screen::resume`].
    /// On a system without job control the session simply goes on.
    ///
    /// # Errors
    /// The process could not be stopped; the session goes on.
    pub fn suspend(&mut self) -> io::Result<()> {
        #[cfg(unix)]
        {
            self.suspended = true;
            if let Err(error) = guard::suspend() {
                self.resume()?;
                return Err(error);
            }
        }
        Ok(())
    }

    /// Enters the terminal again after [`Signal::Continue`](crate::term::Signal::Continue), also after `kill -STOP`. The next frame
    /// draws every cell, perhaps at another size.
    ///
    /// # Errors
    /// The terminal refused the modes.
    pub fn resume(&mut self) -> io::Result<()> {
        guard::leave();
        enter(self.keyboard)?;
        guard::set_mouse(self.mouse)?;
        self.suspended = false;
        self.window.forget();
        self.canvas.forget_cursor();
        self.clear()
    }

    /// Switches mouse capture, which is off at first.
    ///
    /// # Errors
    /// The terminal is gone.
    pub fn set_mouse(&mut self, on: bool) -> io::Result<()> {
        self.mouse = on;
        guard::set_mouse(on)
    }

    /// Sends text to the clipboard of the person's own machine, also over SSH. A terminal that does not allow it stays silent, so
    /// show the text as well.
    ///
    /// # Errors
    /// The text is too long or empty, or the terminal is gone.
    pub fn copy(&mut self, text: &str) -> Result<(), CannotCopy> {
        let sequence = clipboard::sequence(text)?;
        Output.write_all(sequence.as_bytes()).map_err(CannotCopy::Terminal)
    }

    /// Has the terminal show a notification of the desktop, where it can, and ring its bell. Nothing while the session is suspended: the
    /// terminal is the shell's then.
    ///
    /// # Errors
    /// The terminal is gone.
    pub fn notify(&mut self, text: &str) -> io::Result<()> {
        if self.suspended {
            return Ok(());
        }
        Output.write_all(notification::sequence(self.notifications, self.inside, text).as_bytes())
    }

    /// Rings the bell.
    ///
    /// # Errors
    /// The terminal is gone.
    pub fn ring(&mut self) -> io::Result<()> {
        if self.suspended { Ok(()) } else { Output.write_all(notification::BELL.as_bytes()) }
    }

    /// Adds lines to print on the normal screen once the terminal is given back. Control characters are dropped.
    pub fn print_after(&mut self, text: &str) {
        self.after.extend(text.chars().filter(|c| *c == '\n' || !c.is_control()));
        if !self.after.ends_with('\n') {
            self.after.push('\n');
        }
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        guard::leave();
        if !self.after.is_empty() {
            guard::write_to_normal_screen(&self.after);
        }
    }
}

fn enter(keyboard: bool) -> io::Result<()> {
    guard::enter()?;
    if keyboard { guard::take_keyboard() } else { Ok(()) }
}

/// Columns and rows of the terminal, or 80 and 24 if it does not report them.
pub fn measure() -> (u16, u16) {
    crossterm::terminal::size().unwrap_or(UNKNOWN_SIZE)
}
