//! A person at a terminal: starts a program in a pseudo-terminal, presses keys, and waits for what the screen shows.
//! Every wait is for content, woken by the thread that reads the terminal; a wait that fails prints the whole screen.
//!
//! After `press("Esc")` wait for what it does before the next key: two keys that arrive together are one Alt key, as on a
//! real terminal.
mod cells;
mod keys;
mod requests;
mod start;

use std::io::{Read, Write};
use std::process::Command;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use portable_pty::{Child, ExitStatus, MasterPty, PtySize};

pub(crate) use cells::{CellStyle, Modes};
use requests::TerminalRequests;
#[allow(unused_imports, reason = "each test file uses a part of it")]
pub(crate) use start::{DARK, Home, LIGHT, Start};

/// How long a wait may take before the test fails. Long, because a busy machine is not a failure.
const LIMIT: Duration = Duration::from_secs(30);

/// A program in a terminal. Dropping it kills the program.
pub(crate) struct Pty {
    shared: Arc<Shared>,
    master: Box<dyn MasterPty + Send>,
    process: u32,
    limit: Duration,
}

#[derive(Default)]
struct Shared {
    seen: Mutex<Option<Seen>>,
    changed: Condvar,
    writer: Mutex<Option<Box<dyn Write + Send>>>,
}

/// All that is known of the terminal and the program.
struct Seen {
    parser: vt100::Parser<TerminalRequests>,
    raw: Vec<u8>,
    /// Inside a synchronized update: the screen is half a frame.
    mid_frame: bool,
    closed: bool,
    exit: Option<ExitStatus>,
}

impl Pty {
    fn watch(
        master: Box<dyn MasterPty + Send>,
        mut child: Box<dyn Child + Send + Sync>,
        (columns, rows): (u16, u16),
        asked: TerminalRequests,
    ) -> Self {
        let parser =
            vt100::Parser::new_with_callbacks(cells::at_least_one(rows), cells::at_least_one(columns), 2000, asked);
        let seen = Seen { parser, raw: Vec::new(), mid_frame: false, closed: false, exit: None };
        let shared =
            Arc::new(Shared { seen: Mutex::new(Some(seen)), changed: Condvar::new(), writer: Mutex::new(None) });
        let process = child.process_id().unwrap();
        let reader = master.try_clone_reader().unwrap();
        *shared.writer.lock().unwrap() = Some(master.take_writer().unwrap());
        let for_reader = Arc::clone(&shared);
        thread::spawn(move || for_reader.read_all(reader));
        let for_waiter = Arc::clone(&shared);
        thread::spawn(move || {
            let status = child.wait().unwrap();
            for_waiter.change(|seen| seen.exit = Some(status));
        });
        Self { shared, master, process, limit: LIMIT }
    }

    /// Waits no longer than this from now on.
    pub(crate) fn within(mut self, limit: Duration) -> Self {
        self.limit = limit;
        self
    }

    /// Waits until the text stands on the screen.
    #[track_caller]
    pub(crate) fn shows(&mut self, text: &str) -> &mut Self {
        self.shows_matching(|screen| screen.contains(text), &format!("{text:?} on the screen"))
    }

    /// Waits until the program has written the text, on the screen or scrolled off it since.
    #[track_caller]
    pub(crate) fn outputs(&mut self, text: &str) -> &mut Self {
        self.wait_for(
            |seen| String::from_utf8_lossy(&seen.raw).contains(text).then_some(()),
            &format!("{text:?} written"),
        );
        self
    }

    /// Waits until a whole frame is on the screen without the text.
    #[track_caller]
    pub(crate) fn shows_not(&mut self, text: &str) -> &mut Self {
        self.shows_matching(|screen| !screen.contains(text), &format!("no {text:?} on the screen"))
    }

    /// Waits until the screen, as rows of text, is as wanted; `what` says in words what that is.
    #[track_caller]
    pub(crate) fn shows_matching(&mut self, wanted: impl Fn(&str) -> bool, what: &str) -> &mut Self {
        self.wait_for(|seen| wanted(&seen.parser.screen().contents()).then_some(()), what);
        self
    }

    /// Waits until the modes of the terminal are as wanted.
    #[track_caller]
    pub(crate) fn has_modes(&mut self, wanted: impl Fn(Modes) -> bool, what: &str) -> &mut Self {
        self.wait_for(|seen| wanted(self.modes_of(seen)).then_some(()), what);
        self
    }

