//! Enters the terminal and gives it back: switches its modes on and off, and refuses output while they are off.

use std::io::{self, Write};
use std::sync::atomic::{AtomicU16, Ordering};
use std::sync::{Mutex, MutexGuard, Once, PoisonError};

use super::crash::{CRASH_STATUS, crash_report};
use super::mode::{DEFAULT_MODES, Mode, leave_bytes};

/// The modes that are on now, one bit each. An atomic, because the panic hook must be able to read it without a lock.
static ON: AtomicU16 = AtomicU16::new(0);

/// Locked while bytes go to the terminal, so that no frame is written to the normal screen after the modes are switched off.
static OUTPUT: Mutex<()> = Mutex::new(());

fn is_on(mode: Mode) -> bool {
    ON.load(Ordering::SeqCst) & mode.bit() != 0
}

/// Whether the terminal is entered.
fn is_entered() -> bool {
    ON.load(Ordering::SeqCst) != 0
}

/// Switches the default modes on. A panic will switch them off again: see [`end_on_panic`].
///
/// # Errors
/// The terminal refused; everything is switched off again.
pub fn enter() -> io::Result<()> {
    end_on_panic();
    let _writing = lock_output();
    let entered = switch_on(&DEFAULT_MODES, &mut standard_output()?);
    if entered.is_err() {
        leave_locked();
    }
    entered
}

/// Switches off every mode that is on; a second call does nothing. Errors are ignored, because the terminal may be gone.
pub fn leave() {
    let _writing = lock_output();
    leave_locked();
}

/// Takes the keyboard in the way of the kitty protocol, for a terminal that offers it.
///
/// # Errors
/// The terminal refused.
pub fn take_keyboard() -> io::Result<()> {
    take(Mode::Keyboard)
}

/// Has the terminal keep the title of its window until the end.
///
/// # Errors
/// The terminal refused.
pub(crate) fn take_title() -> io::Result<()> {
    take(Mode::Title)
}

/// Has the progress in the taskbar taken away at the end.
///
/// # Errors
/// The terminal refused.
pub(crate) fn take_taskbar() -> io::Result<()> {
    take(Mode::Taskbar)
}

fn take(mode: Mode) -> io::Result<()> {
    let _writing = lock_output();
    if is_entered() && !is_on(mode) { switch_on(&[mode], &mut standard_output()?) } else { Ok(()) }
}

/// Switches mouse capture on or off.
///
/// # Errors
/// The terminal refused.
pub fn set_mouse(on: bool) -> io::Result<()> {
    let _writing = lock_output();
    if !is_entered() || is_on(Mode::Mouse) == on {
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

/// Gives the terminal back and stops the process as a shell expects of Ctrl-Z. Returns when the process is continued. The modes are
/// still off then, until [`Signal::Continue`](crate::term::Signal::Continue) is handled: the process may have been continued only
/// to be ended, and touching the terminal from the background would stop it once more.
///
/// # Errors
/// The process could not be stopped.
#[cfg(unix)]
pub(crate) fn suspend() -> io::Result<()> {
    leave();
    signal_hook::low_level::emulate_default_handler(signal_hook::consts::SIGTSTP)
}

/// Stops the process as Ctrl-Z does where the terminal has no modes to be given back. Returns when the process is continued.
///
/// # Errors
/// The system refused it.
pub fn stop() -> io::Result<()> {
    #[cfg(unix)]
    signal_hook::low_level::emulate_default_handler(signal_hook::consts::SIGTSTP)?;
    Ok(())
}

/// Standard output during a session. Refuses to write while the terminal is not entered.
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

/// Writes to the normal screen after the terminal was given back. Errors are ignored, because the terminal may be gone.
pub(crate) fn write_to_normal_screen(text: &str) {
    if let Ok(mut out) = standard_output() {
        let _gone = out.write_all(text.as_bytes());
    }
}

fn lock_output() -> MutexGuard<'static, ()> {
    OUTPUT.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Standard output without the library's buffer and lock, so that a panic in the middle of a write can still write.
#[cfg(unix)]
fn standard_output() -> io::Result<std::fs::File> {
    use std::os::fd::AsFd;

    io::stdout().as_fd().try_clone_to_owned().map(std::fs::File::from)
}

/// Standard output; the console needs the library's own encoding here.
#[cfg(not(unix))]
#[expect(clippy::unnecessary_wraps, reason = "the signature is that of Unix")]
fn standard_output() -> io::Result<impl Write> {
    Ok(io::stdout())
}

/// Sets each bit before it switches the mode on, so that a mode that was only half switched on is switched off as well.
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

/// From now on a panic on any thread gives the terminal back, prints the crash report and ends the program: without a thread it could
/// say wrong things, and the draft is on disk.
pub fn end_on_panic() {
    static INSTALLED: Once = Once::new();
    INSTALLED.call_once(|| {
        std::panic::set_hook(Box::new(|panic| {
            let report = crash_report(panic, is_entered());
            leave();
            let _gone = io::stderr().write_all(report.as_bytes());
            std::process::exit(i32::from(CRASH_STATUS));
        }));
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn output_is_refused_while_the_terminal_is_not_entered() {
        assert!(!is_entered());
        assert!(Output.write_all(b"x").is_err());
    }
}
