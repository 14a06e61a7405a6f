//! The window around the terminal: its title (OSC 2) and its progress in the taskbar (OSC 9;4). Both are left as they were found, by the modes of
//! `guard`.

use std::io::{self, Write as _};

use super::guard::{self, Output};
use super::osc::{self, Multiplexer};
use super::window_progress::{WindowProgress, progress_sequence};

/// Characters of a title that are shown.
const LONGEST: usize = 120;

/// What of the window may be used.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum WindowUse {
    /// Nothing.
    #[default]
    None,
    /// Its title.
    Title,
    /// Its title and the taskbar.
    TitleAndTaskbar,
}

impl WindowUse {
    /// By the variables that terminals set. Consoles have no window, and GNU screen does not give a title back. `value` knows no variable that
    /// is set to nothing; `taskbar` is whether the terminal is known to show progress there.
    pub fn from_env(value: impl Fn(&str) -> Option<String>, taskbar: bool) -> Self {
        let term = value("TERM").unwrap_or_default();
        let console = ["", "dumb", "linux", "cons25"].contains(&term.as_str()) || term.starts_with("vt");
        if (console && !cfg!(windows)) || Multiplexer::from_env(&value) == Multiplexer::Screen {
            return Self::None;
        }
        if taskbar { Self::TitleAndTaskbar } else { Self::Title }
    }

    /// The same for this process.
    pub fn from_process() -> Self {
        let value = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
        Self::from_env(value, anstyle_progress::supports_term_progress(true))
    }
}

/// The window during a session. It is written to only where something changed.
#[derive(Debug, Default)]
pub(crate) struct Window {
    usable: WindowUse,
    title: Option<String>,
    progress: WindowProgress,
}

impl Window {
    /// Uses what may be used.
    pub(crate) fn new(usable: WindowUse) -> Self {
        Self { usable, ..Self::default() }
    }

    /// Takes the window as unknown: so it is after the terminal was given back and taken again.
    pub(crate) fn forget(&mut self) {
        (self.title, self.progress) = (None, WindowProgress::None);
    }

    /// Shows a title and a progress.
    ///
    /// # Errors
    /// The terminal is gone.
    pub(crate) fn show(&mut self, title: &str, progress: WindowProgress) -> io::Result<()> {
        if self.usable == WindowUse::None {
            return Ok(());
        }
        if self.title.as_deref() != Some(title) {
            guard::take_title()?;
            Output.write_all(title_sequence(title).as_bytes())?;
            self.title = Some(title.to_owned());
        }
        if self.usable == WindowUse::TitleAndTaskbar && self.progress != progress {
            guard::take_taskbar()?;
            Output.write_all(progress_sequence(progress).as_bytes())?;
            self.progress = progress;
        }
        Ok(())
    }
}

/// The command that names the window. Nothing in the text can end it or begin another.
fn title_sequence(title: &str) -> String {
    let shown: String = title.chars().take(LONGEST).collect();
    osc::command(&["2", &shown])
}

/// Progress in the taskbar for a command without a screen, on standard error. It is taken away when this is dropped.
#[derive(Debug)]
pub struct Taskbar {
    shown: Option<WindowProgress>,
}

impl Taskbar {
    /// Where `wanted` and the terminal has one; otherwise nothing is ever written.
    pub fn open(wanted: bool) -> Self {
        let usable = wanted && WindowUse::from_process() == WindowUse::TitleAndTaskbar;
        Self { shown: usable.then_some(WindowProgress::None) }
    }

    /// Whether there is one to show progress in.
    pub fn is_there(&self) -> bool {
        self.shown.is_some()
    }

    /// Shows a progress, where it changed.
    pub fn show(&mut self, progress: WindowProgress) {
        if self.shown.is_some_and(|shown| shown != progress) {
            self.shown = Some(progress);
            let _terminal_gone = write!(io::stderr(), "{}", progress_sequence(progress));
        }
    }
}

impl Drop for Taskbar {
    fn drop(&mut self) {
        self.show(WindowProgress::None);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn usable(environment: &[(&str, &str)], taskbar: bool) -> WindowUse {
        let value = |name: &str| environment.iter().find(|(n, _)| *n == name).map(|(_, value)| (*value).to_owned());
        WindowUse::from_env(value, taskbar)
    }

    #[test]
    fn no_name_of_a_job_ends_the_title_or_begins_another_command() {
        let sent = title_sequence("a\x1b]0;x\x07b\u{9c}\u{202e}");
        assert!(sent.starts_with("\x1b]2;a ") && sent.ends_with('\x07'), "{sent:?}");
        let inside: Vec<char> = sent[1..sent.len() - 1].chars().filter(|c| c.is_control()).collect();
        assert!(inside.is_empty(), "{sent:?}");
        assert!(title_sequence(&"x".repeat(4_000)).len() < 200);
    }

    #[test]
    fn a_console_has_no_window_and_gnu_screen_gives_no_title_back() {
        for term in ["dumb", "linux", "vt100", ""] {
            assert_eq!(usable(&[("TERM", term)], true) == WindowUse::None, cfg!(not(windows)), "{term}");
        }
        assert_eq!(usable(&[("TERM", "screen-256color"), ("STY", "1.pts")], true), WindowUse::None);
        assert_eq!(usable(&[("TERM", "xterm-256color")], false), WindowUse::Title);
        assert_eq!(usable(&[("TERM", "tmux-256color"), ("TMUX", "/tmp/t,1,0")], true), WindowUse::TitleAndTaskbar);
    }
}
