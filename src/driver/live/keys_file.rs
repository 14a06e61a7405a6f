//! Writes BitLocker keys, with instructions for unlocking, to a new file that only its owner can read. Never overwrites a file.

use std::fmt::Write as _;
use std::io;
use std::path::{Path, PathBuf};

use secrecy::{ExposeSecret, SecretString};
use strum::VariantArray;

use super::new_file::NewFile;
use crate::azure::fault::Fault;
use crate::azure::model::BitLockerKey;
use crate::files;
use crate::unlock::{KeyReading, UnlockTool, instructions};

const INTRODUCTION: &str = "\
BitLocker keys of an Azure export job.
Whoever holds a drive and its key can read what is on it: keep this file apart from the drives.

Find a drive by its serial number:
  Windows, in PowerShell   Get-Disk | Format-Table Number,FriendlyName,SerialNumber,Size
  Linux                    lsblk -o NAME,SIZE,FSTYPE,SERIAL,MODEL
  macOS                    diskutil list external
The commands below are for a prompt of an administrator. Put the drive's own letter in place of X, and its own partition in place of
sdX1 or disk4s1. Never let Windows format a drive.
";

/// Writes the keys to `keys/NAME` in the data directory, or to `keys/NAME-2` and so on if that exists; returns the path. Blocks.
///
/// # Errors
/// The directory or the file cannot be made; nothing is left behind.
pub fn save(data: &Path, name: &str, keys: &[BitLockerKey]) -> Result<PathBuf, Fault> {
    let dir = data.join("keys");
    let fault = |error: &io::Error| {
        Fault::local("save the keys", format!("{}: {}", dir.display(), files::reason(error)))
            .advise("Make the directory writable, or copy the keys one by one.")
    };
    let text = text(keys);
    files::make_private_folder(&dir).map_err(|error| fault(&error))?;
    NewFile::write(&dir, name, text.expose_secret().as_bytes()).map_err(|error| fault(&error))
}

/// The text of a file of keys, with what unlocks each drive.
pub fn text(keys: &[BitLockerKey]) -> SecretString {
    let mut text = String::from(INTRODUCTION);
    for key in keys {
        let reading = KeyReading::of(&key.key);
        let (_, verdict) = reading.verdict();
        let written = one_line(reading.typed(&key.key));
        let _infallible = write!(text, "\nDrive {}\n  Key {written}\n  {verdict}\n", one_line(&key.drive));
        for tool in UnlockTool::VARIANTS {
            let all = instructions(*tool, key);
            for line in [Some(all.unlock), all.mount].into_iter().flatten() {
                let command = line.exposed();
                let _infallible = writeln!(text, "  {:<24} {}", tool.title(), one_line(command.expose_secret()));
            }
        }
    }
    text.into()
}

/// The service's text without line breaks, so that it cannot look like a line of this program.
fn one_line(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    const KEY: &str = "531058-303050-716078-383614-460922-106975-083446-139161";

    fn keys() -> Vec<BitLockerKey> {
        vec![BitLockerKey { drive: "WX11\nKey 0".into(), key: KEY.to_owned().into() }]
    }

    #[test]
    fn w44_keys_go_to_a_new_file_only_its_owner_can_read_and_never_over_another() {
        let data = tempfile::tempdir().unwrap();
        let first = save(data.path(), "bitlocker-keys-x.txt", &keys()).unwrap();
        let second = save(data.path(), "bitlocker-keys-x.txt", &[]).unwrap();
        assert!(first.ends_with("keys/bitlocker-keys-x.txt") && second.ends_with("keys/bitlocker-keys-x-2.txt"));
        let text = fs::read_to_string(&first).unwrap();
        assert!(text.contains(&format!("\nDrive WX11Key 0\n  Key {KEY}\n")), "{text}");
        for way in ["manage-bde -unlock X: -RecoveryPassword", "cryptsetup open --type bitlk", "dislocker-fuse"] {
            assert!(text.contains(way), "{way}");
        }
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            assert_eq!(fs::metadata(&first).unwrap().permissions().mode() & 0o777, 0o600);
            assert_eq!(fs::metadata(first.parent().unwrap()).unwrap().permissions().mode() & 0o777, 0o700);
        }
    }

    #[test]
    fn a_name_never_leads_out_of_the_directory() {
        let data = tempfile::tempdir().unwrap();
        let path = save(data.path(), "../../etc/keys.txt", &keys()).unwrap();
        assert_eq!(path.parent(), Some(data.path().join("keys").as_path()));
    }

    #[test]
    fn a_directory_that_cannot_be_made_is_a_fault_without_keys() {
        let data = tempfile::tempdir().unwrap();
        fs::write(data.path().join("keys"), "").unwrap();
        let fault = save(data.path(), "k.txt", &keys()).unwrap_err().to_string();
        assert!(fault.starts_with("Could not save the keys: ") && !fault.contains("531058"), "{fault}");
    }
}
