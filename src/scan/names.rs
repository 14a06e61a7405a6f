//! Checks what a name means on an NTFS drive. Names come in the order of the listing, so that the folder of many names is checked once.
//! Which names a drive refuses is in `plan::ntfs`. Pure.

use super::common_length::common_length;
use crate::plan::ntfs;

/// Most Windows programs fail at paths longer than this, drive letter and container included.
const PATH_LIMIT: usize = 259;

/// What a check found out about one name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct NameFacts {
    /// NTFS refuses it.
    pub(super) refused: bool,
    /// Longer than Windows programs expect.
    pub(super) long: bool,
    /// Another blob has the name of a folder of this one, e.g. `a` beside `a/b`: the length of that name. Reported once for each such blob.
    pub(super) folder_conflict: Option<usize>,
    /// It does not sort after the name before it.
    pub(super) unordered: bool,
    /// The same for names that differ in case only.
    pub(super) folded_hash: u64,
    /// Different for every name.
    pub(super) exact_hash: u64,
}

/// Checks names in the order they are listed.
#[derive(Clone, Debug, Default)]
pub(super) struct NameChecks {
    last_name: String,
    /// Lengths of the prefixes of the last name that are names of blobs themselves, and whether a conflict with them was reported.
    parents: Vec<(usize, bool)>,
    /// Length of the folder part of the last name, its slash included.
    folder: usize,
    folder_refused: bool,
    /// Folded and exact hash of the folder part.
    folder_hashes: (u64, u64),
}

impl NameChecks {
    /// Checks the name of the next blob of `container`.
    pub(super) fn check(&mut self, container: &str, name: &str) -> NameFacts {
        let shared = common_length(self.last_name.as_bytes(), name.as_bytes());
        let unordered =
            shared < self.last_name.len() && self.last_name.as_bytes().get(shared) > name.as_bytes().get(shared);
        if self.folder == 0 || shared < self.folder || memchr::memchr(b'/', &name.as_bytes()[self.folder..]).is_some() {
            self.enter_folder(name);
        }
        let leaf = &name.as_bytes()[self.folder..];
        let (folded_hash, exact_hash) = hash(self.folder_hashes, leaf);
        let refused = self.folder_refused || ntfs::refuses(leaf);
        let folder_conflict = self.folder_conflict(shared, name);
        self.remember(shared, name);
        NameFacts { refused, long: is_long(container, name), folder_conflict, unordered, folded_hash, exact_hash }
    }

    /// Makes `name` the last name; both begin with the same `shared` bytes.
    fn remember(&mut self, shared: usize, name: &str) {
        self.last_name.truncate(if self.last_name.is_char_boundary(shared) { shared } else { 0 });
        let kept = self.last_name.len();
        self.last_name.push_str(&name[kept..]);
        if self.parents.last().is_none_or(|(length, _)| *length < name.len()) {
            self.parents.push((name.len(), false));
        }
    }

    /// Checks the folder part of a name, where it is another than that of the last name.
    fn enter_folder(&mut self, name: &str) {
        self.folder = name.rfind('/').map_or(0, |at| at + 1);
        let folder = &name.as_bytes()[..self.folder];
        self.folder_hashes = hash(SEED, folder);
        let parts = folder.strip_suffix(b"/").map(|parts| parts.split(|b| *b == b'/'));
        self.folder_refused = parts.is_some_and(|mut parts| parts.any(ntfs::refuses));
    }

    /// Keeps the parents that this name begins with, and finds one that would have to be a folder.
    fn folder_conflict(&mut self, shared: usize, name: &str) -> Option<usize> {
        while self.parents.last().is_some_and(|(length, _)| *length > shared) {
            self.parents.pop();
        }
        let is_folder =
            |(length, reported): &&mut (usize, bool)| !*reported && name.as_bytes().get(*length) == Some(&b'/');
        let (length, reported) = self.parents.iter_mut().find(is_folder)?;
        *reported = true;
        Some(*length)
    }
}

