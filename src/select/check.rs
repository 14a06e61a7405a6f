//! The check mark of a row, from the rules alone.

use std::ops::Bound::{Included, Unbounded};

use super::{Selection, Target};

/// The check mark of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Check {
    /// Neither the row nor any row below it is selected.
    Off,
    /// Some of what is below it is selected.
    Part,
    /// A rule of its own selects it.
    On,
    /// A rule further up, or a shorter prefix, selects it.
    Inherited,
}

impl Selection {
    /// The check mark of a row, in a few look-ups per level of its path, whatever is loaded.
    pub fn check(&self, target: &Target) -> Check {
        let text = target.text();
        let own = if target.is_prefix() { text.len() } else { usize::MAX };
        match self.covering_prefix(&text) {
            Some(prefix) if prefix.len() < own => Check::Inherited,
            Some(_) => Check::On,
            None => self.check_below(target, &text),
        }
    }

    /// The check mark of a row that no prefix covers.
    fn check_below(&self, target: &Target, text: &str) -> Check {
        let path = text.strip_prefix('/').unwrap_or(text);
        match target {
            Target::Account | Target::Container { .. } | Target::Folder { .. } => {
                if self.any_below(text, path) {
                    Check::Part
                } else {
                    Check::Off
                }
            }
            Target::Blob { .. } if self.blobs.contains_key(path) => Check::On,
            Target::Blob { .. } => {
                let first = (path.to_owned(), String::new());
                let single = self.snapshots.range(first..).next().is_some_and(|(own, _)| own == path);
                if single { Check::Part } else { Check::Off }
            }
            Target::Snapshot { .. } if self.blobs.get(path) == Some(&true) => Check::Inherited,
            Target::Snapshot { time, .. } => {
                if self.snapshots.contains(&(path.to_owned(), time.clone())) {
                    Check::On
                } else {
                    Check::Off
                }
            }
        }
    }

    /// Whether any rule begins with this text.
    fn any_below(&self, text: &str, path: &str) -> bool {
        let first = (path.to_owned(), String::new());
        self.prefixes.range(text.to_owned()..).next().is_some_and(|own| own.starts_with(text))
            || self.blobs.range(path.to_owned()..).next().is_some_and(|(own, _)| own.starts_with(path))
            || self.snapshots.range(first..).next().is_some_and(|(own, _)| own.starts_with(path))
    }

    /// Whether the selected blob comes with its snapshots; `None` when no rule of its own selects it.
    pub fn blob_rule(&self, container: &str, name: &str) -> Option<bool> {
        self.blobs.get(&format!("{container}/{name}")).copied()
    }

    /// The shortest prefix rule that covers a text such as `/container/name`, the text itself included.
    pub fn covering_prefix(&self, text: &str) -> Option<&str> {
        self.covering_prefixes(text).pop()
    }

    /// All prefix rules that cover a text, longest first. Between two of them one look-up is enough, since whatever sorts
    /// between a prefix and the text shares that prefix.
    pub(super) fn covering_prefixes(&self, text: &str) -> Vec<&str> {
        let mut found = Vec::new();
        let mut end = text;
        while !end.is_empty() {
            let Some(rule) = self.prefixes.range::<str, _>((Unbounded, Included(end))).next_back() else { break };
            if end.starts_with(rule.as_str()) {
                found.push(rule.as_str());
                end = shorter(rule, rule.len().saturating_sub(1));
            } else {
                end = shorter(end, end.bytes().zip(rule.bytes()).take_while(|(one, two)| one == two).count());
            }
        }
        found
    }
}

/// The first `length` bytes of a text, cut to whole characters.
fn shorter(text: &str, length: usize) -> &str {
    let mut end = length.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.get(..end).unwrap_or_default()
}
