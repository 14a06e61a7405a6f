//! Why a command failed: one sentence on standard error, or one line of JSON where the output is JSON, and the exit status.

use std::io::{self, Write};
use std::process::ExitCode;

use serde_json::{Value, json};

use super::config::ConfigError;
use super::output::OutputFormat;
use crate::azure::fault::{Fault, FaultKind};
use crate::draft::store::StoreError;
use crate::driver::live::store_fault;
use crate::term::{NoTerminal, guard};
use crate::ui::text;

/// A request failed, or something could not be written.
pub(super) const FAILED: u8 = 1;
/// Wrong arguments or configuration, or what they name cannot be used.
pub(super) const WRONG: u8 = 2;
/// Nobody is signed in, or the sign-in no longer counts. The same status as that of GitHub's `gh`.
pub(super) const SIGN_IN_FIRST: u8 = 4;

/// A failed command: its sentence in parts, and the exit status.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct CommandFailure {
    cause: CommandFailureCause,
    status: u8,
}

#[derive(Debug, PartialEq, Eq)]
enum CommandFailureCause {
    /// A request, or something that was done with a file.
    Request(Box<Fault>),
    /// Arguments, or what they name.
    Arguments(UsageError),
}

/// What is wrong with the command line or a file that it names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct UsageError {
    /// The sentence for a person.
    pub(super) message: String,
    /// What was tried, where it was more than reading the arguments.
    pub(super) tried: Option<String>,
    /// What is wrong, where it can be said apart from the advice.
    pub(super) reason: Option<String>,
    /// Where, e.g. `config.toml:2:9`.
    pub(super) place: Option<String>,
    /// What to do.
    pub(super) advice: Option<String>,
}

impl CommandFailure {
    /// The arguments or the configuration are wrong.
    pub(super) fn wrong(sentence: impl Into<String>) -> Self {
        Self::usage(UsageError { message: sentence.into(), ..UsageError::default() })
    }

    /// The arguments are wrong, said in parts.
    pub(super) fn usage(wrong: UsageError) -> Self {
        Self { cause: CommandFailureCause::Arguments(wrong), status: WRONG }
    }

    /// What the arguments name cannot be used: a file or a draft that is not there, or is no such file.
    pub(super) fn of_input(fault: Fault) -> Self {
        Self::usage(UsageError {
            message: fault.to_string(),
            tried: Some(fault.tried),
            reason: Some(fault.reason),
            place: None,
            advice: fault.advice,
        })
    }

    /// The folder of the drafts could not do what was `tried`, e.g. `list the drafts`.
    pub(super) fn of_store(tried: &str, error: &StoreError) -> Self {
        let fault = store_fault(tried, error);
        match error {
            StoreError::Missing(_) | StoreError::Newer { .. } | StoreError::Broken { .. } => Self::of_input(fault),
            StoreError::Io { .. } | StoreError::Held { .. } | StoreError::Taken(_) => fault.into(),
        }
    }

    /// Signing in failed. Where the machine offers no sign-in at all, that too means: sign in first.
    pub(super) fn of_sign_in(fault: Fault) -> Self {
        let nobody = matches!(fault.kind, FaultKind::SignedOut | FaultKind::Local | FaultKind::Cancelled);
        Self {
            status: if nobody { SIGN_IN_FIRST } else { FAILED },
            cause: CommandFailureCause::Request(Box::new(fault)),
        }
    }

    /// The same with another exit status, for a command that has its own. That of a missing sign-in stays.
    pub(super) fn with_status(self, status: u8) -> Self {
        if self.status == SIGN_IN_FIRST { self } else { Self { status, ..self } }
    }

    /// Writes the failure to standard error and returns the exit status.
    pub(super) fn report(self, form: OutputFormat) -> ExitCode {
        if form == OutputFormat::Json {
            write_error(&text::clean_json(&self.as_json().to_string()));
        } else {
            self.note();
        }
        ExitCode::from(self.status)
    }

    /// Writes the sentence to standard error, beside another result.
    pub(super) fn note(&self) {
        // The sentence may repeat what a service said.
        write_error(&format!("blobfreight: {}", text::clean(&self.sentence())));
    }

    /// The fault of the request, if that is what failed.
    pub(super) fn fault(&self) -> Option<&Fault> {
        match &self.cause {
            CommandFailureCause::Request(fault) => Some(fault),
            CommandFailureCause::Arguments(_) => None,
        }
    }

    /// What failed, as a sentence.
    pub(super) fn sentence(&self) -> String {
        match &self.cause {
            CommandFailureCause::Request(fault) => fault.to_string(),
            CommandFailureCause::Arguments(wrong) => wrong.message.clone(),
        }
    }

