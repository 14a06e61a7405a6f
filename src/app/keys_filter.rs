//! What is typed on the page of keys, e.g. `filter`: only the keys whose name, meaning or hint has these words are listed.

use crate::form::{Edit, Field};

/// The filter of the page of keys.
#[derive(Clone, Debug, Default)]
pub struct KeysFilter {
    /// What is typed.
    pub typed: Field,
}

impl PartialEq for KeysFilter {
    fn eq(&self, other: &Self) -> bool {
        self.typed.value() == other.typed.value()
    }
}

impl Eq for KeysFilter {}

impl KeysFilter {
    /// Whether a key is listed. `texts` are its name, its meaning and its hint.
    pub fn takes(&self, texts: &[&str]) -> bool {
        let text = texts.join(" ").to_lowercase();
        self.typed.value().to_lowercase().split_whitespace().all(|word| text.contains(word))
    }

    /// Takes what is typed; `true` where it changed.
    pub(super) fn edit(&mut self, edit: &Edit) -> bool {
        self.typed.edit(edit)
    }

    /// Whether something is typed.
    pub fn is_empty(&self) -> bool {
        self.typed.value().trim().is_empty()
    }
}
