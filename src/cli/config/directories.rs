//! The program's directories.

use std::env;
use std::path::{Path, PathBuf};

/// Where the program keeps its files. `BLOBFREIGHT_CONFIG`, `BLOBFREIGHT_DATA_DIR` and `BLOBFREIGHT_STATE_DIR` name other places.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Directories {
    /// The configuration file.
    pub config: PathBuf,
    /// The directory of drafts.
    pub data: PathBuf,
    /// The directory of logs.
    pub state: PathBuf,
}

/// The usual directories of the platform; `.blobfreight` in the current directory for a user without a home directory.
pub fn places() -> Directories {
    let usual =
        directories::ProjectDirs::from("", "", "blobfreight").map_or_else(in_current_directory, |dirs| Directories {
            config: dirs.config_dir().join("config.toml"),
            data: dirs.data_dir().to_path_buf(),
            state: dirs.state_dir().unwrap_or_else(|| dirs.data_local_dir()).to_path_buf(),
        });
    let moved =
        |name: &str, usual: PathBuf| env::var_os(name).filter(|value| !value.is_empty()).map_or(usual, PathBuf::from);
    Directories {
        config: moved("BLOBFREIGHT_CONFIG", usual.config),
        data: moved("BLOBFREIGHT_DATA_DIR", usual.data),
        state: moved("BLOBFREIGHT_STATE_DIR", usual.state),
    }
}

fn in_current_directory() -> Directories {
    let here = Path::new(".blobfreight");
    Directories { config: here.join("config.toml"), data: here.join("data"), state: here.join("state") }
}
