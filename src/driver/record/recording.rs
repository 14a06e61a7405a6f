//! Records a session: every message that reaches `update`, with its time, one JSON object a line. A test can replay the file, so a bug
//! report becomes a test. Off unless [`VARIABLE`] names a file.
//!
//! A recording is read by the version that wrote it and by no other, so its layout is that of the protocol's own types.

use std::ffi::OsString;
use std::fs::{File, OpenOptions};
use std::io::{self, ErrorKind, Read, Seek, Write};
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::redact;
use crate::app::{Model, Settings};
use crate::files;
use crate::protocol::message::{Msg, Opening};

/// The environment variable that names the file.
pub const VARIABLE: &str = "BLOBFREIGHT_RECORD";

/// The start of the first line of every recording.
pub(super) const MARK: &str = r#"{"recorded_by":"blobfreight "#;

/// [`RecordHeader::recorded_by`] of a recording by this version.
pub const RECORDED_BY: &str = concat!("blobfreight ", env!("CARGO_PKG_VERSION"));

/// The first line: the settings that `update` starts from. It stands for [`Msg::Started`].
#[derive(Debug, Serialize, Deserialize)]
pub struct RecordHeader {
    /// Program and version: `blobfreight 0.1.0`.
    pub recorded_by: String,
    /// When the session began.
    pub at: Timestamp,
    /// Columns and rows of the terminal.
    pub size: (u16, u16),
    /// Settings from the command line, the configuration and the environment.
    pub settings: Settings,
    /// The wizard, a rehearsal, or a draft to resume.
    pub opening: Opening,
}

/// Every line but the first.
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
pub struct UnusableRecording {
    path: PathBuf,
    why: String,
}

/// A recording that is being written.
#[derive(Debug)]
pub struct Recording {
    pub(super) path: PathBuf,
    pub(super) file: File,
    /// The write error that ended the recording.
    pub(super) stopped: Option<io::Error>,
}

impl Recording {
    /// Begins the recording that the variable names. No recording when the variable is unset or empty.
    ///
    /// # Errors
    /// The file cannot be made, or there is one that is no recording.
    pub fn from_variable(variable: Option<OsString>) -> Result<Option<Self>, UnusableRecording> {
        let path = variable.filter(|path| !path.is_empty()).map(PathBuf::from);
        path.map(|path| Self::create(&path)).transpose()
    }

    /// Begins a recording in a file that only its owner can read. Overwrites an older recording and an empty file.
    ///
    /// # Errors
    /// The file cannot be made, or there is one that is no recording.
    pub fn create(path: &Path) -> Result<Self, UnusableRecording> {
        let unusable = |why| UnusableRecording { path: path.to_owned(), why };
        let file = match files::open_regular_with(OpenOptions::new().read(true).write(true), path) {
            Ok(mut file) => {
                is_replaceable(&mut file).and_then(|replaceable| replaceable.then(|| emptied(file)).transpose())
            }
            Err(error) if error.kind() == ErrorKind::NotFound => files::create_private(path).map(Some),
            Err(error) => Err(error),
        };
        match file {
            Ok(Some(file)) => Ok(Self { path: path.to_owned(), file, stopped: None }),
            Ok(None) => Err(unusable("it holds something else than a recording".to_owned())),
            Err(error) => Err(unusable(reason(&error))),
        }
    }

    /// Writes a message that is about to reach `update`. If that fails, the session goes on and the recording ends here.
    pub fn write(&mut self, model: &Model, at: Timestamp, msg: &Msg) {
        if self.stopped.is_none() {
            let written = line(model, at, msg).map_err(io::Error::from);
            self.stopped = written.and_then(|line| self.file.write_all(line.as_bytes())).err();
        }
    }

    /// The lines about the recording on the normal screen after the session.
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
pub(super) fn line(model: &Model, at: Timestamp, msg: &Msg) -> serde_json::Result<String> {
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

/// Whether the file is a recording or empty, so that nothing else is lost when it is overwritten.
fn is_replaceable(file: &mut File) -> io::Result<bool> {
    let mut start = Vec::new();
    file.take(MARK.len() as u64).read_to_end(&mut start)?;
    Ok(start.is_empty() || start == MARK.as_bytes())
}

/// Empties the file and makes it readable by its owner only.
fn emptied(mut file: File) -> io::Result<File> {
    #[cfg(unix)]
    file.set_permissions(std::os::unix::fs::PermissionsExt::from_mode(0o600))?;
    file.set_len(0)?;
    file.rewind()?;
    Ok(file)
}

/// The reason of an error, without a full stop.
fn reason(error: &io::Error) -> String {
    match error.kind() {
        ErrorKind::NotFound | ErrorKind::NotADirectory => "its folder is not there".to_owned(),
        _ => files::reason(error),
    }
}
