//! The configuration file that `blobfreight config edit` writes where there is none: every key, commented out.

/// The text of the file.
pub const SAMPLE: &str = include_str!("sample.toml");

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::path::Path;

    use super::*;
    use crate::cli::config::Config;
    use crate::protocol::keymap::KeyChoices;

    fn parse(text: &str) -> Result<Config, String> {
        Config::parse(Path::new("sample.toml"), text).map_err(|error| error.to_string())
    }

    /// The sample with every key set.
    fn set() -> String {
        let line = |line: &str| match line.strip_prefix('#') {
            Some(setting) if !setting.starts_with(' ') => format!("{setting}\n"),
            _ => format!("{line}\n"),
        };
        SAMPLE.lines().map(line).collect()
    }

    /// The keys that the reader knows at a place, from its own words about one that it does not know.
    fn known(section: &str) -> BTreeSet<String> {
        let heading = if section.is_empty() { String::new() } else { format!("[{section}]\n") };
        let said = parse(&format!("{heading}no-such-key = 1\n")).unwrap_err();
        let (_, expected) = said.split_once("expected ").unwrap_or_else(|| panic!("{said}"));
        let listed = expected.split(';').next().unwrap();
        listed.split('`').skip(1).step_by(2).map(str::to_owned).collect()
    }

    #[test]
    fn the_sample_sets_nothing_as_it_is_and_can_be_read_with_every_key_set() {
        assert_eq!(parse(SAMPLE), Ok(Config::default()));
        let config = parse(&set()).unwrap();
        assert!(config.find("lab").is_some(), "the example of a cloud is one");
    }

    #[test]
    fn no_key_of_the_reader_is_missing_in_the_sample() {
        let written: toml::Table = toml::from_str(&set()).unwrap();
        for key in known("") {
            assert!(written.contains_key(&key), "`{key}` is missing in sample.toml");
        }
        for (section, table) in ["theme", "rehearsal", "plan"].map(|section| (section, written[section].as_table())) {
            for key in known(section) {
                assert!(table.unwrap().contains_key(&key), "[{section}] `{key}` is missing in sample.toml");
            }
        }
        for (name, _) in KeyChoices::by_name() {
            assert!(written["keys"].get(&name).is_some(), "[keys] `{name}` is missing in sample.toml");
        }
        for key in known("clouds.lab") {
            assert!(written["clouds"]["lab"].get(&key).is_some(), "[clouds.lab] `{key}` is missing in sample.toml");
        }
    }
}
