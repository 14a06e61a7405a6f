//! Files that only their owner can read, on Windows. Elsewhere a file is made with such a mode (0600). The access list is written by the system's
//! own `icacls`: the calls for it need unsafe code, which this program has none of.

#[cfg(windows)]
use std::ffi::OsStr;
#[cfg(windows)]
use std::io;
#[cfg(windows)]
use std::path::{Path, PathBuf};
#[cfg(windows)]
use std::process::{Command, Output, Stdio};

/// Takes every inherited right off a file and gives the person who runs the program all rights to it; nobody else has any. Call it before
/// anything secret is in the file.
///
/// # Errors
/// The file system keeps no access lists (FAT), or a tool of Windows is missing.
#[cfg(windows)]
pub(super) fn limit_to_owner(file: &Path) -> io::Result<()> {
    let person = system(OsStr::new("whoami.exe"), &["/user", "/fo", "csv", "/nh"].map(OsStr::new))?;
    let Some(sid) = sid_of(&String::from_utf8_lossy(&person.stdout)).map(str::to_owned) else {
        return Err(io::Error::other(
            "Windows does not say who runs this program, so the file would be for others, too",
        ));
    };
    let grant = format!("*{sid}:F");
    let arguments = [file.as_os_str(), "/inheritance:r".as_ref(), "/grant:r".as_ref(), grant.as_ref(), "/q".as_ref()];
    let done = system(OsStr::new("icacls.exe"), &arguments)?;
    if done.status.success() {
        return Ok(());
    }
    let printed = String::from_utf8_lossy(&done.stdout).into_owned() + &String::from_utf8_lossy(&done.stderr);
    let reason = printed.lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or("no reason given").to_owned();
    Err(io::Error::other(format!("its access list cannot be limited to you ({reason})")))
}

/// Runs a tool of Windows itself: not one of the same name in the folder where the program was started.
#[cfg(windows)]
fn system(tool: &OsStr, arguments: &[&OsStr]) -> io::Result<Output> {
    let root = std::env::var_os("SystemRoot").unwrap_or_else(|| "C:\\Windows".into());
    let tool = PathBuf::from(root).join("System32").join(tool);
    Command::new(tool).args(arguments).stdin(Stdio::null()).output()
}

/// The security identifier in what `whoami /user /fo csv /nh` writes: `"PC\ana","S-1-5-21-1-2-3-1001"`.
#[cfg(any(windows, test))]
fn sid_of(written: &str) -> Option<&str> {
    let last = written.trim().rsplit(',').next()?.trim().trim_matches('"');
    let digits = last.strip_prefix("S-1-")?;
    digits.chars().all(|c| c.is_ascii_digit() || c == '-').then_some(last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_person_is_read_from_what_windows_writes() {
        assert_eq!(sid_of("\"PC\\ana\",\"S-1-5-21-1-2-3-1001\"\r\n"), Some("S-1-5-21-1-2-3-1001"));
        assert_eq!(sid_of("\"PC\\a,b\",\"S-1-5-18\""), Some("S-1-5-18"), "a comma in the name");
        for wrong in ["", "ana", "\"PC\\ana\",\"S-1-5-21:F\"", "\"PC\\ana\",\"*\""] {
            assert_eq!(sid_of(wrong), None, "{wrong}");
        }
    }

    #[test]
    #[cfg(windows)]
    fn a_file_is_for_its_owner_alone() {
        let file = tempfile::NamedTempFile::new().unwrap();
        limit_to_owner(file.path()).unwrap();
        let listed = system(OsStr::new("icacls.exe"), &[file.path().as_os_str()]).unwrap();
        let listed = String::from_utf8_lossy(&listed.stdout).into_owned();
        assert_eq!(listed.matches(":(").count(), 1, "{listed}");
    }
}
