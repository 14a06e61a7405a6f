//! Why a command failed: one sentence on standard error, and the exit status.

use std::io::{self, Write};
use std::process::ExitCode;

use super::config::ConfigError;
use crate::azure::fault::Fault;
use crate::draft::store::StoreError;
use crate::driver::live::store_fault;
use crate::term::{NoTerminal, guard};
use crate::ui::text;

/// Wrong arguments or configuration.
const WRONG: u8 = 2;
/// A failure, e.g. of a request.
const FAILED: u8 = 1;

/// A sentence and a status.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct CommandFailure {
    sentence: String,
    status: u8,
}

impl CommandFailure {
    /// The arguments or the configuration are wrong.
    pub(super) fn wrong(sentence: impl Into<String>) -> Self {
        Self { sentence: sentence.into(), status: WRONG }
    }

    /// The folder of the drafts could not do what was `tried`, e.g. `list the drafts`.
    pub(super) fn of_store(tried: &str, error: &StoreError) -> Self {
        store_fault(tried, error).into()
    }

    /// The same with another exit status, for a command that has its own.
    pub(super) fn with_status(self, status: u8) -> Self {
        Self { status, ..self }
    }

    /// Writes the sentence to standard error and returns the exit status.
    pub(super) fn report(self) -> ExitCode {
        self.note();
        ExitCode::from(self.status)
    }

    /// Writes the sentence to standard error, beside another result.
    pub(super) fn note(&self) {
        // The sentence may repeat what a service said.
        let line = format!("blobfreight: {}\n", text::clean(&self.sentence));
        let _nobody_reads = io::stderr().write_all(line.as_bytes());
    }
}

impl From<Fault> for CommandFailure {
    fn from(fault: Fault) -> Self {
        Self { sentence: fault.to_string(), status: FAILED }
    }
}

impl From<ConfigError> for CommandFailure {
    fn from(error: ConfigError) -> Self {
        Self::wrong(error.to_string())
    }
}

impl From<NoTerminal> for CommandFailure {
    fn from(none: NoTerminal) -> Self {
        Self { sentence: none.to_string(), status: guard::NO_TERMINAL_STATUS }
    }
}

impl From<io::Error> for CommandFailure {
    /// The terminal is gone, or refused its modes.
    fn from(error: io::Error) -> Self {
        Self {
            sentence: format!("The terminal can no longer be used ({error}); start Blobfreight again in another one."),
            status: FAILED,
        }
    }
}
