//! Records a session: every message that reaches `update`, with its time, one JSON object a line, so that what somebody reports
//! can be replayed as a test. Off unless [`VARIABLE`] names a file.
//!
//! A recording is read by the version that wrote it and by no other, so its layout is that of the protocol's own types.

mod redact;

use std::ffi::OsString;
use std::fs::{File, OpenOptions};
use std::io::{self, ErrorKind, Read, Seek, Write};
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::app::{Model, Settings};
use crate::files;
use crate::protocol::message::{Msg, Opening};

/// The environment variable that names the file.
pub const VARIABLE: &str = "BLOBFREIGHT_RECORD";

/// How the first line of every recording begins.
const MARK: &str = r#"{"recorded_by":"blobfreight "#;

/// What [`RecordHeader::recorded_by`] says of a recording of this very version.
pub const RECORDED_BY: &str = concat!("blobfreight ", env!("CARGO_PKG_VERSION"));

/// The first line: what `update` starts from. It stands for [`Msg::Started`].
#[derive(Debug, Serialize, Deserialize)]
pub struct RecordHeader {
    /// Program and version: `blobfreight 0.1.0`.
    pub recorded_by: String,
    /// When the session began.
    pub at: Timestamp,
    /// Columns and rows of the terminal.
    pub size: (u16, u16),
    /// What was settled before the start.
    pub settings: Settings,
    /// What the program was started for.
    pub opening: Opening,
}

/// Every other line.
#[derive(Debug, Serialize, Deserialize)]
pub struct RecordedMessage<M = Msg> {
    /// When the message reached `update`.
    pub at: Timestamp,
    /// The message.
    pub msg: M,
}

/// Why a file cannot be recorded into, as a sentence.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("Could not record the session in {path}: {why}. Name another file in {VARIABLE}.", path = path.display())]
pub struct Unusable {
    path: PathBuf,
    why: String,
}

/// A recording that is being written.
#[derive(Debug)]
pub struct Recording {
    path: PathBuf,
    file: File,
    /// Why no more is written.
    stopped: Option<io::Error>,
}

impl Recording {
    /// The recording that the environment asks for, if it asks for one.
    ///
    /// # Errors
    /// The file cannot be made, or there is one that is no recording.
    pub fn asked_for(variable: Option<OsString>) -> Result<Option<Self>, Unusable> {
        let path = variable.filter(|path| !path.is_empty()).map(PathBuf::from);
        path.map(|path| Self::create(&path)).transpose()
    }

    /// Begins a recording in a file of its owner alone. An older recording there, or an empty file, is written over.
    ///
    /// # Errors
    /// The file cannot be made, or there is one that is no recording.
    pub fn create(path: &Path) -> Result<Self, Unusable> {
        let unusable = |why| Unusable { path: path.to_owned(), why };
        let file = match files::open_regular_with(OpenOptions::new().read(true).write(true), path) {
            Ok(mut file) => is_free(&mut file).and_then(|free| free.then(|| emptied(file)).transpose()),
            Err(error) if error.kind() == ErrorKind::NotFound => files::create_private(path).map(Some),
            Err(error) => Err(error),
        };
        match file {
            Ok(Some(file)) => Ok(Self { path: path.to_owned(), file, stopped: None }),
            Ok(None) => Err(unusable("it holds something else than a recording".to_owned())),
            Err(error) => Err(unusable(reason(&error))),
        }
    }

    /// Writes down a message that is about to reach `update`. Should that fail, the session goes on and the recording ends here.
    pub fn note(&mut self, model: &Model, at: Timestamp, msg: &Msg) {
        if self.stopped.is_none() {
            let written = line(model, at, msg).map_err(io::Error::from);
            self.stopped = written.and_then(|line| self.file.write_all(line.as_bytes())).err();
        }
    }

    /// What to say of it on the normal screen.
    pub fn exit_message(&self) -> String {
        let path = self.path.display();
        match &self.stopped {
            Some(error) => format!("The recording {path} ends early: {}.\n", reason(error)),
            None => format!(
                "Recorded in {path}\n\
                 It holds what was typed and answered: names of blobs, addresses, who signed in.\n\
                 It holds no BitLocker key, no signature and no carrier account number.\n\
                 Read it before you pass it on.\n"
            ),
        }
    }
}

/// The line for a message, newline included.
fn line(model: &Model, at: Timestamp, msg: &Msg) -> serde_json::Result<String> {
    let line = match msg {
        Msg::Started(opening) => serde_json::to_string(&RecordHeader {
            recorded_by: RECORDED_BY.to_owned(),
            at,
            size: model.size,
            settings: model.settings.clone(),
            opening: opening.clone(),
        }),
        msg => serde_json::to_string(&RecordedMessage { at, msg: redact::redacted(model, msg)? }),
    };
    line.map(|line| line + "\n")
}

/// Whether nothing but a recording is lost when the file is written over.
fn is_free(file: &mut File) -> io::Result<bool> {
    let mut start = Vec::new();
    file.take(MARK.len() as u64).read_to_end(&mut start)?;
    Ok(start.is_empty() || start == MARK.as_bytes())
}

/// The same file with nothing in it, and closed to everybody else.
fn emptied(mut file: File) -> io::Result<File> {
    #[cfg(unix)]
    file.set_permissions(std::os::unix::fs::PermissionsExt::from_mode(0o600))?;
    file.set_len(0)?;
    file.rewind()?;
    Ok(file)
}

/// Why, without a full stop.
fn reason(error: &io::Error) -> String {
    match error.kind() {
        ErrorKind::NotFound | ErrorKind::NotADirectory => "its folder is not there".to_owned(),
        ErrorKind::PermissionDenied => "permission was denied".to_owned(),
        ErrorKind::ReadOnlyFilesystem => "the disk is read-only".to_owned(),
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => "the disk is full".to_owned(),
        _ => error.to_string(),
    }
}

#[cfg(test)]
mod tests;
