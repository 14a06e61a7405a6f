//! The log file: a few lines about requests and failures for whoever looks for a fault. No secret, no body, no name of a blob.
//! Off unless there is a level; never on the terminal.

use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use tracing::level_filters::LevelFilter;
use tracing_subscriber::filter::Targets;
use tracing_subscriber::layer::SubscriberExt;

/// The variable that names the level: `off`, `error`, `warn`, `info`, `debug` or `trace`.
pub const LEVEL: &str = "BLOBFREIGHT_LOG";

/// A file of this many bytes is put aside as `.old`, over the one before it.
const LARGEST: u64 = 1 << 20;

/// Starts to write `blobfreight.log` in `state`, for its owner only, at the level [`LEVEL`] names (`warn` when it names none).
/// Whatever goes wrong, the program runs without a log.
pub fn start(state: &Path) {
    let level = std::env::var(LEVEL).ok().and_then(|level| level.parse().ok()).unwrap_or(LevelFilter::WARN);
    if level == LevelFilter::OFF {
        return;
    }
    let file = Bounded { path: state.join("blobfreight.log"), open: None };
    let lines = tracing_subscriber::fmt::layer().with_ansi(false).with_writer(Mutex::new(file));
    // Only our own lines: those of libraries may hold addresses and headers.
    let ours = Targets::new().with_target(env!("CARGO_PKG_NAME"), level);
    let _already_set = tracing::subscriber::set_global_default(tracing_subscriber::registry().with(ours).with(lines));
}

/// Sees to it that a panic leaves a line, place only, before whatever else answers it. Call it after the terminal was entered.
pub(super) fn note_panics() {
    let earlier = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        let place = panic.location().map(ToString::to_string).unwrap_or_default();
        tracing::error!(place, "panic");
        earlier(panic);
    }));
}

/// A file that is opened with the first line and never grows past [`LARGEST`].
struct Bounded {
    path: PathBuf,
    open: Option<(File, u64)>,
}

impl Bounded {
    fn open(&mut self) -> io::Result<&mut (File, u64)> {
        if self.open.as_ref().is_some_and(|(_, bytes)| *bytes >= LARGEST) {
            self.open = None;
            fs::rename(&self.path, self.path.with_extension("log.old"))?;
        }
        match &mut self.open {
            Some(open) => Ok(open),
            closed => {
                let file = append(&self.path)?;
                let bytes = file.metadata()?.len();
                Ok(closed.insert((file, bytes)))
            }
        }
    }
}

impl Write for Bounded {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let (file, written) = self.open()?;
        let count = file.write(bytes)?;
        *written = written.saturating_add(u64::try_from(count).unwrap_or(u64::MAX));
        Ok(count)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn append(path: &Path) -> io::Result<File> {
    let (mut dir, mut file) = (DirBuilder::new(), OpenOptions::new());
    dir.recursive(true);
    file.append(true).create(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
        dir.mode(0o700);
        file.mode(0o600);
    }
    path.parent().map_or(Ok(()), |parent| dir.create(parent))?;
    file.open(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_log_is_its_owners_alone_and_never_grows_without_end() {
        let state = tempfile::tempdir().unwrap();
        let path = state.path().join("deep").join("blobfreight.log");
        let mut log = Bounded { path: path.clone(), open: None };
        let line = vec![b'.'; 64 * 1024];
        for _ in 0..40 {
            log.write_all(&line).unwrap();
        }
        let old = fs::metadata(path.with_extension("log.old")).unwrap();
        let new = fs::metadata(&path).unwrap();
        assert!(old.len() <= LARGEST + 64 * 1024 && new.len() <= LARGEST + 64 * 1024);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            assert_eq!(new.permissions().mode() & 0o777, 0o600);
        }
    }
}
