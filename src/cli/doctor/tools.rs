//! The Azure CLI: is it there, and new enough? It is run with a limit of time and without its output on the screen.

use std::io::{self, Read as _};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;

use super::check::{CheckVerdict, DoctorArea, DoctorCheck};

/// The first version whose tokens say when they expire in a form that is understood.
const OLDEST: (u32, u32) = (2, 54);
/// How long `az version` may take. It is a Python program and begins slowly.
const WAIT: Duration = Duration::from_secs(15);
const PAUSE: Duration = Duration::from_millis(50);

/// Looks for the Azure CLI.
pub(super) fn azure_cli() -> DoctorCheck {
    let check = |verdict, message: String| DoctorCheck::new(DoctorArea::SignIn, "Azure CLI", verdict, message);
    match version() {
        Ok(Some(version)) if is_new_enough(&version) => check(CheckVerdict::Ok, format!("version {version}")),
        Ok(Some(version)) => check(CheckVerdict::Warning, format!("version {version} is too old"))
            .advise("Update it to 2.54 or newer with `az upgrade`."),
        Ok(None) => check(CheckVerdict::Warning, "it runs, but says no version".to_owned()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            check(CheckVerdict::Warning, "not found on PATH".to_owned())
                .advise("Install it and run `az login`, or sign in with --sign-in browser or device-code.")
        }
        Err(error) => check(CheckVerdict::Warning, error.to_string()),
    }
}

fn version() -> io::Result<Option<String>> {
    let program = if cfg!(windows) { "az.cmd" } else { "az" };
    let mut child = Command::new(program)
        .args(["version", "--output", "json"])
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()?;
    wait(&mut child)?;
    let mut text = String::new();
    if let Some(mut out) = child.stdout.take() {
        out.read_to_string(&mut text)?;
    }
    Ok(read_version(&text))
}

/// Waits for the end, and ends what takes too long.
fn wait(child: &mut Child) -> io::Result<()> {
    let began = Instant::now();
    while child.try_wait()?.is_none() {
        if began.elapsed() > WAIT {
            child.kill()?;
            child.wait()?;
            return Err(io::Error::other(format!("`az version` gave no answer in {} seconds", WAIT.as_secs())));
        }
        std::thread::sleep(PAUSE);
    }
    Ok(())
}

fn read_version(text: &str) -> Option<String> {
    serde_json::from_str::<Value>(text).ok()?.get("azure-cli")?.as_str().map(str::to_owned)
}

fn is_new_enough(version: &str) -> bool {
    let mut numbers = version.split('.').map(|number| number.parse::<u32>().unwrap_or_default());
    let (major, minor) = (numbers.next().unwrap_or_default(), numbers.next().unwrap_or_default());
    (major, minor) >= OLDEST
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_compared_by_their_numbers() {
        assert!(is_new_enough("2.54.0") && is_new_enough("2.100.1") && is_new_enough("3.0"));
        assert!(!is_new_enough("2.9.1") && !is_new_enough("2.53.99") && !is_new_enough("odd"));
        assert_eq!(read_version(r#"{"azure-cli": "2.66.0", "extensions": {}}"#).as_deref(), Some("2.66.0"));
        assert_eq!(read_version("ERROR"), None);
    }
}
