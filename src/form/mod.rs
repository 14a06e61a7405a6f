//! (placeholder until the form branch lands)
use crate::app::key::KeyPress;
/// placeholder
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Edit {
    /// c
    Insert(char),
    /// c
    Backspace,
}
/// placeholder
pub fn edit_for(key: KeyPress) -> Option<Edit> {
    match key.key {
        crate::app::key::Key::Char(c) if !key.ctrl && !key.alt => Some(Edit::Insert(c)),
        _ => None,
    }
}
