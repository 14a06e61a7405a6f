//! The configuration file and the program's folders. A wrong file is refused with its line and what to do, never half used.

use std::{
    collections::BTreeMap,
    env, io,
    path::{Path, PathBuf},
    string::FromUtf8Error,
};

use serde::Deserialize;
use toml::Spanned;

use crate::azure::cloud::Cloud;
use crate::files;
use crate::plan::Overheads;
use crate::wording::some_of;

/// What the configuration file says, every question answered.
#[derive(Clone, Debug, PartialEq)]
pub struct Config {
    /// The built-in clouds and those of the file, in the order they are offered.
    pub clouds: Vec<Cloud>,
    /// Name of the cloud to sign in to; always one of `clouds`.
    pub cloud: String,
    /// Spinners and other movement; on unless the file says `motion = false`.
    pub motion: bool,
    /// ASCII instead of box drawing and symbols.
    pub ascii: bool,
    /// How many times faster than a real clock a rehearsal runs; `None` leaves it to the program.
    pub clock_rate: Option<f64>,
    /// What a blob and a drive cost beyond the blob's bytes; each figure of `[plan]` replaces the usual one.
    pub plan: Overheads,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            clouds: Cloud::built_in(),
            cloud: "public".into(),
            motion: true,
            ascii: false,
            clock_rate: None,
            plan: Overheads::default(),
        }
    }
}

/// Why a configuration file cannot be used: where, what is wrong, and what to do.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ConfigError {
    /// The file cannot be read.
    #[error("cannot read the configuration file {}: {reason}; check the path, or leave --config out", file.display())]
    Unreadable {
        /// The file.
        file: PathBuf,
        /// Why not.
        reason: String,
    },
    /// Something in the file is wrong.
    #[error("{}:{line}:{column}: {what}; {advice}", file.display())]
    Wrong {
        /// The file.
        file: PathBuf,
        /// Line, counted from 1.
        line: usize,
        /// Column in characters, counted from 1.
        column: usize,
        /// What is wrong.
        what: String,
        /// What to do.
        advice: String,
    },
}

impl Config {
    /// Reads `path`, or the file in [`places`] when `path` is `None`; that one may be missing, a named one may not.
    ///
    /// # Errors
    /// When the file cannot be read, is not TOML, or holds an unknown key, a wrong type or an unusable cloud.
    pub fn load(path: Option<&Path>) -> Result<Self, ConfigError> {
        let file = path.map_or_else(|| places().config, Path::to_path_buf);
        // The file may be a link, as people keep their configurations together elsewhere; a pipe only where it is named.
        match files::read_named(&file, path.is_some()).and_then(|bytes| String::from_utf8(bytes).map_err(not_text)) {
            Ok(text) => Self::parse(&file, &text),
            Err(error) if path.is_none() && error.kind() == io::ErrorKind::NotFound => Ok(Self::default()),
            Err(error) => Err(ConfigError::Unreadable { file, reason: said(&error) }),
        }
    }

