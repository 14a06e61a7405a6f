//! Whether a session is in plain line mode, and how that came: an argument, the environment, the configuration, or a terminal that cannot
//! draw. Where a screen reader runs and nothing was said, the mode is offered.

use std::fs;

/// The variable that turns the mode on (`1`) or off (`0`).
const VARIABLE: &str = "BLOBFREIGHT_PLAIN";

/// Programs of Linux that read a terminal out, by the names of their processes.
const SCREEN_READERS: [&str; 5] = ["orca", "brltty", "fenrir", "espeakup", "speechd-up"];

/// Why a session is in plain line mode. What is asked for more closely stands first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum PlainReason {
    Argument,
    Variable,
    Configuration,
    DumbTerminal,
}

impl PlainReason {
    /// The reason, by the argument, the environment and the configuration; `None` for a full screen.
    pub(super) fn of(
        argument: bool,
        lookup: impl Fn(&str) -> Option<String>,
        configured: Option<bool>,
    ) -> Option<Self> {
        if argument {
            return Some(Self::Argument);
        }
        if let Some(choice) = lookup(VARIABLE).filter(|choice| !choice.is_empty()) {
            return (!matches!(choice.as_str(), "0" | "false" | "no" | "off")).then_some(Self::Variable);
        }
        let dumb = lookup("TERM").as_deref() == Some("dumb");
        configured.map_or(dumb.then_some(Self::DumbTerminal), |on| on.then_some(Self::Configuration))
    }

    /// The first line of the session.
    pub(super) fn first_line(self) -> String {
        let how = match self {
            Self::Argument => "by --plain",
            Self::Variable => "by the variable BLOBFREIGHT_PLAIN",
            Self::Configuration => "by plain = true in the configuration",
            Self::DumbTerminal => "because the terminal is dumb (TERM=dumb)",
        };
        format!("Blobfreight in plain line mode, on {how}. Type help for what can be typed, quit to leave.")
    }
}

/// The offer of the mode, where a screen reader runs and nobody has decided.
pub(super) fn offer(lookup: impl Fn(&str) -> Option<String>, configured: Option<bool>) -> Option<String> {
    let decided = configured.is_some() || lookup(VARIABLE).is_some_and(|choice| !choice.is_empty());
    let reader = if decided { None } else { screen_reader() }?;
    Some(format!("A screen reader runs ({reader}). Started as blobfreight --plain, the wizard asks on lines."))
}

/// The screen reader that runs on this machine, as far as Linux tells. Elsewhere it is not known.
fn screen_reader() -> Option<&'static str> {
    let processes = fs::read_dir("/proc").ok()?.flatten();
    let numbered =
        processes.filter(|entry| entry.file_name().to_string_lossy().starts_with(|c: char| c.is_ascii_digit()));
    numbered.filter_map(|entry| fs::read_to_string(entry.path().join("comm")).ok()).find_map(|name| named(&name))
}

fn named(process: &str) -> Option<&'static str> {
    SCREEN_READERS.into_iter().find(|reader| process.trim() == *reader)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(argument: bool, environment: &[(&str, &str)], configured: Option<bool>) -> Option<PlainReason> {
        let lookup = |name: &str| environment.iter().find(|(n, _)| *n == name).map(|(_, value)| (*value).to_owned());
        PlainReason::of(argument, lookup, configured)
    }

    #[test]
    fn w46_what_was_asked_for_more_closely_decides() {
        let dumb = [("TERM", "dumb")];
        assert_eq!(of(false, &[("TERM", "xterm")], None), None);
        assert_eq!(of(false, &dumb, None), Some(PlainReason::DumbTerminal));
        assert_eq!(of(false, &dumb, Some(false)), None, "a dumb terminal that the person knows better");
        assert_eq!(of(false, &dumb, Some(true)), Some(PlainReason::Configuration));
        assert_eq!(of(false, &[("BLOBFREIGHT_PLAIN", "0"), ("TERM", "dumb")], Some(true)), None);
        assert_eq!(of(false, &[("BLOBFREIGHT_PLAIN", "1")], Some(false)), Some(PlainReason::Variable));
        assert_eq!(of(true, &[("BLOBFREIGHT_PLAIN", "0")], Some(false)), Some(PlainReason::Argument));
        assert_eq!(of(false, &[("BLOBFREIGHT_PLAIN", "")], None), None, "set to nothing is not set");
    }

    #[test]
    fn w46_a_screen_reader_is_known_by_the_name_of_its_process() {
        assert_eq!(named("orca\n"), Some("orca"));
        assert_eq!(named("orca-slicer\n"), None);
    }
}
