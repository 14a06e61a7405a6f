//! Owns the modes of the terminal as one list and gives the terminal back in every way a program can end: return, error,
//! panic on any thread, signal, suspend. Not for drawing (see `screen`).

use std::fmt::Write as _;
use std::io::{self, IsTerminal, Write};
use std::panic::PanicHookInfo;
use std::sync::atomic::{AtomicU8, Ordering};
use std::sync::{Mutex, MutexGuard, Once, PoisonError};

use crossterm::{cursor, event, queue, style, terminal};

/// The exit status when there is no terminal to use.
pub const NO_TERMINAL_STATUS: u8 = 2;

/// The exit status after a panic, the one Rust itself uses.
pub const CRASH_STATUS: u8 = 101;

/// The modes that are on now, one bit each. An atomic, so that the panic hook can read it whatever else is broken.
static ON: AtomicU8 = AtomicU8::new(0);

/// Held while bytes go to the terminal, so that no frame lands on the normal screen after the modes are left.
static OUTPUT: Mutex<()> = Mutex::new(());

/// One thing that is changed about the terminal and must be changed back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Mode {
    /// Keys arrive one by one and are not echoed.
    Raw = 1,
    /// The person's scrollback is left alone.
    AlternateScreen = 1 << 1,
    /// A paste arrives as one event.
    BracketedPaste = 1 << 2,
    /// The cursor is hidden until a frame asks for it.
    HiddenCursor = 1 << 3,
    /// Clicks and the wheel arrive as events. Off unless asked for: it takes away the terminal's own text selection.
    Mouse = 1 << 4,
}

/// Every mode in the order of switching on; switching off goes the other way. Focus events are left off: nothing needs
/// them, and a late one would be typed into the shell.
pub const MODES: [Mode; 5] = [Mode::Raw, Mode::AlternateScreen, Mode::BracketedPaste, Mode::HiddenCursor, Mode::Mouse];

/// The modes of a session before the person asks for anything.
pub const DEFAULT_MODES: [Mode; 4] = [Mode::Raw, Mode::AlternateScreen, Mode::BracketedPaste, Mode::HiddenCursor];

impl Mode {
    fn bit(self) -> u8 {
        self as u8
    }

    fn is_on(self) -> bool {
        ON.load(Ordering::SeqCst) & self.bit() != 0
    }

    fn switch_on(self, out: &mut impl Write) -> io::Result<()> {
        match self {
            Self::Raw => terminal::enable_raw_mode(),
            Self::AlternateScreen => queue!(out, terminal::EnterAlternateScreen),
            Self::BracketedPaste => queue!(out, event::EnableBracketedPaste),
            Self::HiddenCursor => queue!(out, cursor::Hide),
            Self::Mouse => queue!(out, event::EnableMouseCapture),
        }
    }

    fn switch_off(self, out: &mut impl Write) -> io::Result<()> {
        match self {
            Self::Raw => terminal::disable_raw_mode(),
            Self::AlternateScreen => queue!(out, terminal::LeaveAlternateScreen),
            Self::BracketedPaste => queue!(out, event::DisableBracketedPaste),
            Self::HiddenCursor => queue!(out, cursor::Show),
            Self::Mouse => queue!(out, event::DisableMouseCapture),
        }
    }
}

/// Why no session can start. The text is one sentence for stderr; the exit status is [`NO_TERMINAL_STATUS`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoTerminal {
    /// Input is a pipe or a file.
    #[error(
        "Blobfreight needs a terminal, but its input is a pipe or a file: start it from a terminal window without redirecting its input."
    )]
    Input,
    /// Output is a pipe or a file.
    #[error(
        "Blobfreight needs a terminal, but its output is a pipe or a file: start it from a terminal window without redirecting its output."
    )]
    Output,
    /// `TERM=dumb`.
    #[error(
        "Blobfreight cannot draw on this terminal, which says it is \"dumb\" (TERM=dumb): start it in another terminal, or set TERM to what this one really is."
    )]
    Dumb,
}

/// Whether a session can be drawn here. Looks at standard input, standard output and `TERM`.
///
/// # Errors
/// Says what is missing.
pub fn check() -> Result<(), NoTerminal> {
    judge(io::stdin().is_terminal(), io::stdout().is_terminal(), std::env::var("TERM").ok().as_deref())
}

fn judge(input: bool, output: bool, term: Option<&str>) -> Result<(), NoTerminal> {
    match (input, output, term) {
        (false, _, _) => Err(NoTerminal::Input),
        (_, false, _) => Err(NoTerminal::Output),
        (_, _, Some("dumb")) => Err(NoTerminal::Dumb),
        _ => Ok(()),
    }
}

