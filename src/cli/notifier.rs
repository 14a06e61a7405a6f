//! Notifies the person when a command without a screen has ended its long work: by a notification of the desktop or the bell, on standard
//! error. The wizard does the same.

use std::io::{self, IsTerminal as _, Write as _};
use std::time::{Duration, Instant};

use crate::protocol::window::{Notifications, UNTOUCHED};
use crate::term::{Caps, notification};

/// Notifies the person of the end of long work.
#[derive(Debug)]
pub(super) struct Notifier {
    way: Notifications,
    since: Instant,
}

impl Notifier {
    /// The long work begins now.
    pub(super) fn begin(way: Notifications) -> Self {
        Self { way, since: Instant::now() }
    }

    /// Notifies the person, if standard error is a terminal and the work took at least [`UNTOUCHED`].
    pub(super) fn tell(&self, text: &str) {
        let mut error = io::stderr();
        if error.is_terminal()
            && let Some(bytes) = sequence(self.way, Caps::from_process(), self.since.elapsed(), text)
        {
            let _terminal_gone = error.write_all(bytes.as_bytes());
        }
    }
}

/// The bytes of the notification; `None` for short work, and where the configuration wants none.
fn sequence(way: Notifications, caps: Caps, since: Duration, text: &str) -> Option<String> {
    if since < UNTOUCHED {
        return None;
    }
    match way {
        Notifications::Off => None,
        Notifications::Bell => Some(notification::BELL.to_owned()),
        Notifications::Desktop => Some(notification::sequence(caps.notifications, caps.inside, text)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn w87_only_long_work_is_told_and_in_the_way_of_the_configuration() {
        let kitty = Caps::from_env(|name| (name == "TERM").then(|| "xterm-kitty".to_owned()));
        let told = |way, since| sequence(way, kitty, since, "the count has ended");
        let desktop = "\x1b]9;Blobfreight: the count has ended\x07\x07".to_owned();
        assert_eq!(told(Notifications::Desktop, UNTOUCHED), Some(desktop));
        assert_eq!(told(Notifications::Bell, UNTOUCHED), Some("\x07".to_owned()));
        assert_eq!(told(Notifications::Off, UNTOUCHED), None);
        assert_eq!(told(Notifications::Desktop, UNTOUCHED.saturating_sub(Duration::from_millis(1))), None);
    }
}
