//! Every key of the configuration with the value that counts and where that comes from.

use std::collections::BTreeMap;
use std::path::Path;

use toml::Value;

use crate::azure::auth::PersonOptions;
use crate::azure::model::ServiceName;
use crate::cli::common_args::GlobalArgs;
use crate::cli::config::{Config, SAMPLE};
use crate::driver::live::CLOCK_RATE;
use crate::driver::log;
use crate::files;
use crate::protocol::keymap::KeyChoices;

/// Where a value comes from. The first that has one counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum ValueOrigin {
    /// An option, e.g. `--ascii`.
    Option(&'static str),
    /// An environment variable.
    Environment(&'static str),
    File,
    /// Nobody said: the program's own.
    Default,
}

impl ValueOrigin {
    /// The word for programs.
    pub(super) fn word(&self) -> &'static str {
        match self {
            Self::Option(_) => "option",
            Self::Environment(_) => "environment",
            Self::File => "file",
            Self::Default => "default",
        }
    }

    /// The name of the option or the variable.
    pub(super) fn name(&self) -> Option<&'static str> {
        match self {
            Self::Option(name) | Self::Environment(name) => Some(name),
            Self::File | Self::Default => None,
        }
    }

    /// The words of the table.
    pub(super) fn words(&self, file: &Path) -> String {
        match self {
            Self::Option(name) | Self::Environment(name) => (*name).to_owned(),
            Self::File => file.display().to_string(),
            Self::Default => "default".to_owned(),
        }
    }
}

/// One key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct ConfigValue {
    /// e.g. `theme.background`.
    pub(super) key: String,
    /// As the file would have it, text without its quotes; empty where the program decides when it runs.
    pub(super) value: String,
    pub(super) origin: ValueOrigin,
}

/// What a file sets, by keys such as `theme.background`; nothing where there is no file or it cannot be read.
pub(super) fn written(file: &Path) -> BTreeMap<String, String> {
    let bytes = files::read_named(file, true).unwrap_or_default();
    let text = String::from_utf8(bytes).unwrap_or_default();
    let table = toml::from_str::<toml::Table>(text.trim_start_matches('\u{feff}')).unwrap_or_default();
    let mut keys = BTreeMap::new();
    flatten("", &table, &mut keys);
    keys
}

fn flatten(before: &str, table: &toml::Table, keys: &mut BTreeMap<String, String>) {
    for (key, value) in table {
        let key = if before.is_empty() { key.clone() } else { format!("{before}.{key}") };
        match value {
            Value::Table(inner) => flatten(&key, inner, keys),
            Value::String(text) => drop(keys.insert(key, text.clone())),
            other => drop(keys.insert(key, other.to_string())),
        }
    }
}

/// All keys of the sample and of the file, in the order of the sample.
pub(super) fn all(
    config: &Config,
    written: &BTreeMap<String, String>,
    global: &GlobalArgs,
    lookup: impl Fn(&str) -> Option<String>,
) -> Vec<ConfigValue> {
    let mut keys = sample_keys();
    keys.extend(written.keys().filter(|key| !keys.contains(*key)).cloned().collect::<Vec<_>>());
    let mut values: Vec<ConfigValue> = keys
        .into_iter()
        .map(|key| {
            if let Some((value, origin)) = laid_over(&key, global, &lookup) {
                return ConfigValue { key, value, origin };
            }
            match written.get(&key) {
                Some(value) => ConfigValue { value: value.clone(), origin: ValueOrigin::File, key },
                None => ConfigValue { value: usual(&key, config), origin: ValueOrigin::Default, key },
            }
        })
        .collect();
    let level = lookup(log::LEVEL).filter(|level| !level.is_empty());
    let origin = if level.is_some() { ValueOrigin::Environment(log::LEVEL) } else { ValueOrigin::Default };
    values.push(ConfigValue { key: "log level".to_owned(), value: level.unwrap_or_else(|| "warn".to_owned()), origin });
    values
}

/// The keys that stand in the sample, without those of the example of a cloud.
fn sample_keys() -> Vec<String> {
    let (mut section, mut keys) = (String::new(), Vec::new());
    for line in SAMPLE.lines() {
        let line = line.strip_prefix('#').filter(|setting| !setting.starts_with(' ')).unwrap_or(line);
        if let Some(name) = line.strip_prefix('[') {
            name.trim_end_matches(']').clone_into(&mut section);
        } else if let Some((key, _)) = line.split_once(" = ").filter(|_| !line.starts_with('#')) {
            let whole = if section.is_empty() { key.to_owned() } else { format!("{section}.{key}") };
            keys.extend((!section.starts_with("clouds.")).then_some(whole));
        }
    }
    keys
}