/// Whether the terminal is ours at the moment.
pub fn is_entered() -> bool {
    ON.load(Ordering::SeqCst) != 0
}

/// Switches the default modes on and sees to it that a panic switches them off again.
///
/// # Errors
/// The terminal refused; everything is switched off again.
pub fn enter() -> io::Result<()> {
    install_panic_hook();
    let _writing = lock_output();
    let entered = switch_on(&DEFAULT_MODES, &mut standard_output()?);
    if entered.is_err() {
        leave_locked();
    }
    entered
}

/// Switches every mode off that is on. Does nothing the second time; never fails, because there is nobody left to tell.
pub fn leave() {
    let _writing = lock_output();
    leave_locked();
}

/// Switches mouse capture on or off.
///
/// # Errors
/// The terminal refused.
pub fn set_mouse(on: bool) -> io::Result<()> {
    let _writing = lock_output();
    if !is_entered() || Mode::Mouse.is_on() == on {
        return Ok(());
    }
    let mut out = standard_output()?;
    if on {
        return switch_on(&[Mode::Mouse], &mut out);
    }
    ON.fetch_and(!Mode::Mouse.bit(), Ordering::SeqCst);
    let mut bytes = Vec::new();
    Mode::Mouse.switch_off(&mut bytes)?;
    out.write_all(&bytes)
}

/// Leaves the modes and stops the process as a shell expects of Ctrl-Z. Returns when the process is continued, with the
/// modes still left: they are entered again when [`super::Signal::Continue`] arrives, because the process may have been
/// continued only to be ended, and touching the terminal from the background would stop it once more.
///
/// # Errors
/// The process could not be stopped.
#[cfg(unix)]
pub fn suspend() -> io::Result<()> {
    leave();
    signal_hook::low_level::emulate_default_handler(signal_hook::consts::SIGTSTP)
}

/// Where the bytes of a session go. Writes are refused while the terminal is not ours.
#[derive(Debug, Default)]
pub struct Output;

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.write_all(bytes).map(|()| bytes.len())
    }

    fn write_all(&mut self, bytes: &[u8]) -> io::Result<()> {
        let _writing = lock_output();
        if !is_entered() {
            return Err(io::Error::other("the terminal was given back"));
        }
        standard_output()?.write_all(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Writes below whatever the normal screen holds, with the terminal already given back. Failure is ignored: the terminal
/// may be gone, and the text was a courtesy.
pub(super) fn write_to_normal_screen(text: &str) {
    if let Ok(mut out) = standard_output() {
        let _gone = out.write_all(text.as_bytes());
    }
}

fn lock_output() -> MutexGuard<'static, ()> {
    OUTPUT.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Standard output without the library's buffer and lock: a panic in the middle of a write must still get through.
#[cfg(unix)]
fn standard_output() -> io::Result<std::fs::File> {
    use std::os::fd::AsFd;

    io::stdout().as_fd().try_clone_to_owned().map(std::fs::File::from)
}

/// Standard output; the console needs the library's own encoding here.
#[cfg(not(unix))]
fn standard_output() -> io::Result<impl Write> {
    Ok(io::stdout())
}

/// Each bit is set before its mode is: a mode that was only half switched on is switched off as well.
fn switch_on(modes: &[Mode], out: &mut impl Write) -> io::Result<()> {
    let mut bytes = Vec::new();
    for mode in modes {
        ON.fetch_or(mode.bit(), Ordering::SeqCst);
        mode.switch_on(&mut bytes)?;
    }
    out.write_all(&bytes)?;
    out.flush()
}

fn leave_locked() {
    let on = ON.swap(0, Ordering::SeqCst);
    if on == 0 {
        return;
    }
    if let Ok(mut out) = standard_output() {
        let _gone = out.write_all(&leave_bytes(on));
        let _gone = out.flush();
    }
    if on & Mode::Raw.bit() != 0 {
        let _gone = Mode::Raw.switch_off(&mut io::sink());
    }
}

/// What ends a session on the wire: a frame that was cut, colours, then every mode in `on`, last switched on first.
fn leave_bytes(on: u8) -> Vec<u8> {
    let mut bytes = Vec::new();
    let _infallible = queue!(bytes, terminal::EndSynchronizedUpdate, style::SetAttribute(style::Attribute::Reset));
    for mode in MODES.iter().rev().filter(|mode| **mode != Mode::Raw && on & mode.bit() != 0) {
        let _infallible = mode.switch_off(&mut bytes);
    }
    bytes
}

/// While the terminal is ours, a panic on any thread gives it back, says what happened and ends the program: half a
/// program behind a broken screen helps nobody, and the draft is on disk. Otherwise the earlier hook speaks.
fn install_panic_hook() {
    static INSTALLED: Once = Once::new();
    INSTALLED.call_once(|| {
        let earlier = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            if !is_entered() {
                return earlier(panic);
            }
            leave();
            let _gone = io::stderr().write_all(crash_report(panic).as_bytes());
            std::process::exit(i32::from(CRASH_STATUS));
        }));
    });
}

