//! The text of the configuration file, read with a place for every error.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Deserialize;
use toml::Spanned;

use super::config::Config;
use super::error::ConfigError;
use super::keys::{self, ChosenKeys};
use super::theme::{self, Theme, ThemeBackground};
use crate::azure::cloud::Cloud;
use crate::azure::model::ServiceName;
use crate::plan::Overheads;
use crate::protocol::palette::TextColour;
use crate::protocol::window::Notifications;
use crate::select::InlineListSlash;
use crate::wording::some_of;

/// Reads the text of a configuration file. `file` is only named in errors.
pub(super) fn parse(file: &Path, text: &str) -> Result<Config, ConfigError> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let source = ConfigText { file, text };
    let written: ConfigFile = toml::from_str(text).map_err(|error| source.refused(&error))?;
    let mut config = Config {
        motion: written.motion.unwrap_or(true),
        ascii: written.ascii.unwrap_or(false),
        window_title: written.window_title.unwrap_or(true),
        plain: written.plain,
        notifications: source.notifications(written.notifications)?,
        theme: written.theme.map(|theme| source.theme(theme)).transpose()?.unwrap_or_default(),
        keys: keys::read(written.keys).map_err(|wrong| source.wrong(wrong.at, wrong.what, wrong.advice))?,
        service: source.service(written.service)?,
        inline_slash: source.inline_slash(written.inline_lists)?,
        client_id: written.client_id.map(|id| source.client_id(&id)).transpose()?,
        remember_sign_in: written.remember_sign_in.unwrap_or(false),
        clock_rate: source.rate(written.rehearsal)?,
        plan: source.plan(written.plan)?,
        ..Config::default()
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

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ConfigFile {
    cloud: Option<Spanned<String>>,
    service: Option<Spanned<String>>,
    #[serde(rename = "databox-inline-lists")]
    inline_lists: Option<Spanned<String>>,
    #[serde(rename = "storage-hosts")]
    storage_hosts: Option<Vec<Spanned<String>>>,
    #[serde(rename = "client-id")]
    client_id: Option<Spanned<String>>,
    #[serde(rename = "remember-sign-in")]
    remember_sign_in: Option<bool>,
    motion: Option<bool>,
    ascii: Option<bool>,
    #[serde(rename = "window-title")]
    window_title: Option<bool>,
    plain: Option<bool>,
    notifications: Option<Spanned<String>>,
    theme: Option<ThemeSection>,
    #[serde(default)]
    keys: BTreeMap<String, Spanned<ChosenKeys>>,
    rehearsal: Option<RehearsalSection>,
    plan: Option<Spanned<Overheads>>,
    #[serde(default)]
    clouds: BTreeMap<String, Spanned<CloudSection>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ThemeSection {
    background: Option<Spanned<String>>,
    key: Option<Spanned<ColourValue>>,
    good: Option<Spanned<ColourValue>>,
    caution: Option<Spanned<ColourValue>>,
    alarm: Option<Spanned<ColourValue>>,
    quiet: Option<Spanned<ColourValue>>,
}

/// `24` or `"#005f87"`.
#[derive(Deserialize)]
#[serde(untagged)]
enum ColourValue {
    Number(i64),
    Text(String),
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

/// The text, to find the line and column of an error.
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

    /// The id of an application, a GUID.
    fn client_id(&self, id: &Spanned<String>) -> Result<String, ConfigError> {
        let text = id.get_ref().trim();
        let lengths: Vec<usize> = text.split('-').map(str::len).collect();
        if lengths == [8, 4, 4, 4, 12] && text.chars().all(|c| c.is_ascii_hexdigit() || c == '-') {
            return Ok(text.to_owned());
        }
        let what = format!("`{text}` in `client-id` is not the id of an application");
        Err(self.wrong(
            id.span().start,
            what,
            "copy the application (client) id of the registration, e.g. \"00001111-aaaa-2222-bbbb-3333cccc4444\"",
        ))
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

    fn inline_slash(&self, word: Option<Spanned<String>>) -> Result<Option<InlineListSlash>, ConfigError> {
        let Some(word) = word else { return Ok(None) };
        match word.get_ref().as_str() {
            "off" => Ok(None),
            "with-slash" => Ok(Some(InlineListSlash::WithSlash)),
            "without-slash" => Ok(Some(InlineListSlash::WithoutSlash)),
            other => {
                let what = format!("there is no form `{other}` of inline lists");
                let advice = "use \"off\", \"with-slash\" or \"without-slash\"";
                Err(self.wrong(word.span().start, what, advice))
            }
        }
    }

    fn service(&self, word: Option<Spanned<String>>) -> Result<Option<ServiceName>, ConfigError> {
        let Some(word) = word else { return Ok(None) };
        let service = ServiceName::ALL.into_iter().find(|service| service.word() == word.get_ref());
        service.map(Some).ok_or_else(|| {
            let what = format!("there is no service `{}`", word.get_ref());
            self.wrong(word.span().start, what, "write \"databox\" or \"classic\"")
        })
    }

    fn notifications(&self, word: Option<Spanned<String>>) -> Result<Notifications, ConfigError> {
        let Some(word) = word else { return Ok(Notifications::default()) };
        let known = Notifications::ALL.into_iter().find(|one| one.word() == word.get_ref());
        known.ok_or_else(|| {
            let what = format!("there are no notifications `{}`", word.get_ref());
            self.wrong(word.span().start, what, "use \"desktop\", \"bell\" or \"off\"")
        })
    }

    fn theme(&self, theme: ThemeSection) -> Result<Theme, ConfigError> {
        let background = match &theme.background {
            None => ThemeBackground::Ask,
            Some(word) => ThemeBackground::from_word(word.get_ref()).ok_or_else(|| {
                let what = format!("there is no background `{}`", word.get_ref());
                self.wrong(word.span().start, what, "use \"ask\", \"dark\", \"light\" or \"unknown\"")
            })?,
        };
        let colour = |value: Option<Spanned<ColourValue>>| value.map(|value| self.colour(&value)).transpose();
        Ok(Theme {
            background,
            key: colour(theme.key)?,
            good: colour(theme.good)?,
            caution: colour(theme.caution)?,
            alarm: colour(theme.alarm)?,
            quiet: colour(theme.quiet)?,
        })
    }

    fn colour(&self, value: &Spanned<ColourValue>) -> Result<TextColour, ConfigError> {
        let read = match value.get_ref() {
            ColourValue::Number(number) => theme::by_number(*number),
            ColourValue::Text(text) => theme::by_code(text),
        };
        read.ok_or_else(|| {
            let advice =
                "write red, green and blue, e.g. \"#005f87\", or the number of one of the 256 colours, e.g. 24";
            self.wrong(value.span().start, "this is not a colour", advice)
        })
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
            "write true or false for `motion`, `ascii`, `window-title`, `plain` and `remember-sign-in`, numbers for `clock-rate` and in [plan], and text in quotes for the rest"
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
