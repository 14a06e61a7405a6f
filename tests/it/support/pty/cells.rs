//! The text and style of cells, and the modes of a terminal.

use std::num::NonZeroU16;

use portable_pty::MasterPty;

/// The text and style of a cell.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is one thing a terminal says by itself")]
pub(crate) struct CellStyle {
    pub text: String,
    pub reverse: bool,
    pub bold: bool,
    pub dim: bool,
    pub underline: bool,
    pub foreground: vt100::Color,
    pub background: vt100::Color,
}

impl CellStyle {
    pub(super) fn of(cell: &vt100::Cell) -> Self {
        Self {
            text: cell.contents().to_owned(),
            reverse: cell.inverse(),
            bold: cell.bold(),
            dim: cell.dim(),
            underline: cell.underline(),
            foreground: cell.fgcolor(),
            background: cell.bgcolor(),
        }
    }

    /// Whether the cell has a colour of its own.
    pub(crate) fn is_coloured(&self) -> bool {
        self.foreground != vt100::Color::Default || self.background != vt100::Color::Default
    }
}

/// The modes a program may leave behind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is one thing a terminal says by itself")]
pub(crate) struct Modes {
    pub alternate_screen: bool,
    pub bracketed_paste: bool,
    pub cursor_hidden: bool,
    pub mouse: bool,
    /// Keys arrive as the kitty keyboard protocol has them.
    pub keyboard: bool,
    /// Keys are echoed and lines are edited by the system, as a shell's programs expect.
    pub cooked: bool,
}

impl Modes {
    /// What a shell leaves a program with, and wants back.
    pub(crate) const SANE: Self = Self {
        alternate_screen: false,
        bracketed_paste: false,
        cursor_hidden: false,
        mouse: false,
        keyboard: false,
        cooked: true,
    };

    pub(super) fn of(screen: &vt100::Screen, master: &dyn MasterPty) -> Self {
        Self {
            alternate_screen: screen.alternate_screen(),
            bracketed_paste: screen.bracketed_paste(),
            cursor_hidden: screen.hide_cursor(),
            mouse: screen.mouse_protocol_mode() != vt100::MouseProtocolMode::None,
            keyboard: false,
            cooked: is_cooked(master),
        }
    }

    pub(crate) fn is_sane(self) -> bool {
        self == Self::SANE
    }
}

/// ICANON and ECHO, by their numbers on Linux and on the BSDs.
#[cfg(unix)]
fn is_cooked(master: &dyn MasterPty) -> bool {
    let wanted = if cfg!(target_os = "linux") { 0x2 | 0x8 } else { 0x100 | 0x8 };
    master.get_termios().is_some_and(|modes| modes.local_flags.bits() & wanted == wanted)
}

/// A pseudo-console of Windows does not tell its modes.
#[cfg(not(unix))]
fn is_cooked(_: &dyn MasterPty) -> bool {
    true
}

pub(super) fn at_least_one(size: u16) -> NonZeroU16 {
    NonZeroU16::new(size).unwrap_or(NonZeroU16::MIN)
}

/// The screen between lines, for a message.
pub(super) fn framed(screen: &str) -> String {
    let rows: Vec<String> = screen.lines().map(|row| format!("│{row}")).collect();
    format!("┌────\n{}\n└────", rows.join("\n"))
}
