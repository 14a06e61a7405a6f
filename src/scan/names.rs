//! What a name means on an NTFS drive, looked at in listing order so that the folder part is judged once. Pure; which names the drive
//! refuses is in `plan::ntfs`.

use super::fast_parser::common;
use crate::plan::ntfs;

/// Paths longer than this trouble most Windows programs, drive letter and container included.
const PATH_LIMIT: usize = 259;

/// What one name turned out to be.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct NameFacts {
    /// NTFS refuses it.
    pub refused: bool,
    /// Longer than Windows programs expect.
    pub long: bool,
    /// A blob stands where this one needs a folder: the length of that blob's name, told once per blob.
    pub folder_conflict: Option<usize>,
    /// It does not sort after the name before it.
    pub unordered: bool,
    /// The same for names that differ in case only.
    pub folded_hash: u64,
    /// Different for every name.
    pub exact_hash: u64,
}

/// Looks at names in the order they are listed.
#[derive(Clone, Debug, Default)]
pub struct NameChecks {
    last_name: String,
    /// Lengths of the prefixes of `last` that are names of blobs themselves, and whether that was told.
    parents: Vec<(usize, bool)>,
    folder: usize,
    folder_refused: bool,
    folder_hashes: (u64, u64),
}

impl NameChecks {
    /// Looks at the next blob of `container`.
    pub fn check(&mut self, container: &str, name: &str) -> NameFacts {
        let shared = common(self.last_name.as_bytes(), name.as_bytes());
        let unordered =
            shared < self.last_name.len() && self.last_name.as_bytes().get(shared) > name.as_bytes().get(shared);
        if self.folder == 0 || shared < self.folder || memchr::memchr(b'/', &name.as_bytes()[self.folder..]).is_some() {
            self.enter_folder(name);
        }
        let leaf = &name.as_bytes()[self.folder..];
        let (folded_hash, exact_hash) = hash(self.folder_hashes, leaf);
        let refused = self.folder_refused || ntfs::refuses(leaf);
        let folder_conflict = self.folder_conflict(shared, name);
        self.last_name.truncate(if self.last_name.is_char_boundary(shared) { shared } else { 0 });
        let kept = self.last_name.len();
        self.last_name.push_str(&name[kept..]);
        if self.parents.last().is_none_or(|(length, _)| *length < name.len()) {
            self.parents.push((name.len(), false));
        }
        let long = name.len() + container.len() > PATH_LIMIT - 4
            && name.encode_utf16().count() + container.len() > PATH_LIMIT - 4;
        NameFacts { refused, long, folder_conflict, unordered, folded_hash, exact_hash }
    }

    /// Judges the folder part of a name that is in another folder than the one before.
    fn enter_folder(&mut self, name: &str) {
        self.folder = name.rfind('/').map_or(0, |at| at + 1);
        let folder = &name.as_bytes()[..self.folder];
        self.folder_hashes = hash(SEED, folder);
        let parts = folder.strip_suffix(b"/").map(|parts| parts.split(|b| *b == b'/'));
        self.folder_refused = parts.is_some_and(|mut parts| parts.any(ntfs::refuses));
    }

    /// Keeps the blobs whose names begin this one, and finds one that would have to be a folder.
    fn folder_conflict(&mut self, shared: usize, name: &str) -> Option<usize> {
        while self.parents.last().is_some_and(|(length, _)| *length > shared) {
            self.parents.pop();
        }
        let hit = |(length, told): &&mut (usize, bool)| !*told && name.as_bytes().get(*length) == Some(&b'/');
        let found = self.parents.iter_mut().find(hit)?;
        found.1 = true;
        Some(found.0)
    }
}

const SEED: (u64, u64) = (0x243f_6a88_85a3_08d3, 0x1319_8a2e_0370_7344);

/// Two running hashes, one of the text with ASCII letters lowered and one of the text itself, eight bytes at a step.
fn hash(from: (u64, u64), text: &[u8]) -> (u64, u64) {
    let mix = |state: u64, word: u64| (state ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(29);
    let mut state = from;
    let mut take = |bytes: [u8; 8]| {
        let mut lower = bytes;
        lower.make_ascii_lowercase();
        state = (mix(state.0, u64::from_le_bytes(lower)), mix(state.1, u64::from_le_bytes(bytes)));
    };
    let (words, rest) = text.as_chunks::<8>();
    for word in words {
        take(*word);
    }
    let mut last = [0; 8];
    last[..rest.len()].copy_from_slice(rest);
    take(last);
    let length = text.len() as u64;
    let close = |state: u64| {
        let state = mix(state, length);
        state ^ (state >> 31)
    };
    (close(state.0), close(state.1))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_name_is_refused_where_the_details_give_a_reason(
            names in prop::collection::vec("([a-c]|COM[0-3]?|nul|[.:?\\\\ ~ü¹\t]|x{250}|/|/){0,9}", 1..9),
        ) {
            let mut looked = NameChecks::default();
            for name in &names {
                let refused = looked.check("c", name).refused;
                prop_assert_eq!(refused, ntfs::refusal(name).is_some(), "{:?} of {:?}", name, names);
            }
        }
    }

    #[test]
    fn a_refused_folder_refuses_what_is_in_it_and_nothing_after_it() {
        let mut names = NameChecks::default();
        let found: Vec<bool> = ["con/a", "con/b", "con/c/d", "cool/a", "cool/b:c", "cool/d"]
            .iter()
            .map(|name| names.check("c", name).refused)
            .collect();
        assert_eq!(found, [true, true, true, false, true, false]);
    }

    #[test]
    fn a_blob_beside_a_folder_of_its_name_is_told_once() {
        let mut names = NameChecks::default();
        let listed = ["a", "a-b", "a-b/x", "a/1", "a/2", "a/2/3", "b/1"];
        let found: Vec<Option<usize>> = listed.iter().map(|name| names.check("c", name).folder_conflict).collect();
        assert_eq!(found, [None, None, Some(3), Some(1), None, Some(3), None]);
    }

    #[test]
    fn case_twins_share_a_folded_hash_only() {
        let mut names = NameChecks::default();
        let (upper, lower) = (names.check("c", "Pictures/Lynx.jpg"), names.check("c", "pictures/lynx.jpg"));
        assert!(upper.folded_hash == lower.folded_hash && upper.exact_hash != lower.exact_hash && !lower.unordered);
        assert!(names.check("c", "pictures/koala.jpg").unordered);
    }

    #[test]
    fn long_paths_are_told_in_characters_not_bytes() {
        assert!(NameChecks::default().check("container", &format!("{0}/{0}", "x".repeat(130))).long);
        assert!(!NameChecks::default().check("container", &"ü".repeat(200)).long);
    }
}
