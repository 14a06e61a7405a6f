//! Files that hold each other's bytes. Only damaged files are compared, by a mark of all their parts.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use serde::{Deserialize, Serialize};

use super::promise::{FilePart, Md5Sum};

/// A mark of a file's content: the same for the same parts with the same digests, whatever their order of reading.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ContentMark(u64);

impl ContentMark {
    /// Takes a part in.
    pub fn add(&mut self, part: &FilePart, md5: &Md5Sum) {
        let mut hasher = DefaultHasher::new();
        (part.offset, part.length, md5).hash(&mut hasher);
        self.0 = self.0.wrapping_add(hasher.finish());
    }
}

/// A file with wrong parts: what it should hold and what it holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DamagedContent {
    /// The place of the entry in the manifest.
    pub entry: u64,
    /// Its path, for the words of a finding.
    pub file: String,
    /// The mark of what is promised.
    pub promised: ContentMark,
    /// The mark of what was read.
    pub found: ContentMark,
}

/// The damaged files that hold exactly what another damaged file should hold: entry, and the path of the other.
pub fn swapped(damaged: &[DamagedContent]) -> HashMap<u64, String> {
    let owners: HashMap<ContentMark, &DamagedContent> = damaged.iter().map(|file| (file.promised, file)).collect();
    let holds = |file: &DamagedContent| {
        let owner = owners.get(&file.found).filter(|owner| owner.entry != file.entry)?;
        Some((file.entry, owner.file.clone()))
    };
    damaged.iter().filter_map(holds).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mark(byte: u8) -> ContentMark {
        let mut mark = ContentMark::default();
        mark.add(&FilePart { offset: 0, length: 4, md5: None }, &[byte; 16]);
        mark
    }

    #[test]
    fn two_or_three_files_in_each_others_place_are_told_and_plain_damage_is_not() {
        let file = |entry, promised, found| DamagedContent {
            entry,
            file: format!("\\{entry}"),
            promised: mark(promised),
            found: mark(found),
        };
        let told = swapped(&[file(0, 1, 2), file(1, 2, 3), file(2, 3, 1), file(3, 4, 9)]);
        assert_eq!(told.len(), 3);
        assert_eq!(told[&0], "\\1");
        assert!(!told.contains_key(&3));
    }

    #[test]
    fn the_order_in_which_parts_are_read_does_not_count() {
        let part = |offset| FilePart { offset, length: 4, md5: None };
        let (mut one, mut two) = (ContentMark::default(), ContentMark::default());
        one.add(&part(0), &[1; 16]);
        one.add(&part(4), &[2; 16]);
        two.add(&part(4), &[2; 16]);
        two.add(&part(0), &[1; 16]);
        assert_eq!(one, two);
    }
}
