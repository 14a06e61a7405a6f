//! The names of all nodes. Siblings have similar names, e.g. `IMG_0041.jpg` behind `IMG_0040.jpg`, so that of a name only what
//! differs from the one before it is kept: `41.jpg`. Every 16th name is kept whole, and a name is read from the nearest of these on.

use super::NodeId;

/// Names between two that are kept whole. More take less memory and longer to read.
const BLOCK: usize = 16;

/// Names by the number of their node.
#[derive(Debug, Default)]
pub(super) struct NameList {
    /// Of each name, how many bytes at its beginning are those of the name before it.
    shared: Vec<u8>,
    /// Of each name, how many bytes follow these in `text`.
    own: Vec<u16>,
    text: String,
    /// Where in `text` each block begins.
    blocks: Vec<usize>,
    last: String,
}

impl NameList {
    /// Adds a name. Names longer than 65,535 bytes are cut; the service allows 1,024 characters.
    pub(super) fn push(&mut self, name: &str) {
        let name = beginning(name, usize::from(u16::MAX));
        let begins_block = self.shared.len().is_multiple_of(BLOCK);
        if begins_block {
            self.blocks.push(self.text.len());
        }
        let shared = if begins_block { 0 } else { shared_bytes(&self.last, name) };
        let own = name.get(usize::from(shared)..).unwrap_or_default();
        self.shared.push(shared);
        self.own.push(u16::try_from(own.len()).unwrap_or(u16::MAX));
        self.text.push_str(own);
        name.clone_into(&mut self.last);
    }

    /// Reads names. To read them in the order in which they were added is quickest.
    pub(super) fn reader(&self) -> NameReader<'_> {
        NameReader { names: self, name: String::new(), next: 0, at: 0 }
    }
}

/// How many bytes two names have in common at their beginning; at most 255, and no part of a character.
fn shared_bytes(one: &str, two: &str) -> u8 {
    let same = one.bytes().zip(two.bytes()).take(usize::from(u8::MAX)).take_while(|(one, two)| one == two).count();
    u8::try_from(beginning(two, same).len()).unwrap_or(0)
}

/// The whole characters within the first `length` bytes.
fn beginning(name: &str, length: usize) -> &str {
    (0..=length.min(name.len())).rev().find_map(|cut| name.get(..cut)).unwrap_or_default()
}

/// Reads names one after the other.
#[derive(Debug)]
pub(super) struct NameReader<'a> {
    names: &'a NameList,
    /// The name read last.
    name: String,
    /// The number behind it.
    next: usize,
    /// Where in the text the bytes of `next` begin.
    at: usize,
}

impl NameReader<'_> {
    /// The name of a node; empty for a node that does not exist.
    pub(super) fn name(&mut self, id: NodeId) -> &str {
        let index = id.index();
        if index >= self.names.shared.len() {
            return "";
        }
        // The name read last can be gone on from where it stands before this one in the same block.
        let begin = index - index % BLOCK;
        if self.next <= begin || self.next > index + 1 {
            self.next = begin;
            self.at = self.names.blocks.get(begin / BLOCK).copied().unwrap_or_default();
        }
        while self.next <= index {
            let length = |lengths: Option<usize>| lengths.unwrap_or_default();
            self.name.truncate(length(self.names.shared.get(self.next).copied().map(usize::from)));
            let end = self.at + length(self.names.own.get(self.next).copied().map(usize::from));
            self.name.push_str(self.names.text.get(self.at..end).unwrap_or_default());
            (self.at, self.next) = (end, self.next + 1);
        }
        &self.name
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn names_are_read_as_they_were_added_in_any_order(
            names in prop::collection::vec("(IMG_|é|日本/){0,3}[a-c0-9é日]{0,4}", 1..80),
            order in prop::collection::vec(any::<prop::sample::Index>(), 0..80), sorted: bool,
        ) {
            let mut names = names;
            if sorted {
                names.sort_unstable();
            }
            let mut list = NameList::default();
            for name in &names {
                list.push(name);
            }
            let mut reader = list.reader();
            for index in order.iter().map(|index| index.index(names.len())).chain(0..names.len()) {
                prop_assert_eq!(reader.name(NodeId(u32::try_from(index).unwrap())), &names[index]);
            }
            prop_assert_eq!(reader.name(NodeId(u32::try_from(names.len()).unwrap())), "");
        }
    }

    #[test]
    fn long_names_are_whole_and_one_longer_than_any_of_the_service_is_cut_between_characters() {
        let mut list = NameList::default();
        let long = "x".repeat(700);
        let endless = "é".repeat(40_000);
        let names = [format!("{long}1"), format!("{long}2"), endless.clone(), long.clone()];
        for name in &names {
            list.push(name);
        }
        let mut reader = list.reader();
        for (id, name) in (0..).map(NodeId).zip(&names).filter(|(_, name)| **name != endless) {
            assert_eq!(reader.name(id), name);
        }
        assert_eq!(reader.name(NodeId(2)), "é".repeat(32_767));
    }

    #[test]
    fn names_that_resemble_each_other_take_a_few_bytes() {
        let mut list = NameList::default();
        (0..100_000).for_each(|index| list.push(&format!("camera-{:02}-2026-02-{index:012}.jpg", index / 20_000)));
        assert!(list.text.len() < 800_000, "{} bytes", list.text.len());
    }
}
