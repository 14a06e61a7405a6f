//! The program's own files: are they where they can be read and written?

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::check::{CheckVerdict, DoctorArea, DoctorCheck};
use crate::cli::config::{Config, ConfigError, Directories};
use crate::draft::store::DraftStore;
use crate::driver::live::drafts_in;
use crate::driver::log;
use crate::files;
use crate::ui::text::bytes;
use crate::wording::many;

/// The configuration, the drafts, and the log.
pub(super) fn checks(
    places: &Directories,
    named: Option<&Path>,
    config: &Result<Config, ConfigError>,
) -> Vec<DoctorCheck> {
    let drafts = drafts_in(&places.data);
    vec![
        configuration(named.unwrap_or(&places.config), config),
        folder("Data folder", &places.data),
        drafts_check(&drafts),
        folder("State folder", &places.state),
        log_check(&places.state.join(log::FILE)),
    ]
}

fn configuration(file: &Path, config: &Result<Config, ConfigError>) -> DoctorCheck {
    let check = |verdict, message: String| DoctorCheck::new(DoctorArea::Files, "Configuration", verdict, message);
    match config {
        Ok(_) if file.exists() => check(CheckVerdict::Ok, file.display().to_string()),
        Ok(_) => check(CheckVerdict::Ok, format!("{}, which is not there: the defaults count", file.display())),
        Err(error) => check(CheckVerdict::Failed, error.to_string()).advise(
            "`blobfreight config edit` opens the file and checks it; the rest was looked at with the defaults.",
        ),
    }
}

/// A folder is tried with a file that is gone at once. One that is not there is made when it is needed, below one that can be written.
fn folder(name: &str, folder: &Path) -> DoctorCheck {
    let check = |verdict, message: String| DoctorCheck::new(DoctorArea::Files, name, verdict, message);
    let Some(there) = nearest(folder) else {
        return check(CheckVerdict::Failed, format!("{}: nothing above it is there", folder.display()));
    };
    let advice = "Name a folder that you can write to in BLOBFREIGHT_DATA_DIR or BLOBFREIGHT_STATE_DIR.";
    match tempfile::tempfile_in(&there) {
        Ok(_) if there == folder => check(CheckVerdict::Ok, format!("{}, can be written", folder.display())),
        Ok(_) => check(CheckVerdict::Ok, format!("{}, is made when it is needed", folder.display())),
        Err(error) => {
            let reason = format!("{} cannot be written: {}", there.display(), reason(&error));
            check(CheckVerdict::Failed, reason).advise(advice)
        }
    }
}

/// The folder, or the nearest above it that is there.
fn nearest(folder: &Path) -> Option<PathBuf> {
    let whole = std::path::absolute(folder).ok()?;
    whole.ancestors().find(|at| at.exists()).map(Path::to_path_buf)
}

fn reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::PermissionDenied => "you are not allowed to".to_owned(),
        _ => files::reason(error),
    }
}

fn drafts_check(folder: &Path) -> DoctorCheck {
    let check = |verdict, message: String| DoctorCheck::new(DoctorArea::Files, "Drafts", verdict, message);
    if !folder.exists() {
        return check(CheckVerdict::Ok, format!("{}, none yet", folder.display()));
    }
    let listed = DraftStore::open(folder).and_then(|store| store.list());
    match listed {
        Err(error) => check(CheckVerdict::Failed, error.to_string()),
        Ok(drafts) => {
            let unread = drafts.iter().filter(|draft| draft.ready().is_none()).count();
            let all = format!("{}, {}", folder.display(), many(drafts.len() as u64, "draft"));
            match unread {
                0 => check(CheckVerdict::Ok, all),
                _ => check(CheckVerdict::Warning, format!("{all}, of which {unread} cannot be read"))
                    .advise("`blobfreight drafts` says of each why."),
            }
        }
    }
}

fn log_check(file: &Path) -> DoctorCheck {
    let check = |verdict, message: String| DoctorCheck::new(DoctorArea::Files, "Log", verdict, message);
    let name = file.display();
    match fs::metadata(file) {
        Ok(there) => match fs::OpenOptions::new().append(true).open(file) {
            Ok(_) => check(CheckVerdict::Ok, format!("{name}, {}", bytes(there.len()))),
            Err(error) => check(CheckVerdict::Warning, format!("{name} cannot be written: {}", reason(&error))),
        },
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            check(CheckVerdict::Ok, format!("{name}, begins with the first line"))
        }
        Err(error) => check(CheckVerdict::Warning, format!("{name}: {}", reason(&error))),
    }
}
