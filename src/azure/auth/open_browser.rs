//! Opens a browser on this machine, where one can be seen by the person.

use std::env;

/// What is started with an address.
#[derive(Debug, PartialEq, Eq)]
enum Opener {
    /// The program in `BROWSER`.
    Named(String),
    /// The one that the system names.
    System,
}

/// Whether a browser can be opened where the person sees it.
pub fn has_browser() -> bool {
    opener(|name| env::var(name).ok()).is_some()
}

/// Opens `address`; `false` where no browser was started. Its output goes nowhere: the terminal is in use.
pub(super) fn open(address: &str) -> bool {
    match opener(|name| env::var(name).ok()) {
        Some(Opener::Named(program)) => ::open::with_detached(address, program).is_ok(),
        Some(Opener::System) => ::open::that_detached(address).is_ok(),
        None => false,
    }
}

/// `BROWSER` counts everywhere: editors that connect over SSH set it to a program that opens the browser on the person's own machine.
fn opener(variable: impl Fn(&str) -> Option<String>) -> Option<Opener> {
    let set = |name: &str| variable(name).filter(|value| !value.trim().is_empty());
    if let Some(named) = set("BROWSER").and_then(|list| list.split(':').next().map(str::to_owned)) {
        return Some(Opener::Named(named));
    }
    if ["SSH_CONNECTION", "SSH_CLIENT", "SSH_TTY"].into_iter().any(|name| set(name).is_some()) {
        return None;
    }
    let desktop = cfg!(any(windows, target_os = "macos"))
        || ["DISPLAY", "WAYLAND_DISPLAY", "WSL_DISTRO_NAME"].into_iter().any(|name| set(name).is_some());
    desktop.then_some(Opener::System)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(set: &[(&str, &str)]) -> Option<Opener> {
        opener(|name| set.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned()))
    }

    #[test]
    fn over_ssh_only_the_program_that_the_person_names_is_started() {
        assert_eq!(found(&[("SSH_CONNECTION", "1 2 3 4"), ("DISPLAY", ":0")]), None);
        let named = Some(Opener::Named("/opt/helper".to_owned()));
        assert_eq!(found(&[("SSH_CONNECTION", "1 2 3 4"), ("BROWSER", "/opt/helper:lynx")]), named);
        assert_eq!(found(&[("DISPLAY", ":0")]), Some(Opener::System));
        assert_eq!(found(&[("WAYLAND_DISPLAY", "wayland-0"), ("BROWSER", " ")]), Some(Opener::System));
    }
}
