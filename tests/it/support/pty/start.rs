//! Where and how a program is started: a home of its own, nothing inherited that could reach a real account.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use portable_pty::{CommandBuilder, PtySize, native_pty_system};
use tempfile::TempDir;

use super::{Pty, TerminalRequests};

/// The directories of a person who never ran the program. Drafts live here from one start to the next.
pub(crate) struct Home {
    root: TempDir,
}

impl Home {
    pub(crate) fn new() -> Self {
        let home = Self { root: tempfile::tempdir().unwrap() };
        for directory in [home.data(), home.state(), home.path().join("config")] {
            std::fs::create_dir_all(directory).unwrap();
        }
        home
    }

    pub(crate) fn path(&self) -> &Path {
        self.root.path()
    }

    /// The configuration file, which does not exist at first.
    pub(crate) fn config(&self) -> PathBuf {
        self.path().join("config").join("config.toml")
    }

    /// Where drafts are.
    pub(crate) fn data(&self) -> PathBuf {
        self.path().join("data")
    }

    /// Where the log is.
    pub(crate) fn state(&self) -> PathBuf {
        self.path().join("state")
    }

    /// The program under test.
    pub(crate) fn blobfreight(&self, arguments: &[&str]) -> Start {
        self.program(BINARY, arguments)
    }

    /// The program under test, run by somebody whom permissions bind; `None` where this account is root and cannot become
    /// anybody else.
    #[cfg(unix)]
    pub(crate) fn bound(&self, arguments: &[&str]) -> Option<Start> {
        use std::os::unix::fs::{MetadataExt, PermissionsExt};
        const NOBODY: &str = "65534";
        if self.path().metadata().unwrap().uid() != 0 {
            return Some(self.blobfreight(arguments));
        }
        if std::process::Command::new("setpriv").arg("--version").output().is_err() {
            println!("skipped: root is bound by no permissions, and setpriv is not here");
            return None;
        }
        let copy = self.path().join("blobfreight");
        std::fs::copy(BINARY, &copy).unwrap();
        for (place, mode) in [(self.path(), 0o755), (&self.data(), 0o777), (&self.state(), 0o777)] {
            std::fs::set_permissions(place, std::fs::Permissions::from_mode(mode)).unwrap();
        }
        let become_nobody = ["--reuid", NOBODY, "--regid", NOBODY, "--clear-groups", copy.to_str().unwrap()];
        Some(self.program("setpriv", &[&become_nobody[..], arguments].concat()))
    }

    /// Any program.
    pub(crate) fn program(&self, program: &str, arguments: &[&str]) -> Start {
        let mut command = CommandBuilder::new(program);
        command.args(arguments);
        command.cwd(self.path());
        command.env_clear();
        let start = Start {
            command,
            size: (80, 24),
            asked: TerminalRequests { background: Some(DARK), ..TerminalRequests::default() },
        };
        self.environment().into_iter().fold(start, |start, (name, value)| start.env(name, value))
    }

    /// A shell with job control, whose prompt is `$ `; `$BLOBFREIGHT` is the program under test.
    pub(crate) fn shell(&self) -> Start {
        self.program("bash", &["--norc", "--noprofile", "-i"]).env("PS1", "$ ").env("BLOBFREIGHT", BINARY)
    }

    fn environment(&self) -> Vec<(&'static str, OsString)> {
        let path = |name: &str| self.path().join(name).into_os_string();
        vec![
            ("PATH", std::env::var_os("PATH").unwrap_or_default()),
            ("TERM", "xterm-256color".into()),
            ("LANG", "C.UTF-8".into()),
            ("HOME", self.path().into()),
            ("XDG_CONFIG_HOME", path("config")),
            ("XDG_DATA_HOME", path("data")),
            ("XDG_STATE_HOME", path("state")),
            ("XDG_CACHE_HOME", path("cache")),
            ("BLOBFREIGHT_CONFIG", self.config().into()),
            ("BLOBFREIGHT_DATA_DIR", self.data().into()),
            ("BLOBFREIGHT_STATE_DIR", self.state().into()),
        ]
    }
}

/// The backgrounds of the terminals in the pictures, as a terminal answers them.
pub(crate) const DARK: &str = "rgb:1111/1515/1c1c";
/// White.
pub(crate) const LIGHT: &str = "rgb:ffff/ffff/ffff";

const BINARY: &str = env!("CARGO_BIN_EXE_blobfreight");

/// A program about to be started.
pub(crate) struct Start {
    command: CommandBuilder,
    size: (u16, u16),
    asked: TerminalRequests,
}

impl Start {
    /// Columns and rows; 80x24 unless said otherwise.
    pub(crate) fn size(mut self, columns: u16, rows: u16) -> Self {
        self.size = (columns, rows);
        self
    }

    /// What the terminal answers when it is asked for its background: a colour such as [`LIGHT`], or nothing.
    pub(crate) fn on(mut self, background: Option<&'static str>) -> Self {
        self.asked.background = background;
        self
    }

    /// A terminal with the kitty keyboard protocol.
    pub(crate) fn with_kitty_keyboard(mut self) -> Self {
        self.asked.kitty = true;
        self
    }

    /// A terminal that draws ambiguous signs two columns wide.
    pub(crate) fn with_wide_signs(mut self) -> Self {
        self.asked.wide_signs = true;
        self
    }

    pub(crate) fn env(mut self, name: &str, value: impl Into<OsString>) -> Self {
        self.command.env(name, value.into());
        self
    }

    pub(crate) fn without_env(mut self, name: &str) -> Self {
        self.command.env_remove(name);
        self
    }

    /// Opens a terminal and starts the program in it.
    pub(crate) fn start(self) -> Pty {
        let (cols, rows) = self.size;
        let pair = native_pty_system().openpty(PtySize { rows, cols, pixel_width: 0, pixel_height: 0 }).unwrap();
        let child = pair.slave.spawn_command(self.command).unwrap();
        // Without this the end of the program is never the end of its output.
        drop(pair.slave);
        Pty::watch(pair.master, child, self.size, self.asked)
    }
}
