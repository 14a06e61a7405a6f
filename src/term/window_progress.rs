//! How far something is, as terminals show it in the taskbar or on a tab (OSC 9;4).

use super::osc;

/// How far something is that takes long.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum WindowProgress {
    /// Nothing takes long.
    #[default]
    None,
    /// Something does, and nobody knows how far it is.
    Busy,
    /// So many percent are done.
    Percent(u8),
}

/// The command that shows a progress in the taskbar, or takes it away.
pub(super) fn progress_sequence(progress: WindowProgress) -> String {
    let (state, percent) = match progress {
        WindowProgress::None => ("0", 0),
        WindowProgress::Percent(percent) => ("1", percent.min(100)),
        WindowProgress::Busy => ("3", 0),
    };
    osc::command(&["9", "4", state, &percent.to_string()])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn progress_is_written_as_terminals_read_it() {
        assert_eq!(progress_sequence(WindowProgress::Percent(43)), "\x1b]9;4;1;43\x07");
        assert_eq!(progress_sequence(WindowProgress::Percent(200)), "\x1b]9;4;1;100\x07");
        assert_eq!(progress_sequence(WindowProgress::Busy), "\x1b]9;4;3;0\x07");
        assert_eq!(progress_sequence(WindowProgress::None), "\x1b]9;4;0;0\x07");
    }
}