/// Place and message only: no backtrace, no values, so no secret can be in it.
fn crash_report(panic: &PanicHookInfo<'_>) -> String {
    let mut report = String::from("Blobfreight stopped because of a mistake in its own code");
    if let Some(place) = panic.location() {
        let _infallible = write!(report, ", at {}:{}:{}", place.file(), place.line(), place.column());
    }
    let payload = panic.payload();
    let text = payload.downcast_ref::<&str>().copied();
    let message = text.or_else(|| payload.downcast_ref::<String>().map(String::as_str)).unwrap_or("no message");
    report.push_str(": ");
    report.extend(message.chars().filter(|c| !c.is_control()).take(500));
    report.push_str(".\nYour draft is kept: start blobfreight again to go on with it.\n");
    report
}

#[cfg(test)]
mod tests {
    use super::*;

    fn on_bytes(modes: &[Mode]) -> String {
        let mut bytes = Vec::new();
        for mode in modes {
            mode.switch_on(&mut bytes).unwrap();
        }
        String::from_utf8(bytes).unwrap()
    }

    fn off_bytes(modes: &[Mode]) -> String {
        String::from_utf8(leave_bytes(modes.iter().map(|mode| mode.bit()).sum())).unwrap()
    }

    /// Every private mode (`CSI ? n h` or `l`) a text switches, in order.
    fn switches(text: &str, letter: char) -> Vec<u16> {
        let sequences = text.split("\x1b[?").skip(1);
        sequences.filter_map(|s| s.split_once(letter)?.0.parse().ok()).collect()
    }

    #[test]
    fn every_mode_that_is_switched_on_is_switched_off_again() {
        let written = &MODES[1..];
        let on = on_bytes(written);
        let off = off_bytes(written);
        for mode in switches(&on, 'h') {
            assert!(switches(&off, 'l').contains(&mode), "mode {mode} stays on");
        }
        for mode in switches(&on, 'l') {
            assert!(switches(&off, 'h').contains(&mode), "mode {mode} stays off");
        }
    }

    #[test]
    fn the_mouse_is_not_taken_by_default() {
        assert!(!DEFAULT_MODES.contains(&Mode::Mouse));
        assert!(!on_bytes(&DEFAULT_MODES[1..]).contains("?1000h"));
        assert!(on_bytes(&[Mode::Mouse]).contains("?1000h"));
    }

    #[test]
    fn a_mode_that_is_not_on_is_not_switched_off() {
        let off = off_bytes(&[Mode::AlternateScreen]);
        assert!(off.contains("\x1b[?1049l"));
        assert!(!off.contains("?2004"), "{off:?}");
    }

    #[test]
    fn modes_have_a_bit_each() {
        let together: u8 = MODES.iter().fold(0, |bits, mode| bits | mode.bit());
        assert_eq!(together.count_ones() as usize, MODES.len());
    }

    #[test]
    fn output_is_refused_while_the_terminal_is_not_ours() {
        assert!(!is_entered());
        assert!(Output.write_all(b"x").is_err());
    }

    #[test]
    fn no_terminal_is_one_sentence_that_says_what_to_do() {
        for (input, output, term, expected) in [
            (false, true, Some("xterm"), NoTerminal::Input),
            (true, false, Some("xterm"), NoTerminal::Output),
            (true, true, Some("dumb"), NoTerminal::Dumb),
        ] {
            assert_eq!(judge(input, output, term), Err(expected));
            let sentence = expected.to_string();
            assert!(
                sentence.contains(": start it") && sentence.ends_with('.') && !sentence.contains('\n'),
                "{sentence}"
            );
        }
        assert_eq!(judge(true, true, Some("xterm-256color")), Ok(()));
        assert_eq!(judge(true, true, None), Ok(()));
    }
}
