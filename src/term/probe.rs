//! Asks the terminal itself what it can do, for `blobfreight doctor`: how wide it draws the signs of the screen, and whether it takes text for
//! the clipboard. One question is sent that every terminal answers (DA1); what has not come by then does not come.

/// What a terminal said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ProbeOutcome {
    /// It answered.
    Answered(ProbeAnswers),
    /// It did not, within the time.
    Silent,
    /// It was not asked; why, without a full stop.
    NotAsked(String),
}

/// The answers of a terminal.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ProbeAnswers {
    /// Columns that each sign takes, in the order asked; `None` where it was not told.
    pub widths: Vec<Option<u16>>,
    /// It lists the clipboard (OSC 52) among what it has. Many that have it do not list it.
    pub clipboard: bool,
}

#[cfg(unix)]
pub use asking::probe;

/// Nothing is asked: this program does not know how on this system.
#[cfg(not(unix))]
pub fn probe(_signs: &[&str]) -> ProbeOutcome {
    ProbeOutcome::NotAsked("on this system the terminal is not asked".to_owned())
}

/// Reads the answers so far. The first member is whether the last question was answered.
#[cfg_attr(not(unix), allow(dead_code, reason = "only Unix terminals are asked"))]
fn read_answers(bytes: &[u8], signs: usize) -> Option<ProbeAnswers> {
    let text = String::from_utf8_lossy(bytes);
    let mut widths = Vec::new();
    let mut attributes = None;
    for sequence in text.split("\x1b[").skip(1) {
        let Some(end) = sequence.find(|c: char| c.is_ascii_alphabetic()) else { continue };
        let (numbers, kind) = (&sequence[..end], &sequence[end..=end]);
        match kind {
            // The position of the cursor, after a sign that was written in the first column.
            "R" => widths.push(column(numbers)),
            "c" => attributes = Some(numbers.trim_start_matches('?').split(';').any(|number| number == "52")),
            _ => {}
        }
    }
    widths.resize(signs, None);
    attributes.map(|clipboard| ProbeAnswers { widths, clipboard })
}

/// Columns before the cursor in `ROW;COLUMN`.
#[cfg_attr(not(unix), allow(dead_code, reason = "only Unix terminals are asked"))]
fn column(position: &str) -> Option<u16> {
    let (_, column) = position.split_once(';')?;
    column.parse::<u16>().ok()?.checked_sub(1)
}

#[cfg(unix)]
mod asking {
    use std::fs::OpenOptions;
    use std::io::{self, IsTerminal as _, Write as _};
    use std::os::fd::{AsFd as _, BorrowedFd};
    use std::time::{Duration, Instant};

    use crossterm::terminal::{disable_raw_mode, enable_raw_mode};
    use rustix::event::{PollFd, PollFlags, Timespec, poll};

    use crate::term::probe::{ProbeAnswers, ProbeOutcome, read_answers};

    /// How long the answers may take, also behind a slow line.
    const WAIT: Duration = Duration::from_millis(1_500);

    /// Asks for the width of each sign and for the clipboard. Call it while nothing else reads the terminal. The line that the cursor is
    /// on is written over.
    pub fn probe(signs: &[&str]) -> ProbeOutcome {
        match ask(signs) {
            Ok(Some(answers)) => ProbeOutcome::Answered(answers),
            Ok(None) => ProbeOutcome::Silent,
            Err(error) => ProbeOutcome::NotAsked(format!("there is no terminal to ask ({error})")),
        }
    }

    fn ask(signs: &[&str]) -> io::Result<Option<ProbeAnswers>> {
        let mut terminal = OpenOptions::new().read(true).write(true).open("/dev/tty")?;
        let _raw = RawMode::enter()?;
        for sign in signs {
            write!(terminal, "\r{sign}\x1b[6n")?;
        }
        write!(terminal, "\r\x1b[K\x1b[c")?;
        let input = io::stdin();
        // macOS cannot wait for `/dev/tty` itself, only for the terminal that is open already.
        let from = if input.is_terminal() { input.as_fd() } else { terminal.as_fd() };
        answers(from, signs.len())
    }

    fn answers(terminal: BorrowedFd<'_>, signs: usize) -> io::Result<Option<ProbeAnswers>> {
        let until = Instant::now() + WAIT;
        let mut bytes = Vec::new();
        while let Some(left) = until.checked_duration_since(Instant::now()) {
            if !is_readable(terminal, left)? {
                continue;
            }
            let mut piece = [0; 256];
            let count = rustix::io::read(terminal, &mut piece)?;
            if count == 0 {
                break;
            }
            bytes.extend_from_slice(&piece[..count]);
            if let Some(answers) = read_answers(&bytes, signs) {
                return Ok(Some(answers));
            }
        }
        Ok(None)
    }

    fn is_readable(terminal: BorrowedFd<'_>, left: Duration) -> io::Result<bool> {
        let mut waits = [PollFd::from_borrowed_fd(terminal, PollFlags::IN)];
        let left = Timespec::try_from(left).map_err(io::Error::other)?;
        match poll(&mut waits, Some(&left)) {
            Ok(_) if waits[0].revents().contains(PollFlags::NVAL) => Err(io::ErrorKind::Unsupported.into()),
            Ok(ready) => Ok(ready > 0),
            Err(rustix::io::Errno::INTR) => Ok(false),
            Err(error) => Err(error.into()),
        }
    }

    /// Raw mode until it is dropped, so that the answers are neither drawn nor held back.
    struct RawMode;

    impl RawMode {
        fn enter() -> io::Result<Self> {
            enable_raw_mode()?;
            Ok(Self)
        }
    }

    impl Drop for RawMode {
        fn drop(&mut self) {
            let _terminal_gone = disable_raw_mode();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn widths_and_attributes_are_read_from_the_answers_of_a_terminal() {
        let whole = b"\x1b[5;2R\x1b[5;3R\x1b[?62;22;52c";
        assert_eq!(read_answers(whole, 2), Some(ProbeAnswers { widths: vec![Some(1), Some(2)], clipboard: true }));
        let without = read_answers(b"\x1b[?1;2c", 1);
        assert_eq!(without, Some(ProbeAnswers { widths: vec![None], clipboard: false }));
    }

    #[test]
    fn nothing_is_known_before_the_last_answer() {
        assert_eq!(read_answers(b"\x1b[5;2R\x1b[5", 1), None);
        assert_eq!(read_answers(b"typed", 1), None);
        assert_eq!(read_answers(b"\x1b[\x1b[c", 0).map(|answers| answers.clipboard), Some(false));
    }
}