/// What an option or a variable says of a key.
fn laid_over(
    key: &str,
    global: &GlobalArgs,
    lookup: &impl Fn(&str) -> Option<String>,
) -> Option<(String, ValueOrigin)> {
    let option = match key {
        "cloud" => global.cloud.clone().map(|name| (name, "--cloud")),
        "service" => global.service.map(|service| (service.word().to_owned(), "--service")),
        "ascii" => global.ascii.then(|| ("true".to_owned(), "--ascii")),
        "motion" => global.no_motion.then(|| ("false".to_owned(), "--no-motion")),
        "plain" => global.plain.then(|| ("true".to_owned(), "--plain")),
        _ => None,
    };
    if let Some((value, name)) = option {
        return Some((value, ValueOrigin::Option(name)));
    }
    let variable = |name: &'static str| Some((name, lookup(name).filter(|value| !value.trim().is_empty())?));
    let (name, value) = match key {
        "ascii" => variable("BLOBFREIGHT_ASCII")?,
        "plain" => variable("BLOBFREIGHT_PLAIN")?,
        "motion" => variable("BLOBFREIGHT_NO_MOTION")?,
        "client-id" => variable("BLOBFREIGHT_CLIENT_ID")?,
        _ => return None,
    };
    let is_yes = !matches!(value.as_str(), "0" | "false" | "no" | "off");
    let value = match key {
        "client-id" => value.trim().to_owned(),
        "motion" if !is_yes => return None,
        "motion" => "false".to_owned(),
        _ => is_yes.to_string(),
    };
    Some((value, ValueOrigin::Environment(name)))
}

/// The program's own value of a key that nobody set.
fn usual(key: &str, config: &Config) -> String {
    let plan = config.plan;
    match key {
        "cloud" => config.cloud.clone(),
        "service" => config.service.map_or("as Azure offers", ServiceName::word).to_owned(),
        "databox-inline-lists" => "off".to_owned(),
        "storage-hosts" => "[]".to_owned(),
        "client-id" => PersonOptions::default().client_id,
        "remember-sign-in" => config.remember_sign_in.to_string(),
        "motion" => config.motion.to_string(),
        "window-title" => config.window_title.to_string(),
        "notifications" => config.notifications.word().to_owned(),
        "ascii" | "plain" => "as the terminal is".to_owned(),
        "theme.background" => "ask".to_owned(),
        "rehearsal.clock-rate" => CLOCK_RATE.to_string(),
        "plan.usable-percent" => plan.usable_percent.to_string(),
        "plan.volume" => plan.volume.to_string(),
        "plan.side-file" => plan.side_file.to_string(),
        "plan.metadata-file" => plan.metadata_file.to_string(),
        "plan.manifest-blob" => plan.manifest_blob.to_string(),
        "plan.manifest-range" => plan.manifest_range.to_string(),
        _ if key.starts_with("keys.") => usual_keys(key),
        _ if key.starts_with("theme.") => "as the background needs".to_owned(),
        _ => String::new(),
    }
}

/// The keys of an action in the table, e.g. `Alt-Right, Ctrl-N` for `keys.next`.
fn usual_keys(key: &str) -> String {
    let names = KeyChoices::by_name();
    let lines = names.iter().find(|(name, _)| key.strip_prefix("keys.") == Some(name)).map(|(_, lines)| lines);
    let mut keys: Vec<String> = Vec::new();
    for key in lines.into_iter().flatten().flat_map(|line| line.keys).map(|key| key.in_letters()) {
        if !keys.contains(&key) {
            keys.push(key);
        }
    }
    keys.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str, global: &GlobalArgs, environment: &[(&str, &str)]) -> BTreeMap<String, (String, ValueOrigin)> {
        let config = Config::parse(Path::new("c.toml"), text).unwrap();
        let mut keys = BTreeMap::new();
        flatten("", &toml::from_str(text).unwrap(), &mut keys);
        let lookup = |name: &str| environment.iter().find(|(n, _)| *n == name).map(|(_, value)| (*value).to_owned());
        all(&config, &keys, global, lookup).into_iter().map(|one| (one.key, (one.value, one.origin))).collect()
    }

    #[test]
    fn an_option_counts_before_a_variable_and_that_before_the_file() {
        let plain = |global: &GlobalArgs, environment: &[(&str, &str)]| {
            shown("plain = false\n", global, environment)["plain"].clone()
        };
        let (asked, none) = (GlobalArgs { plain: true, ..GlobalArgs::default() }, GlobalArgs::default());
        let variable = [("BLOBFREIGHT_PLAIN", "1")];
        assert_eq!(plain(&asked, &variable), ("true".into(), ValueOrigin::Option("--plain")));
        assert_eq!(plain(&none, &variable), ("true".into(), ValueOrigin::Environment("BLOBFREIGHT_PLAIN")));
        assert_eq!(plain(&none, &[]), ("false".into(), ValueOrigin::File));
        assert_eq!(shown("", &none, &[])["plain"].1, ValueOrigin::Default);
    }

    #[test]
    fn every_key_of_the_sample_has_a_value_without_a_file() {
        let shown = shown("", &GlobalArgs::default(), &[]);
        for key in sample_keys() {
            assert!(!shown[&key].0.is_empty(), "`{key}` has no usual value in listing.rs");
        }
        assert_eq!(shown["plan.usable-percent"].0, "95");
    }

    #[test]
    fn what_the_file_sets_is_shown_also_where_the_sample_names_only_an_example() {
        let text = "[clouds.depot]\narm = \"https://a.example\"\nauthority = \"https://b.example\"\n";
        let shown = shown(text, &GlobalArgs::default(), &[]);
        assert_eq!(shown["clouds.depot.arm"], ("https://a.example".into(), ValueOrigin::File));
        assert!(!shown.contains_key("clouds.lab.arm"));
    }
}