    /// Waits until the cursor stands at this row and column, counted from 0, and can be seen.
    #[track_caller]
    pub(crate) fn shows_cursor_at(&mut self, row: u16, column: u16) -> &mut Self {
        let at = |seen: &Seen| {
            let screen = seen.parser.screen();
            !screen.hide_cursor() && screen.cursor_position() == (row, column)
        };
        self.wait_for(|seen| at(seen).then_some(()), &format!("the cursor at row {row}, column {column}"));
        self
    }

    /// Presses a key: `"a"`, `"Enter"`, `"Ctrl-c"`, `"Alt-Left"`, `"Shift-Tab"`, `"F1"`.
    pub(crate) fn press(&mut self, key: &str) -> &mut Self {
        self.send(&keys::bytes(key))
    }

    /// Types text, key by key as far as the program can tell.
    pub(crate) fn type_text(&mut self, text: &str) -> &mut Self {
        self.send(text.as_bytes())
    }

    /// Pastes text as a terminal does: between marks if the program asked for them, with carriage returns.
    pub(crate) fn paste(&mut self, text: &str) -> &mut Self {
        let marked = self.modes().bracketed_paste;
        let text = text.replace("\r\n", "\n").replace('\n', "\r");
        let bytes = if marked { format!("\x1b[200~{text}\x1b[201~") } else { text };
        self.send(bytes.as_bytes())
    }

    /// Sends bytes as they are.
    pub(crate) fn send(&mut self, bytes: &[u8]) -> &mut Self {
        self.shared.write(bytes).unwrap();
        self
    }

    /// Gives the terminal another size. The emulator cannot be smaller than 1x1, the program may be told 0.
    pub(crate) fn resize(&mut self, columns: u16, rows: u16) -> &mut Self {
        let (height, width) = (cells::at_least_one(rows), cells::at_least_one(columns));
        self.shared.change(|seen| seen.parser.set_size(height, width));
        self.master.resize(PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 }).unwrap();
        self
    }

    /// The rows of the screen as a whole frame has them, without blanks at their ends.
    #[track_caller]
    pub(crate) fn screen(&self) -> String {
        self.wait_for(|seen| Some(seen.parser.screen().contents()), "a whole frame")
    }

    /// The first row, counted from 0, that shows the text. Fails if none does.
    #[track_caller]
    pub(crate) fn row_of(&self, text: &str) -> u16 {
        let screen = self.screen();
        match screen.lines().position(|row| row.contains(text)) {
            Some(row) => u16::try_from(row).unwrap(),
            None => panic!("no row shows {text:?}:\n{}", cells::framed(&screen)),
        }
    }

    /// Row and column of the cursor, counted from 0.
    #[track_caller]
    pub(crate) fn cursor(&self) -> (u16, u16) {
        self.wait_for(|seen| Some(seen.parser.screen().cursor_position()), "a whole frame")
    }

    /// What one cell shows, and how.
    #[track_caller]
    pub(crate) fn cell(&self, row: u16, column: u16) -> CellStyle {
        self.wait_for(
            |seen| Some(seen.parser.screen().cell(row, column).map(CellStyle::of).unwrap_or_default()),
            "a whole frame",
        )
    }

    /// The modes of the terminal now.
    pub(crate) fn modes(&self) -> Modes {
        self.read(|seen| self.modes_of(seen))
    }

    /// What the program asked to copy last, in base64.
    pub(crate) fn clipboard(&self) -> Option<String> {
        self.read(|seen| seen.parser.callbacks().clipboard.clone())
    }

    /// Bytes written by the program since it started.
    pub(crate) fn bytes_written(&self) -> usize {
        self.read(|seen| seen.raw.len())
    }

    /// All that the program wrote, control sequences included.
    pub(crate) fn raw_output(&self) -> String {
        self.read(|seen| String::from_utf8_lossy(&seen.raw).into_owned())
    }

    /// The process the terminal was opened for: the program, or the shell it runs in.
    pub(crate) fn process(&self) -> u32 {
        self.process
    }

    /// Sends a signal by name: `"TERM"`, `"HUP"`, `"INT"`, `"TSTP"`, `"CONT"`. Nothing if the program has ended.
    pub(crate) fn signal(&mut self, name: &str) -> &mut Self {
        if self.read(|seen| seen.exit.is_none()) {
            let sent = Command::new("kill").arg(format!("-{name}")).arg(self.process.to_string()).output().unwrap();
            assert!(sent.status.success(), "kill -{name}: {}", String::from_utf8_lossy(&sent.stderr));
        }
        self
    }

    /// Kills the program with SIGKILL, which it cannot notice, and waits until it is gone.
    pub(crate) fn kill_hard(&mut self) {
        self.signal("KILL");
        self.wait_for(|seen| seen.exit.clone(), "the end of the killed program");
    }

    /// Waits for the end of the program. Its exit status as a shell has it: 128 and the number for one ended by a signal
    /// is what the program must return itself, so a program killed by the default action shows as -1 here.
    #[track_caller]
    pub(crate) fn wait_exit(&self) -> i32 {
        let status = self.wait_for(|seen| seen.exit.clone().filter(|_| seen.closed), "the program to end");
        match status.signal() {
            Some(_) => -1,
            None => i32::try_from(status.exit_code()).unwrap(),
        }
    }

    /// Waits for the end and gives what the person sees then.
    #[track_caller]
    pub(crate) fn after_exit(&self) -> String {
        self.wait_exit();
        self.screen()
    }

    /// Whether the program is still there.
    pub(crate) fn is_running(&self) -> bool {
        self.read(|seen| seen.exit.is_none())
    }

    fn modes_of(&self, seen: &Seen) -> Modes {
        let keyboard = seen.parser.callbacks().pushed > 0;
        Modes { keyboard, ..Modes::of(seen.parser.screen(), self.master.as_ref()) }
    }

    fn read<T>(&self, get: impl FnOnce(&Seen) -> T) -> T {
        get(self.shared.lock().as_ref().unwrap())
    }

    /// Waits until `get` finds something in a complete frame. Fails when the limit is over, or as soon as the program has
    /// ended without it.
    #[track_caller]
    fn wait_for<T>(&self, get: impl Fn(&Seen) -> Option<T>, what: &str) -> T {
        let start = Instant::now();
        let mut guard = self.shared.lock();
        loop {
            let seen = guard.as_ref().unwrap();
            let whole = !seen.mid_frame || seen.closed;
            if let Some(found) = whole.then(|| get(seen)).flatten() {
                return found;
            }
            let left = self.limit.checked_sub(start.elapsed());
            let over = seen.closed && seen.exit.is_some();
            let Some(left) = left.filter(|_| !over) else {
                let why = if over {
                    format!("the program ended ({:?})", seen.exit)
                } else {
                    format!("{:?} are over", self.limit)
                };
                let screen = cells::framed(&seen.parser.screen().contents());
                // The lock is let go first: a poisoned one would hide this message behind others.
                drop(guard);
                panic!("waited for {what}, but {why}. The screen:\n{screen}");
            };
            guard = self.shared.changed.wait_timeout(guard, left).unwrap_or_else(PoisonError::into_inner).0;
        }
    }
}

