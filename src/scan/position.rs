//! How far a listing has come: its last entry, what a restarted listing still has to skip, and the checks on names that go from page to
//! page. Plain data.

use super::names::NameChecks;

/// A place between two entries of a listing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct ListingPosition {
    /// The name of the entry before it; empty at the start.
    pub(super) name: String,
    /// How many entries of that name are before it: a blob and its snapshots share a name.
    pub(super) entries: u64,
}

/// How far a listing has come.
#[derive(Clone, Debug, Default)]
pub(super) struct ListingCursor {
    /// Behind the last entry that was read.
    pub(super) position: ListingPosition,
    /// Entries up to here were counted before the listing was restarted.
    pub(super) skip: Option<ListingPosition>,
    /// Remembers the last name and its folder.
    pub(super) names: NameChecks,
}

impl ListingPosition {
    /// Moves behind the next entry.
    fn pass(&mut self, name: &str) {
        if self.name == name {
            self.entries += 1;
            return;
        }
        self.name.clear();
        self.name.push_str(name);
        self.entries = 1;
    }

    /// Whether `other` is this position or lies before it.
    fn covers(&self, other: &Self) -> bool {
        other.name < self.name || (other.name == self.name && other.entries <= self.entries)
    }
}

impl ListingCursor {
    /// Moves behind the next entry. Returns whether that entry was counted before the listing was restarted.
    pub(super) fn pass(&mut self, name: &str) -> bool {
        self.position.pass(name);
        let counted = self.skip.as_ref().is_some_and(|skip| skip.covers(&self.position));
        if !counted {
            self.skip = None;
        }
        counted
    }

    /// Goes back to the start of the listing; what was counted will be skipped.
    pub(super) fn restart(&mut self) {
        let reached = std::mem::take(&mut self.position);
        if self.skip.is_none() && !reached.name.is_empty() {
            self.skip = Some(reached);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_restarted_listing_skips_what_it_has_counted_and_nothing_more() {
        let mut cursor = ListingCursor::default();
        for name in ["a", "b", "b"] {
            assert!(!cursor.pass(name));
        }
        cursor.restart();
        // Refused a second time before it came so far.
        assert!(cursor.pass("a"));
        cursor.restart();
        let counted = ["a", "b", "b", "b", "c", "a"].map(|name| cursor.pass(name));
        assert_eq!(counted, [true, true, true, false, false, false]);
    }
}
