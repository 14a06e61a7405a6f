//! Taking one row out of what rules further up select, as work in hand: all it needs in one value, so that it can be done away
//! from the screen and given up. The rules it finds are `carve`'s; what the person is told meanwhile is decided elsewhere.

use std::fmt;
use std::sync::Arc;

use super::{Change, ListingKey, Listings, Rule, Selection, Target, UncheckError};

/// A row to be taken out.
#[derive(Clone, Debug)]
pub struct Uncheck {
    /// The rules as they are.
    pub rules: Arc<Vec<Rule>>,
    /// The row.
    pub target: Target,
    /// The blob is kept, its snapshots are not.
    pub keeps_blob: bool,
    /// The levels of [`Selection::needs`], each listed to the end.
    pub levels: Vec<(ListingKey, SiblingNames)>,
}

impl Uncheck {
    /// Finds the fewest rules that keep everything else. The work grows with the number of names, so it is not for the thread
    /// that draws.
    ///
    /// # Errors
    /// [`UncheckError::Cancelled`] soon after `cancelled` says so; [`UncheckError::Missing`] when a level is not among `levels`.
    pub fn carry_out(&self, cancelled: &dyn Fn() -> bool) -> Result<Change, UncheckError> {
        let selection = Selection::from_rules(self.rules.iter().cloned());
        let mut listings = Listings::default();
        for (level, names) in &self.levels {
            listings.add(level.clone(), names.iter());
        }
        if self.keeps_blob {
            selection.without_snapshots(&self.target, &listings, cancelled)
        } else {
            selection.uncheck(std::slice::from_ref(&self.target), &listings, cancelled)
        }
    }
}

/// The names of a level in one block: copied in a few milliseconds whatever their number.
#[derive(Clone, Default)]
pub struct SiblingNames {
    text: String,
    ends: Vec<usize>,
}

impl SiblingNames {
    /// The names in their order.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        starts.zip(&self.ends).filter_map(|(start, end)| self.text.get(start..*end))
    }
}

impl<'a> FromIterator<&'a str> for SiblingNames {
    fn from_iter<I: IntoIterator<Item = &'a str>>(names: I) -> Self {
        let mut all = Self::default();
        for name in names {
            all.text.push_str(name);
            all.ends.push(all.text.len());
        }
        all
    }
}

impl fmt::Debug for SiblingNames {
    /// How many there are: all of them would fill any log.
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
    fn t23_work_that_is_given_up_finds_nothing() {
        let work = Uncheck {
            rules: Arc::new(vec![Rule::Prefix("/c/".into())]),
            target: Target::Blob { container: "c".into(), name: "a".into() },
            keeps_blob: false,
            levels: vec![(ListingKey::Names("/c/".into()), ["a", "b"].into_iter().collect())],
        };
        assert!(matches!(work.carry_out(&|| true), Err(UncheckError::Cancelled(_))));
        let mut selection = Selection::from_rules(work.rules.iter().cloned());
        assert!(selection.take(work.carry_out(&|| false).unwrap()));
        assert_eq!(selection.rules(), [Rule::Prefix("/c/b".into())]);
        assert!(selection.undo() && selection.rules() == *work.rules, "one step back");
    }
}
