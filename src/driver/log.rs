//! The log file: a few lines about requests and failures, for a person who looks for a fault. It holds no secret, no body and no name
//! of a blob, and it is never written to the terminal.

use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use tracing::level_filters::LevelFilter;
use tracing_subscriber::filter::Targets;
use tracing_subscriber::layer::SubscriberExt;

/// The variable that names the level: `off`, `error`, `warn`, `info`, `debug` or `trace`.
pub const LEVEL: &str = "BLOBFREIGHT_LOG";

/// Name of the file.
pub const FILE: &str = "blobfreight.log";

/// A log of this many bytes is renamed to `.old`, over an older `.old`.
const MAX_BYTES: u64 = 1 << 20;

/// Starts to write `blobfreight.log` in `state`, readable by its owner only, at the level that [`LEVEL`] names (`warn` if it names
/// none). If that fails, the program runs without a log.
pub fn start(state: &Path) {
    let level = std::env::var(LEVEL).ok().and_then(|level| level.parse().ok()).unwrap_or(LevelFilter::WARN);
    if level == LevelFilter::OFF {
        return;
    }
    let file = BoundedFile { path: state.join(FILE), open: None };
    let lines = tracing_subscriber::fmt::layer().with_ansi(false).with_writer(Mutex::new(file));
    // Only lines of this program: those of libraries may hold addresses and headers.
    let own = Targets::new().with_target(env!("CARGO_PKG_NAME"), level);
    let _already_set = tracing::subscriber::set_global_default(tracing_subscriber::registry().with(own).with(lines));
}

/// Writes the place of a panic to the log, before the panic hook that is set now runs. Call it after the terminal was entered.
pub(super) fn note_panics() {
    let earlier = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        let place = panic.location().map(ToString::to_string).unwrap_or_default();
        tracing::error!(place, "panic");
        earlier(panic);
    }));
}

/// A file that is opened with the first line and put aside at [`MAX_BYTES`].
struct BoundedFile {
    path: PathBuf,
    open: Option<(File, u64)>,
}

impl BoundedFile {
    fn open(&mut self) -> io::Result<&mut (File, u64)> {
        if self.open.as_ref().is_some_and(|(_, bytes)| *bytes >= MAX_BYTES) {
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

impl Write for BoundedFile {
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
    fn only_its_owner_reads_the_log_and_it_never_grows_without_end() {
        let state = tempfile::tempdir().unwrap();
        let path = state.path().join("deep").join("blobfreight.log");
        let mut log = BoundedFile { path: path.clone(), open: None };
        let line = vec![b'.'; 64 * 1024];
        for _ in 0..40 {
            log.write_all(&line).unwrap();
        }
        let old = fs::metadata(path.with_extension("log.old")).unwrap();
        let new = fs::metadata(&path).unwrap();
        assert!(old.len() <= MAX_BYTES + 64 * 1024 && new.len() <= MAX_BYTES + 64 * 1024);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            assert_eq!(new.permissions().mode() & 0o777, 0o600);
        }
    }
}
