//! A line of the key table: keys, action, hint, help.

use crate::protocol::action::Action;
use crate::protocol::key::{Key, KeyPress};

/// One line of the table.
#[derive(Debug)]
pub struct Binding {
    /// The keys; the hint line and the help page show the first.
    pub keys: &'static [KeyPress],
    /// The action of each of them.
    pub action: Action,
    /// Word for the hint line; empty for keys that the hint line leaves out.
    pub hint: &'static str,
    /// Text for the help page.
    pub help: &'static str,
}

pub(super) const fn on(keys: &'static [KeyPress], action: Action, hint: &'static str, help: &'static str) -> Binding {
    Binding { keys, action, hint, help }
}

pub(super) const fn plain(key: Key) -> KeyPress {
    KeyPress::plain(key)
}
