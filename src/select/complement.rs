//! The complement of a few names as prefixes: all names of a listing but the unchecked ones. `exclude` decides which listings
//! that needs.

use super::Rule;

/// The person cancelled the work; nothing has changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the work was cancelled; the selection is as it was")]
pub struct Cancelled;

/// How many names are compared between two checks of `cancelled`.
const CHECK_EVERY: usize = 4096;

/// The rules that take every name of `siblings` but those of `unchecked`: the shortest prefixes that hold no unchecked
/// name, and exact paths where a kept name is itself the beginning of an unchecked one.
///
/// `listing` is the common beginning of all names: `/` for containers, else `/container/folder/`. `siblings` and `unchecked`
/// are sorted by bytes and without repeats; folder and container names end in `/`. An unchecked name need not be among the
/// siblings. A prefix that holds an unchecked folder's name in part, or reaches into it, is never written.
///
/// # Errors
/// [`Cancelled`] soon after `cancelled` is true.
pub fn complement(
    listing: &str,
    siblings: &[&str],
    unchecked: &[&str],
    cancelled: &dyn Fn() -> bool,
) -> Result<Vec<Rule>, Cancelled> {
    if unchecked.is_empty() {
        return Ok(vec![Rule::Prefix(listing.to_owned())]);
    }
    let mut rules = Vec::new();
    let mut after = 0; // index of the first unchecked name not below the sibling
    let mut last = None;
    for (index, name) in siblings.iter().enumerate() {
        if index % CHECK_EVERY == 0 && cancelled() {
            return Err(Cancelled);
        }
        while unchecked.get(after).is_some_and(|other| other < name) {
            after += 1;
        }
        if unchecked.get(after) == Some(name) || last.is_some_and(|prefix| name.starts_with(prefix)) {
            continue;
        }
        let before = after.checked_sub(1).and_then(|index| unchecked.get(index));
        let shared = [before, unchecked.get(after)].into_iter().flatten().map(|other| shared(name, other)).max();
        match shared.and_then(|length| shortest(name, length)) {
            Some(prefix) => {
                rules.push(Rule::Prefix(format!("{listing}{prefix}")));
                last = Some(prefix);
            }
            None => rules.push(exact(listing, name)),
        }
    }
    Ok(rules)
}

/// The length in bytes of what two texts have in common, in whole characters of the first.
pub fn shared(name: &str, other: &str) -> usize {
    let mut length = name.bytes().zip(other.bytes()).take_while(|(one, two)| one == two).count();
    while !name.is_char_boundary(length) {
        length -= 1;
    }
    length
}

/// The beginning of `name` one character longer than `length`; `None` when the name ends there.
fn shortest(name: &str, length: usize) -> Option<&str> {
    let next = name.get(length..)?.chars().next()?;
    name.get(..length + next.len_utf8())
}

/// The exact path of a kept name that begins an unchecked one.
fn exact(listing: &str, name: &str) -> Rule {
    let text = format!("{listing}{name}");
    Rule::Blob { path: text.strip_prefix('/').unwrap_or(&text).to_owned(), snapshots: true }
}
