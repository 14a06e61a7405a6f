//! Names that differ in spelling only: in case, or in the form of Unicode. NTFS takes such names for one in the first case.

use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use unicode_normalization::UnicodeNormalization as _;

/// A name in the spelling in which names are compared: composed, in lower case.
pub fn folded(name: &str) -> String {
    if name.is_ascii() {
        return name.to_ascii_lowercase();
    }
    name.nfc().flat_map(char::to_lowercase).nfc().collect()
}

/// A number for a path, the same for each spelling of it. Paths with the same number are one path for all practical purposes.
pub fn key_of<'a>(components: impl IntoIterator<Item = &'a str>) -> u64 {
    let mut hasher = DefaultHasher::new();
    for component in components {
        folded(component).hash(&mut hasher);
    }
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_and_composition_do_not_count_and_everything_else_does() {
        assert_eq!(folded("Straße\u{301}.JPG"), folded("straße\u{301}.jpg"));
        assert_eq!(key_of(["Caf\u{e9}"]), key_of(["cafe\u{301}"]));
        assert_ne!(key_of(["a", "b"]), key_of(["ab"]));
        assert_ne!(key_of(["a"]), key_of(["á"]));
    }
}
