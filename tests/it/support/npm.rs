//! Packages of Node that a test needs, installed on first use as their lock file says, outside the checkout.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::{Mutex, PoisonError};
use std::{env, fs};

/// Held while installing, so that the tests of this process do it once.
static INSTALLING: Mutex<()> = Mutex::new(());

/// A package and all it needs.
pub(crate) struct NodePackage {
    /// Name of the folder they are installed in.
    pub name: &'static str,
    /// `package.json`.
    pub manifest: &'static str,
    /// `package-lock.json`.
    pub lock: &'static str,
}

impl NodePackage {
    /// Its `node_modules`; `None` where it cannot be had, which is said on the terminal and is a failure in CI.
    pub(crate) fn installed(&self) -> Option<PathBuf> {
        let installed = {
            let _one = INSTALLING.lock().unwrap_or_else(PoisonError::into_inner);
            self.install()
        };
        installed
            .inspect_err(|reason| {
                assert!(env::var_os("CI").is_none(), "{reason}");
                // Past the capture of the test harness, so that it is seen.
                let test = std::thread::current().name().unwrap_or(self.name).to_owned();
                let _nobody_reads = writeln!(std::io::stderr(), "{test}: ignored: {reason}");
            })
            .ok()
    }

    /// Installs it into a folder named after the lock file.
    fn install(&self) -> Result<PathBuf, String> {
        let npm = if cfg!(windows) { "npm.cmd" } else { "npm" };
        Command::new(npm).arg("--version").output().map_err(|_| "npm is not installed".to_owned())?;
        let mut hasher = DefaultHasher::new();
        (self.manifest, self.lock).hash(&mut hasher);
        let target = Path::new(env!("CARGO_TARGET_TMPDIR"));
        let home = target.join(format!("{}-{:016x}", self.name, hasher.finish()));
        let modules = home.join("node_modules");
        if modules.exists() {
            return Ok(modules);
        }
        // Installed beside and moved into place, so that half an installation is never taken for one.
        fs::create_dir_all(target).unwrap();
        let fresh = tempfile::tempdir_in(target).unwrap();
        fs::write(fresh.path().join("package.json"), self.manifest).unwrap();
        fs::write(fresh.path().join("package-lock.json"), self.lock).unwrap();
        let arguments = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
        let done = Command::new(npm).args(arguments).current_dir(fresh.path()).stdin(Stdio::null()).output().unwrap();
        if !done.status.success() {
            let said = String::from_utf8_lossy(&done.stderr);
            return Err(format!("npm ci could not install {}: {}", self.name, said.trim()));
        }
        // Another process may have been quicker; its installation is as good.
        let _already_there = fs::rename(fresh.path(), &home);
        if modules.exists() { Ok(modules) } else { Err(format!("{} is missing", modules.display())) }
    }
}