    /// Reads the text of a configuration file; `file` is for errors only.
    ///
    /// # Errors
    /// As [`Config::load`].
    pub fn parse(file: &Path, text: &str) -> Result<Self, ConfigError> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let source = ConfigText { file, text };
        let written: ConfigFile = toml::from_str(text).map_err(|error| source.refused(&error))?;
        let mut config = Self {
            motion: written.motion.unwrap_or(true),
            ascii: written.ascii.unwrap_or(false),
            clock_rate: source.rate(written.rehearsal)?,
            plan: source.plan(written.plan)?,
            ..Self::default()
        };
        for (name, endpoints) in written.clouds {
            config.clouds.push(source.cloud(&name, endpoints)?);
        }
        let hosts = written.storage_hosts.map(|hosts| source.hosts(hosts)).transpose()?.unwrap_or_default();
        for cloud in &mut config.clouds {
            cloud.storage_hosts.clone_from(&hosts);
        }
        if let Some(name) = written.cloud {
            if config.find(name.get_ref()).is_none() {
                let known = some_of(config.clouds.iter().map(|cloud| cloud.name.as_str()), 10);
                let what = format!("there is no cloud `{}`", name.get_ref());
                return Err(source.wrong(
                    name.span().start,
                    what,
                    format!("use one of {known}, or add [clouds.{}]", name.get_ref()),
                ));
            }
            config.cloud = name.into_inner();
        }
        Ok(config)
    }

    /// The cloud called `name`.
    pub fn find(&self, name: &str) -> Option<&Cloud> {
        self.clouds.iter().find(|cloud| cloud.name == name)
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ConfigFile {
    cloud: Option<Spanned<String>>,
    #[serde(rename = "storage-hosts")]
    storage_hosts: Option<Vec<Spanned<String>>>,
    motion: Option<bool>,
    ascii: Option<bool>,
    rehearsal: Option<RehearsalSection>,
    plan: Option<Spanned<Overheads>>,
    #[serde(default)]
    clouds: BTreeMap<String, Spanned<CloudSection>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct RehearsalSection {
    clock_rate: Option<Spanned<f64>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CloudSection {
    arm: Spanned<String>,
    authority: Spanned<String>,
    blob: Option<Spanned<String>>,
}

/// The text being read, for places in it.
struct ConfigText<'a> {
    file: &'a Path,
    text: &'a str,
}

impl ConfigText<'_> {
    fn cloud(&self, name: &str, endpoints: Spanned<CloudSection>) -> Result<Cloud, ConfigError> {
        let start = endpoints.span().start;
        let taken = Cloud::built_in().iter().any(|cloud| cloud.name == name) || name == "rehearsal";
        if taken {
            return Err(self.wrong(start, format!("the cloud `{name}` is built in"), "choose another name"));
        }
        let CloudSection { arm, authority, blob } = endpoints.into_inner();
        let cloud = Cloud {
            name: name.to_owned(),
            arm: arm.get_ref().trim_end_matches('/').to_owned(),
            authority: authority.get_ref().trim_end_matches('/').to_owned(),
            blob: blob.as_ref().map(|blob| blob.get_ref().clone()),
            storage_hosts: Vec::new(),
        };
        let Some(reason) = cloud.refusal() else { return Ok(cloud) };
        let spans = [Some(arm.span()), Some(authority.span()), blob.map(|blob| blob.span())];
        let unsafe_one = [Some(&cloud.arm), Some(&cloud.authority), cloud.blob.as_ref()]
            .into_iter()
            .position(|url| url.is_some_and(|url| !crate::azure::cloud::is_safe(url)));
        let at = unsafe_one.and_then(|index| spans[index].clone()).map_or(start, |span| span.start);
        Err(self.wrong(at, reason, "write the whole address, e.g. \"https://management.example.com\""))
    }

    /// Names of hosts without scheme, port and path.
    fn hosts(&self, hosts: Vec<Spanned<String>>) -> Result<Vec<String>, ConfigError> {
        let is_name = |host: &str| {
            !host.trim_matches('.').is_empty()
                && host.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-'))
        };
        match hosts.iter().find(|host| !is_name(host.get_ref())) {
            Some(odd) => Err(self.wrong(
                odd.span().start,
                format!("`{}` in `storage-hosts` is not the name of a host", odd.get_ref()),
                "write it without https:// and without a path, e.g. \"blob.core.example.net\"",
            )),
            None => Ok(hosts.into_iter().map(|host| host.into_inner().trim_matches('.').to_owned()).collect()),
        }
    }

    fn rate(&self, rehearsal: Option<RehearsalSection>) -> Result<Option<f64>, ConfigError> {
        let Some(rate) = rehearsal.and_then(|rehearsal| rehearsal.clock_rate) else { return Ok(None) };
        if rate.get_ref().is_finite() && *rate.get_ref() > 0.0 {
            return Ok(Some(rate.into_inner()));
        }
        Err(self.wrong(
            rate.span().start,
            "`clock-rate` is not a speed",
            "write a number above 0, e.g. 600 for ten minutes a second",
        ))
    }

    fn plan(&self, plan: Option<Spanned<Overheads>>) -> Result<Overheads, ConfigError> {
        let Some(plan) = plan else { return Ok(Overheads::default()) };
        if (1..=100).contains(&plan.get_ref().usable_percent) {
            return Ok(plan.into_inner());
        }
        let table = plan.span().start;
        let key = self.text.get(table..).and_then(|rest| rest.find("usable-percent")).unwrap_or(0);
        Err(self.wrong(table + key, "`usable-percent` is not a share of a drive", "write a whole number from 1 to 100"))
    }

    fn refused(&self, error: &toml::de::Error) -> ConfigError {
        let what = error.message().lines().collect::<Vec<_>>().join("; ");
        let advice = if what.starts_with("unknown field") {
            "correct the spelling or remove the line"
        } else if what.starts_with("missing field") {
            "a cloud needs `arm` and `authority`"
        } else if what.starts_with("invalid value") {
            "the figures of [plan] are whole numbers of bytes, and 1 to 100 for `usable-percent`"
        } else if what.starts_with("invalid type") {
            "write true or false for `motion` and `ascii`, numbers for `clock-rate` and in [plan], and text in quotes for the rest"
        } else {
            "correct the line; the file is TOML"
        };
        self.wrong(error.span().map_or(0, |span| span.start), what, advice)
    }

    fn wrong(&self, at: usize, what: impl Into<String>, advice: impl Into<String>) -> ConfigError {
        let before = self.text.get(..at).unwrap_or(self.text);
        let column = before.chars().rev().take_while(|c| *c != '\n').count() + 1;
        ConfigError::Wrong {
            file: self.file.to_path_buf(),
            line: before.matches('\n').count() + 1,
            column,
            what: what.into(),
            advice: advice.into(),
        }
    }
}

fn not_text(_: FromUtf8Error) -> io::Error {
    io::ErrorKind::InvalidData.into()
}

fn said(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "there is no such file".into(),
        io::ErrorKind::PermissionDenied => "this account may not read it".into(),
        io::ErrorKind::InvalidData => "it is not UTF-8 text".into(),
        _ => error.to_string(),
    }
}

/// Where the program keeps things. `BLOBFREIGHT_CONFIG`, `BLOBFREIGHT_DATA_DIR` and `BLOBFREIGHT_STATE_DIR` move each of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Directories {
    /// The configuration file.
    pub config: PathBuf,
    /// The folder of drafts.
    pub data: PathBuf,
    /// The folder of logs.
    pub state: PathBuf,
}

/// The platform's usual places, or `.blobfreight` in the current folder for an account without a home.
pub fn places() -> Directories {
    let usual = directories::ProjectDirs::from("", "", "blobfreight").map_or_else(at_hand, |dirs| Directories {
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

fn at_hand() -> Directories {
    let here = Path::new(".blobfreight");
    Directories { config: here.join("config.toml"), data: here.join("data"), state: here.join("state") }
}

#[cfg(test)]
mod tests;
