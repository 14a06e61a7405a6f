//! The unchecking of one row below a checked folder, as one value with all it needs. So it can be carried out in another thread
//! and cancelled. `exclude` finds the rules.

use std::fmt;
use std::sync::Arc;

use super::{Change, ListingKey, Listings, Rule, Selection, Target, UncheckError};

/// The unchecking of one row.
#[derive(Clone, Debug)]
pub struct Uncheck {
    /// The rules before.
    pub rules: Arc<Vec<Rule>>,
    /// The row.
    pub target: Target,
    /// The blob is kept, its snapshots are not.
    pub keeps_blob: bool,
    /// The listings of [`Selection::needed_listings`], each complete.
    pub listings: Vec<(ListingKey, SiblingNames)>,
}

impl Uncheck {
    /// Finds the fewest rules that keep everything else. The work grows with the number of names, so it is not for the thread
    /// that draws.
    ///
    /// # Errors
    /// [`UncheckError::Cancelled`] soon after `cancelled` is true; [`UncheckError::Missing`] when a listing is not in `listings`.
    pub fn carry_out(&self, cancelled: &dyn Fn() -> bool) -> Result<Change, UncheckError> {
        let selection = Selection::from_rules(self.rules.iter().cloned());
        let mut listings = Listings::default();
        for (key, names) in &self.listings {
            listings.add(key.clone(), names.iter());
        }
        if self.keeps_blob {
            selection.without_snapshots(&self.target, &listings, cancelled)
        } else {
            selection.uncheck(std::slice::from_ref(&self.target), &listings, cancelled)
        }
    }
}

/// The names of a listing in one block, so that a million of them are copied in a few milliseconds.
#[derive(Clone, Default)]
pub struct SiblingNames {
    text: String,
    ends: Vec<usize>,
}

impl SiblingNames {
    /// Adds a name.
    pub fn push(&mut self, name: &str) {
        self.text.push_str(name);
        self.ends.push(self.text.len());
    }

    /// The names, in the order they were added.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        starts.zip(&self.ends).filter_map(|(start, end)| self.text.get(start..*end))
    }
}

impl<'a> FromIterator<&'a str> for SiblingNames {
    fn from_iter<I: IntoIterator<Item = &'a str>>(names: I) -> Self {
        let mut all = Self::default();
        names.into_iter().for_each(|name| all.push(name));
        all
    }
}

impl fmt::Debug for SiblingNames {
    /// How many names there are: the names would fill any log.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} names", self.ends.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_come_back_as_they_went_in_empty_ones_too() {
        for names in [&[][..], &[""], &["a", "", "é/", "日本"]] {
            assert_eq!(names.iter().copied().collect::<SiblingNames>().iter().collect::<Vec<_>>(), names);
        }
    }

    #[test]
    fn t23_work_that_is_cancelled_finds_nothing() {
        let work = Uncheck {
            rules: Arc::new(vec![Rule::Prefix("/c/".into())]),
            target: Target::Blob { container: "c".into(), name: "a".into() },
            keeps_blob: false,
            listings: vec![(ListingKey::Names("/c/".into()), ["a", "b"].into_iter().collect())],
        };
        assert!(matches!(work.carry_out(&|| true), Err(UncheckError::Cancelled(_))));
        let mut selection = Selection::from_rules(work.rules.iter().cloned());
        assert!(selection.make(work.carry_out(&|| false).unwrap()));
        assert_eq!(selection.rules(), [Rule::Prefix("/c/b".into())]);
        assert!(selection.undo() && selection.rules() == *work.rules, "one step back");
    }
}
