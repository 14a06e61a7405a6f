//! A ratatui backend that writes a frame as one synchronized update, and writes no byte when no cell changed. Modes are in `guard`.

use std::io::{self, Write};

use crossterm::{cursor, queue, terminal};
use ratatui::backend::{Backend, ClearType, CrosstermBackend, WindowSize};
use ratatui::buffer::Cell;
use ratatui::layout::{Position, Size};
use ratatui::style::Color;
use unicode_width::UnicodeWidthStr;

use super::hyperlink::{self, Hyperlink};

/// Begins a synchronized update: the terminal shows the frame when it is complete. A terminal that does not know it ignores it.
const BEGIN: &[u8] = b"\x1b[?2026h";
/// Ends a synchronized update.
const END: &[u8] = b"\x1b[?2026l";

/// Collects bytes until `flush`.
#[derive(Debug)]
struct FrameBytes<W: Write> {
    bytes: Vec<u8>,
    out: W,
}

impl<W: Write> Write for FrameBytes<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.bytes.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.bytes.is_empty() {
            return Ok(());
        }
        let frame = [BEGIN, &self.bytes, END].concat();
        self.bytes.clear();
        self.out.write_all(&frame)?;
        self.out.flush()
    }
}

/// The backend. It keeps the state of the cursor, so that it never writes the same cursor sequence twice.
#[derive(Debug)]
pub struct FrameBackend<W: Write> {
    inner: CrosstermBackend<FrameBytes<W>>,
    measure: fn() -> (u16, u16),
    cursor_shown: bool,
    cursor: Option<Position>,
    links: Vec<Hyperlink>,
}

impl<W: Write> FrameBackend<W> {
    /// Writes frames to `out`. `measure` returns columns and rows; both may be 0. The cursor is hidden at first, at an unknown place.
    pub fn new(out: W, measure: fn() -> (u16, u16)) -> Self {
        let inner = CrosstermBackend::new(FrameBytes { bytes: Vec::new(), out });
        Self { inner, measure, cursor_shown: false, cursor: None, links: Vec::new() }
    }

    /// The links of the next frame.
    pub(super) fn set_links(&mut self, links: &[Hyperlink]) {
        links.clone_into(&mut self.links);
    }

    /// Cells after one of doubtful width are placed anew, so that a wrong guess cannot shift the rest of the row.
    fn draw_plain(&mut self, cells: &[(u16, u16, &Cell)]) -> io::Result<()> {
        for run in cells.split_inclusive(|(_, _, cell)| is_of_doubtful_width(cell.symbol())) {
            self.inner.draw(run.iter().copied())?;
            self.cursor = None;
        }
        Ok(())
    }

    /// Takes the cursor as hidden, at an unknown place: so it is after the modes were left and entered again.
    pub fn forget_cursor(&mut self) {
        self.cursor_shown = false;
        self.cursor = None;
    }
}

/// The cell as it is drawn, without the colour that stands for a link.
fn unmarked(cell: &Cell) -> Cell {
    let mut cell = cell.clone();
    cell.underline_color = Color::Reset;
    cell
}

/// Whether terminals disagree on the width of a cell's text: several characters drawn as one, or a character that is wide in East
/// Asian locales only. Box drawing is one column everywhere in practice.
fn is_of_doubtful_width(symbol: &str) -> bool {
    let mut chars = symbol.chars();
    match (chars.next(), chars.next()) {
        (Some(first), None) if first.is_ascii() || ('\u{2500}'..='\u{259f}').contains(&first) => false,
        (Some(_), None) => symbol.width_cjk() != symbol.width(),
        _ => true,
    }
}

impl<W: Write> Backend for FrameBackend<W> {
    type Error = io::Error;

    /// The sequences of a link stand around its cells.
    fn draw<'a, I>(&mut self, content: I) -> io::Result<()>
    where
        I: Iterator<Item = (u16, u16, &'a Cell)>,
    {
        let cells: Vec<_> = content.collect();
        for run in cells.chunk_by(|(_, _, one), (_, _, next)| one.underline_color == next.underline_color) {
            let colour = run.first().map_or(Color::Reset, |(_, _, cell)| cell.underline_color);
            let link = self.links.iter().find(|link| link.colour() == colour && colour != Color::Reset);
            match link.map(Hyperlink::open) {
                None => self.draw_plain(run)?,
                Some(open) => {
                    self.inner.write_all(open.as_bytes())?;
                    let cells: Vec<(u16, u16, Cell)> =
                        run.iter().map(|(x, y, cell)| (*x, *y, unmarked(cell))).collect();
                    self.draw_plain(&cells.iter().map(|(x, y, cell)| (*x, *y, cell)).collect::<Vec<_>>())?;
                    self.inner.write_all(hyperlink::CLOSE.as_bytes())?;
                }
            }
        }
        Ok(())
    }

    fn hide_cursor(&mut self) -> io::Result<()> {
        if self.cursor_shown {
            self.cursor_shown = false;
            queue!(self.inner, cursor::Hide)?;
        }
        Ok(())
    }

    fn show_cursor(&mut self) -> io::Result<()> {
        if !self.cursor_shown {
            self.cursor_shown = true;
            queue!(self.inner, cursor::Show)?;
        }
        Ok(())
    }

    /// The last position set here. The terminal is never asked: its answer would come between the keys.
    fn get_cursor_position(&mut self) -> io::Result<Position> {
        Ok(self.cursor.unwrap_or(Position::ORIGIN))
    }

    fn set_cursor_position<P: Into<Position>>(&mut self, position: P) -> io::Result<()> {
        let position = position.into();
        if self.cursor != Some(position) {
            self.cursor = Some(position);
            queue!(self.inner, cursor::MoveTo(position.x, position.y))?;
        }
        Ok(())
    }

    fn clear(&mut self) -> io::Result<()> {
        self.clear_region(ClearType::All)
    }

    fn clear_region(&mut self, clear_type: ClearType) -> io::Result<()> {
        let what = match clear_type {
            ClearType::All => terminal::ClearType::All,
            ClearType::AfterCursor => terminal::ClearType::FromCursorDown,
            ClearType::BeforeCursor => terminal::ClearType::FromCursorUp,
            ClearType::CurrentLine => terminal::ClearType::CurrentLine,
            ClearType::UntilNewLine => terminal::ClearType::UntilNewLine,
        };
        queue!(self.inner, terminal::Clear(what))
    }

    fn size(&self) -> io::Result<Size> {
        Ok((self.measure)().into())
    }

    fn window_size(&mut self) -> io::Result<WindowSize> {
        Ok(WindowSize { columns_rows: self.size()?, pixels: Size::ZERO })
    }

    fn flush(&mut self) -> io::Result<()> {
        Write::flush(&mut self.inner)
    }
}
