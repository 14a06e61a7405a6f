//! Runs Azurite on a free port of this machine for as long as a test needs it.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use crate::support::npm::NodePackage;

/// The account of both emulators in these tests.
pub(super) const ACCOUNT: &str = "northlightarchive";

const AZURITE: NodePackage =
    NodePackage { name: "azurite", manifest: include_str!("package.json"), lock: include_str!("package-lock.json") };

/// Ends with the test process, even one that was killed: its standard input then closes.
const LEASH: &str = "process.stdin.resume().on('close', () => process.exit(0)); require(process.argv[1])";

/// A running Azurite with nothing in it; it ends when it is dropped.
pub(super) struct Azurite {
    /// Blob endpoint of [`ACCOUNT`], the account in the path.
    pub endpoint: String,
    process: Child,
    _home: tempfile::TempDir,
}

impl Drop for Azurite {
    fn drop(&mut self) {
        let _gone = self.process.kill();
        let _status = self.process.wait();
    }
}

/// Azurite, with `key` as the account's; `None` where it cannot be had, which is said on the terminal.
pub(super) fn azurite(key: &str) -> Option<Azurite> {
    Some(start(&AZURITE.installed()?.join("azurite/dist/src/blob/main.js"), key))
}

fn start(program: &Path, key: &str) -> Azurite {
    let home = tempfile::tempdir().unwrap();
    let mut process = Command::new("node")
        .arg("-e")
        .arg(LEASH)
        .arg(program)
        .args(["--blobPort", "0", "--inMemoryPersistence", "--skipApiVersionCheck", "--disableTelemetry", "--silent"])
        .current_dir(home.path())
        .env("AZURITE_ACCOUNTS", format!("{ACCOUNT}:{key}"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::inherit())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(process.stdout.take().unwrap()).lines();
    let base = loop {
        let line = lines.next().unwrap_or_else(|| panic!("Azurite ended before it listened")).unwrap();
        if let Some((_, base)) = line.split_once("successfully listens on ") {
            break base.trim().to_owned();
        }
    };
    // What else it says is read, so that it never waits for a reader.
    std::thread::spawn(move || lines.map_while(Result::ok).count());
    Azurite { endpoint: format!("{base}/{ACCOUNT}"), process, _home: home }
}