/// Whether the path is too long for most Windows programs; `D:\` and the slash between container and name take four characters.
fn is_long(container: &str, name: &str) -> bool {
    let limit = PATH_LIMIT - 4;
    name.len() + container.len() > limit && name.encode_utf16().count() + container.len() > limit
}

/// The hashes of an empty text; any numbers will do.
const SEED: (u64, u64) = (0x243f_6a88_85a3_08d3, 0x1319_8a2e_0370_7344);

/// Continues two hashes, of the text with ASCII letters in lower case and of the text itself, by eight bytes at a step.
fn hash(from: (u64, u64), text: &[u8]) -> (u64, u64) {
    let (mut folded, mut exact) = from;
    let (words, rest) = text.as_chunks::<8>();
    for word in words {
        let word = u64::from_le_bytes(*word);
        (folded, exact) = (mix(folded, lower_case(word)), mix(exact, word));
    }
    let mut last = [0; 8];
    last[..rest.len()].copy_from_slice(rest);
    let last = u64::from_le_bytes(last);
    let length = text.len() as u64;
    (folded, exact) = (mix(mix(folded, lower_case(last)), length), mix(mix(exact, last), length));
    (folded ^ (folded >> 31), exact ^ (exact >> 31))
}

/// Puts eight more bytes into a hash.
#[expect(clippy::inline_always, reason = "every name comes here; nothing else is inlined in a program built for size")]
#[inline(always)]
fn mix(state: u64, word: u64) -> u64 {
    (state ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(29)
}

/// Eight bytes with ASCII letters in lower case, all eight at once: a byte from `A` to `Z` gets the bit that tells the cases apart.
fn lower_case(word: u64) -> u64 {
    const EACH: u64 = 0x0101_0101_0101_0101;
    let low = word & (0x7f * EACH);
    let from_a = low + (0x80 - 0x41) * EACH;
    let behind_z = low + (0x80 - 0x5b) * EACH;
    let letters = (from_a & !behind_z & !word) & (0x80 * EACH);
    word | letters >> 2
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn eight_bytes_get_lower_case_as_each_by_itself(bytes: [u8; 8]) {
            prop_assert_eq!(lower_case(u64::from_le_bytes(bytes)).to_le_bytes(), bytes.map(|byte| byte.to_ascii_lowercase()));
        }

        #[test]
        fn a_name_is_refused_where_the_details_give_a_reason(
            names in prop::collection::vec("([a-c]|COM[0-3]?|nul|[.:?\\\\ ~ü¹\t]|x{250}|/|/){0,9}", 1..9),
        ) {
            let mut names_checked = NameChecks::default();
            for name in &names {
                let refused = names_checked.check("c", name).refused;
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
    fn a_blob_beside_a_folder_of_its_name_is_reported_once() {
        let mut names = NameChecks::default();
        let listed = ["a", "a-b", "a-b/x", "a/1", "a/2", "a/2/3", "b/1"];
        let found: Vec<Option<usize>> = listed.iter().map(|name| names.check("c", name).folder_conflict).collect();
        assert_eq!(found, [None, None, Some(3), Some(1), None, Some(3), None]);
    }

    #[test]
    fn names_equal_but_for_case_share_the_folded_hash_only() {
        let mut names = NameChecks::default();
        let (upper, lower) = (names.check("c", "Pictures/Lynx.jpg"), names.check("c", "pictures/lynx.jpg"));
        assert!(upper.folded_hash == lower.folded_hash && upper.exact_hash != lower.exact_hash && !lower.unordered);
        assert!(names.check("c", "pictures/koala.jpg").unordered);
    }

    #[test]
    fn long_paths_are_measured_in_characters_not_bytes() {
        assert!(NameChecks::default().check("container", &format!("{0}/{0}", "x".repeat(130))).long);
        assert!(!NameChecks::default().check("container", &"ü".repeat(200)).long);
    }
}
