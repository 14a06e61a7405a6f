//! Reads the configuration file. A wrong file is refused with its line and what to do, never half used.

use std::io;
use std::path::Path;
use std::string::FromUtf8Error;

use super::config::Config;
use super::directories::places;
use super::error::ConfigError;
use super::parse::parse;
use crate::files;

impl Config {
    /// Reads `path`, or the file in [`places`] when `path` is `None`; that one may be missing, a named one may not.
    ///
    /// # Errors
    /// When the file cannot be read, is not TOML, or holds an unknown key, a wrong type or an unusable cloud.
    pub fn load(path: Option<&Path>) -> Result<Self, ConfigError> {
        let file = path.map_or_else(|| places().config, Path::to_path_buf);
        // The file may be a link, because people keep their configurations together elsewhere; a pipe only where --config names it.
        match files::read_named(&file, path.is_some()).and_then(|bytes| String::from_utf8(bytes).map_err(not_text)) {
            Ok(text) => Self::parse(&file, &text),
            Err(error) if path.is_none() && error.kind() == io::ErrorKind::NotFound => Ok(Self::default()),
            Err(error) => Err(ConfigError::Unreadable { file, reason: reason(&error) }),
        }
    }

    /// Reads the text of a configuration file. `file` is only named in errors.
    ///
    /// # Errors
    /// As [`Config::load`].
    pub fn parse(file: &Path, text: &str) -> Result<Self, ConfigError> {
        parse(file, text)
    }
}

fn not_text(_: FromUtf8Error) -> io::Error {
    io::ErrorKind::InvalidData.into()
}

fn reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::InvalidData => "it is not UTF-8 text".into(),
        _ => files::reason(error),
    }
}
