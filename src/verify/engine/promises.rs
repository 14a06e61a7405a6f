//! The promised entries as a stream, from a manifest on the drive or elsewhere, or from the service's logs.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::super::disk::{OpenedFile, SystemRoot};
use super::super::hash::{PartHasher as _, PlainMd5};
use super::super::manifest::{ManifestProblem, ManifestReader};
use super::super::rules::{DrivePath, Md5Sum, PromisedFile, ServiceNames};
use super::job_logs::LogPromises;

/// Where the promised entries are read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum PromiseSource {
    /// Nowhere.
    #[default]
    Nothing,
    /// A manifest on the drive.
    OnDrive {
        /// The drive.
        drive: PathBuf,
        /// The manifest's name at its root.
        name: String,
    },
    /// A manifest elsewhere.
    Copy(PathBuf),
    /// Verbose logs, and the names that the service changed.
    Logs(Vec<PathBuf>, Arc<ServiceNames>),
}

/// A stream of entries.
pub(super) type PromiseStream = Box<dyn Iterator<Item = Result<PromisedFile, ManifestProblem>> + Send>;

impl PromiseSource {
    /// Opens the stream from its beginning.
    ///
    /// # Errors
    /// It cannot be opened.
    pub fn open(&self) -> io::Result<Box<dyn Iterator<Item = Result<PromisedFile, ManifestProblem>> + Send>> {
        Ok(match self {
            Self::Nothing => Box::new(std::iter::empty()),
            Self::OnDrive { .. } | Self::Copy(_) => Box::new(ManifestReader::new(self.bytes()?)),
            Self::Logs(paths, names) => Box::new(LogPromises::new(paths.clone(), Arc::clone(names))),
        })
    }

    /// The bytes of a manifest.
    ///
    /// # Errors
    /// It cannot be opened, or there is none.
    pub(super) fn bytes(&self) -> io::Result<Box<dyn Read + Send>> {
        match self {
            Self::OnDrive { drive, name } => Ok(Box::new(on_drive(drive, name)?)),
            Self::Copy(path) => Ok(Box::new(copy(path)?)),
            Self::Nothing | Self::Logs(..) => Err(io::Error::from(io::ErrorKind::NotFound)),
        }
    }

    /// MD5 of the bytes of a manifest.
    ///
    /// # Errors
    /// They cannot be read.
    pub(super) fn md5(&self) -> io::Result<Md5Sum> {
        let mut bytes = self.bytes()?;
        let mut streams = PlainMd5.streams(1);
        let mut buffer = vec![0; 1 << 20];
        loop {
            match bytes.read(&mut buffer) {
                Ok(0) => return Ok(streams.finish(0, &[])),
                Ok(count) => streams.update(&[buffer.get(..count).unwrap_or_default()]),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
    }

    /// Its place in words.
    pub(super) fn place(&self) -> String {
        match self {
            Self::OnDrive { name, .. } => format!("\\{name}"),
            Self::Copy(path) => path.display().to_string(),
            Self::Nothing | Self::Logs(..) => String::new(),
        }
    }
}

fn on_drive(drive: &Path, name: &str) -> io::Result<SequentialFile> {
    let path = DrivePath::read(name).map_err(|problem| io::Error::new(io::ErrorKind::InvalidFilename, problem))?;
    let found = SystemRoot::open(drive)?.file(&path).map_err(io::Error::other)?;
    Ok(SequentialFile { file: Arc::new(found.file), at: 0 })
}

fn copy(path: &Path) -> io::Result<File> {
    crate::files::open_regular(path)
}

/// A file of the drive, read from its beginning.
struct SequentialFile {
    file: Arc<OpenedFile>,
    at: u64,
}

impl Read for SequentialFile {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let count = self.file.read_at(out, self.at)?;
        self.at += count as u64;
        Ok(count)
    }
}