impl Drop for Pty {
    fn drop(&mut self) {
        // A shell's jobs are in other process groups; the terminal going away hangs them up.
        if self.is_running() {
            let _gone = Command::new("kill").args(["-KILL", &self.process.to_string()]).output();
        }
    }
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, Option<Seen>> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn change(&self, change: impl FnOnce(&mut Seen)) {
        if let Some(seen) = self.lock().as_mut() {
            change(seen);
        }
        self.changed.notify_all();
    }

    fn read_all(&self, mut reader: Box<dyn Read + Send>) {
        let mut buffer = [0; 16 * 1024];
        loop {
            match reader.read(&mut buffer) {
                Ok(0) | Err(_) => return self.change(|seen| seen.closed = true),
                Ok(count) => {
                    let mut answers = Vec::new();
                    self.change(|seen| answers = seen.take(&buffer[..count]));
                    let _gone = self.write(&answers);
                }
            }
        }
    }

    fn write(&self, bytes: &[u8]) -> std::io::Result<()> {
        let mut writer = self.writer.lock().unwrap_or_else(PoisonError::into_inner);
        let writer = writer.as_mut().unwrap();
        writer.write_all(bytes)?;
        writer.flush()
    }
}

impl Seen {
    /// Takes what the program wrote; returns what the terminal answers.
    fn take(&mut self, bytes: &[u8]) -> Vec<u8> {
        let mark_length = b"\x1b[?2026h".len();
        let from = self.raw.len().saturating_sub(mark_length - 1);
        self.raw.extend_from_slice(bytes);
        for window in self.raw[from..].windows(mark_length) {
            match window {
                b"\x1b[?2026h" => self.mid_frame = true,
                b"\x1b[?2026l" => self.mid_frame = false,
                _ => {}
            }
        }
        self.parser.process(bytes);
        std::mem::take(&mut self.parser.callbacks_mut().answers)
    }
}