    /// The failure for programs. Stable: members are added, never renamed or removed; `docs/commands.md` describes them.
    fn as_json(&self) -> Value {
        let message = self.sentence();
        let mut error = match &self.cause {
            CommandFailureCause::Request(fault) => json!({
                "tried": fault.tried,
                "reason": fault.reason,
                "where": null,
                "advice": fault.advice,
                "kind": fault.kind.word(),
                "code": fault.code,
                "status": fault.status,
                "requestId": fault.request_id,
                "outcomeUnknown": fault.unsettled,
            }),
            CommandFailureCause::Arguments(wrong) => json!({
                "tried": wrong.tried,
                "reason": wrong.reason.as_ref().unwrap_or(&wrong.message),
                "where": wrong.place,
                "advice": wrong.advice,
                "kind": "usage",
                "code": null,
                "status": null,
                "requestId": null,
                "outcomeUnknown": false,
            }),
        };
        error["message"] = json!(message);
        error["exitStatus"] = json!(self.status);
        json!({ "error": error })
    }
}

fn write_error(line: &str) {
    let _nobody_reads = io::stderr().write_all(format!("{line}\n").as_bytes());
}

impl From<Fault> for CommandFailure {
    fn from(fault: Fault) -> Self {
        let status = if fault.kind == FaultKind::SignedOut { SIGN_IN_FIRST } else { FAILED };
        Self { cause: CommandFailureCause::Request(Box::new(fault)), status }
    }
}

impl From<ConfigError> for CommandFailure {
    fn from(error: ConfigError) -> Self {
        let message = error.to_string();
        let parts = match error {
            ConfigError::Unreadable { file, reason } => UsageError {
                reason: Some(reason),
                tried: Some("read the configuration file".to_owned()),
                place: Some(file.display().to_string()),
                advice: Some("Check the path, or leave --config out.".to_owned()),
                message,
            },
            ConfigError::Wrong { file, line, column, what, advice } => UsageError {
                reason: Some(what),
                place: Some(format!("{}:{line}:{column}", file.display())),
                advice: Some(advice),
                message,
                ..UsageError::default()
            },
        };
        Self::usage(parts)
    }
}

impl From<NoTerminal> for CommandFailure {
    fn from(none: NoTerminal) -> Self {
        Self { status: guard::NO_TERMINAL_STATUS, ..Self::wrong(none.to_string()) }
    }
}

impl From<io::Error> for CommandFailure {
    /// The terminal is gone, or refused its modes.
    fn from(error: io::Error) -> Self {
        Fault::local("use the terminal", error.to_string()).advise("Start Blobfreight again in another one.").into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failed_request_keeps_all_that_support_asks_for() {
        let fault = Fault {
            kind: FaultKind::Denied,
            status: Some(403),
            code: Some("AuthorizationFailed".into()),
            request_id: Some("1b2c".into()),
            ..Fault::local("list the jobs of rg1", "you may not read them")
        };
        let error = CommandFailure::from(fault.advise("Ask for the role Reader.")).as_json()["error"].clone();
        assert_eq!(
            error,
            json!({
                "message": "Could not list the jobs of rg1: you may not read them. Ask for the role Reader. [HTTP 403 · AuthorizationFailed · request 1b2c]",
                "tried": "list the jobs of rg1", "reason": "you may not read them", "where": null,
                "advice": "Ask for the role Reader.", "kind": "denied", "code": "AuthorizationFailed", "status": 403,
                "requestId": "1b2c", "outcomeUnknown": false, "exitStatus": 1,
            })
        );
    }

    #[test]
    fn a_wrong_file_is_told_with_its_place() {
        let wrong = ConfigError::Wrong {
            file: "/etc/bf.toml".into(),
            line: 2,
            column: 9,
            what: "there is no cloud `mars`".into(),
            advice: "use one of public".into(),
        };
        let error = CommandFailure::from(wrong).as_json()["error"].clone();
        assert_eq!((&error["where"], &error["exitStatus"]), (&json!("/etc/bf.toml:2:9"), &json!(2)));
        assert_eq!((&error["reason"], &error["kind"]), (&json!("there is no cloud `mars`"), &json!("usage")));
    }

    #[test]
    fn a_missing_sign_in_has_a_status_that_no_command_replaces() {
        let out = Fault { kind: FaultKind::SignedOut, ..Fault::local("sign in", "nobody is") };
        assert_eq!(CommandFailure::from(out).with_status(2).status, SIGN_IN_FIRST);
        let unset = Fault::local("sign in with the environment", "AZURE_TENANT_ID is not set");
        assert_eq!(CommandFailure::of_sign_in(unset.clone()).status, SIGN_IN_FIRST);
        assert_eq!(CommandFailure::from(unset).with_status(2).status, WRONG);
        let offline = Fault { kind: FaultKind::Offline, ..Fault::local("sign in", "no network") };
        assert_eq!(CommandFailure::of_sign_in(offline).status, FAILED);
    }
}
