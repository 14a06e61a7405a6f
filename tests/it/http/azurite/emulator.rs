//! Installs Azurite as its lock file says, outside the checkout, and runs it on a free port of this machine for as long as a test needs it.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Mutex, PoisonError};
use std::{env, fs};

/// The account of both emulators in these tests.
pub(super) const ACCOUNT: &str = "northlightarchive";

const MANIFEST: &str = include_str!("package.json");
const LOCK: &str = include_str!("package-lock.json");

/// Ends with the test process, even one that was killed: its standard input then closes.
const LEASH: &str = "process.stdin.resume().on('close', () => process.exit(0)); require(process.argv[1])";

/// Held while installing, so that the tests of this process do it once.
static INSTALLING: Mutex<()> = Mutex::new(());

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
    let installed = {
        let _one = INSTALLING.lock().unwrap_or_else(PoisonError::into_inner);
        install()
    };
    match installed {
        Ok(program) => Some(start(&program, key)),
        Err(reason) => {
            assert!(env::var_os("CI").is_none(), "{reason}");
            // Past the capture of the test harness, so that it is seen.
            let name = std::thread::current().name().unwrap_or("azurite").to_owned();
            let _nobody_reads = writeln!(std::io::stderr(), "{name}: ignored: {reason}");
            None
        }
    }
}

/// The program to run, installed on first use into a folder named after the lock file.
fn install() -> Result<PathBuf, String> {
    let npm = if cfg!(windows) { "npm.cmd" } else { "npm" };
    Command::new(npm).arg("--version").output().map_err(|_| "npm is not installed".to_owned())?;
    let mut hasher = DefaultHasher::new();
    (MANIFEST, LOCK).hash(&mut hasher);
    let target = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let home = target.join(format!("azurite-{:016x}", hasher.finish()));
    let program = home.join("node_modules/azurite/dist/src/blob/main.js");
    if program.exists() {
        return Ok(program);
    }
    // Installed beside and moved into place, so that half an installation is never taken for one.
    fs::create_dir_all(target).unwrap();
    let fresh = tempfile::tempdir_in(target).unwrap();
    fs::write(fresh.path().join("package.json"), MANIFEST).unwrap();
    fs::write(fresh.path().join("package-lock.json"), LOCK).unwrap();
    let arguments = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
    let done = Command::new(npm).args(arguments).current_dir(fresh.path()).stdin(Stdio::null()).output().unwrap();
    if !done.status.success() {
        return Err(format!("npm ci could not install Azurite: {}", String::from_utf8_lossy(&done.stderr).trim()));
    }
    // Another process may have been quicker; its installation is as good.
    let _already_there = fs::rename(fresh.path(), &home);
    if program.exists() { Ok(program) } else { Err(format!("{} is missing", program.display())) }
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
