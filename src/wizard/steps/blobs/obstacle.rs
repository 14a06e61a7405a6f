//! Why a row is not exported as it is, as far as the listing shows it. The row has a sign for it, the details a sentence.

use crate::plan::{Purchase, ntfs};
use crate::tree::{NodeKey, NodeKind};
use crate::wizard::shared::Shared;

/// Why a row is not exported as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Obstacle {
    /// It is in the archive tier.
    Archived,
    /// NTFS, the file system of the drives, refuses its name.
    Name,
    /// It is larger than the largest drive.
    TooLarge,
}

impl Obstacle {
    /// In a word or two.
    pub fn word(self) -> &'static str {
        match self {
            Self::Archived => "archive",
            Self::Name => "NTFS name",
            Self::TooLarge => "too large",
        }
    }
}

/// The obstacle of a row; `largest` is what the largest drive holds, where the sizes can be read.
pub fn obstacle(key: &NodeKey, archived: bool, size: Option<u64>, largest: Option<u64>) -> Option<Obstacle> {
    if archived {
        return Some(Obstacle::Archived);
    }
    if size.zip(largest).is_some_and(|(size, largest)| size > largest) {
        return Some(Obstacle::TooLarge);
    }
    let (_, name) = key.split().filter(|(_, name)| !name.is_empty())?;
    let name = if key.kind == NodeKind::Folder { name.strip_suffix('/').unwrap_or(name) } else { name };
    ntfs::refusal(name).map(|_| Obstacle::Name)
}

/// The bytes of the largest blob that the drives of the draft hold; `None` while their sizes cannot be read.
pub fn largest_blob(shared: &Shared) -> Option<u64> {
    let purchase = Purchase::parse(&shared.draft.drives.sizes).ok()?;
    Some(shared.overheads.usable(purchase.largest()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn blob(path: &str) -> NodeKey {
        NodeKey { kind: NodeKind::Blob, path: path.into(), time: None }
    }

    #[test]
    fn the_gravest_obstacle_is_named_and_a_row_without_one_has_none() {
        let none = |path: &str| obstacle(&blob(path), false, Some(10), Some(10));
        assert_eq!(none("c/a.txt"), None);
        assert_eq!(none("c/what?.txt"), Some(Obstacle::Name));
        assert_eq!(obstacle(&blob("c/a.txt"), false, Some(11), Some(10)), Some(Obstacle::TooLarge));
        assert_eq!(obstacle(&blob("c/a.txt"), false, Some(11), None), None, "the sizes cannot be read");
        assert_eq!(obstacle(&blob("c/what?.txt"), true, Some(11), Some(10)), Some(Obstacle::Archived));
    }
}
