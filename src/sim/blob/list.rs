//! One page of List Blobs: which entries, in which order, and where the next page begins. Rendering is in `xml`.

use std::borrow::Cow;
use std::collections::BTreeMap;

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;

use super::content::StoredBlob;
use super::synthetic::SyntheticAccount;

/// The most entries of a page.
pub(super) const MOST: usize = 5_000;

/// Where blobs come from.
pub(super) enum ListingSource<'s> {
    /// A container in memory.
    Stored(&'s BTreeMap<String, Vec<StoredBlob>>),
    /// The generated container.
    Generated(&'s SyntheticAccount),
}

impl<'s> ListingSource<'s> {
    fn at_or_after(&self, key: &str) -> Option<(Cow<'s, str>, &'s [StoredBlob])> {
        match self {
            Self::Stored(blobs) => blobs
                .range(key.to_owned()..)
                .next()
                .map(|(name, items)| (Cow::Borrowed(name.as_str()), items.as_slice())),
            Self::Generated(bench) => bench.at_or_after(key).map(|(name, items)| (Cow::Owned(name), items)),
        }
    }
}

/// What a List Blobs request asks for.
#[derive(Debug, Default, Clone)]
pub(super) struct ListBlobsQuery {
    /// Only names that begin so.
    pub prefix: String,
    /// Names are grouped up to this text.
    pub delimiter: Option<String>,
    /// Where the page begins.
    pub position: ListPosition,
    /// Names from here on are left out.
    pub end_before: Option<String>,
    /// The most entries.
    pub most: usize,
    /// Values of `include`.
    pub include: Vec<String>,
    /// `files`, `directories` or `deleted`, in a hierarchical namespace.
    pub show_only: Option<String>,
    /// Hierarchical namespace.
    pub hierarchical: bool,
}

/// A place in a listing: a name and how many of its items come before the place.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(super) struct ListPosition {
    /// First name that may follow.
    pub name: String,
    /// Items of just that name to leave out.
    pub skip: usize,
}

impl ListPosition {
    /// The marker for this place; opaque to clients, never empty.
    pub(super) fn marker(&self) -> String {
        let text = BASE64_URL_SAFE_NO_PAD.encode(format!("{}#{}", self.name, self.skip));
        format!("2!{}!{text}", text.len())
    }

    /// Reads a marker; `None` when it is none of ours.
    pub(super) fn parse(marker: &str) -> Option<Self> {
        if marker.is_empty() {
            return Some(Self::default());
        }
        let text = BASE64_URL_SAFE_NO_PAD.decode(marker.splitn(3, '!').nth(2)?).ok()?;
        let text = String::from_utf8(text).ok()?;
        let (name, skip) = text.rsplit_once('#')?;
        Some(Self { name: name.to_owned(), skip: skip.parse().ok()? })
    }
}

/// One entry of a page.
pub(super) enum ListEntry<'s> {
    /// A blob, a snapshot or a version.
    Blob(Cow<'s, str>, &'s StoredBlob),
    /// A group of names; with the directory's properties in a hierarchical namespace.
    Prefix(String, Option<&'s StoredBlob>),
}

/// The entries of a page and where the next one begins.
pub(super) fn page<'s>(
    source: &ListingSource<'s>,
    query: &ListBlobsQuery,
) -> (Vec<ListEntry<'s>>, Option<ListPosition>) {
    let mut entries = Vec::new();
    let mut at = query.position.clone();
    if at.name < query.prefix {
        at = ListPosition { name: query.prefix.clone(), skip: 0 };
    }
    while let Some((name, items)) = source.at_or_after(&at.name) {
        let is_behind = query.end_before.as_deref().is_some_and(|end| name.as_ref() >= end);
        if is_behind || !name.starts_with(&query.prefix) {
            break;
        }
        let skip = if name == at.name.as_str() { at.skip } else { 0 };
        let seen: Vec<(usize, &StoredBlob)> =
            items.iter().enumerate().skip(skip).filter(|(_, i)| query.shows(i)).collect();
        let group = query
            .delimiter
            .as_deref()
            .and_then(|d| name[query.prefix.len()..].find(d).map(|i| query.prefix.len() + i + d.len()));
        if let Some(end) = group {
            let prefix = name[..end].to_owned();
            if seen.is_empty() {
                at = ListPosition { name: format!("{name}\0"), skip: 0 };
                continue;
            }
            if entries.len() == query.most {
                return (entries, Some(ListPosition { name: name.into_owned(), skip }));
            }
            at = ListPosition { name: beyond(&prefix), skip: 0 };
            let directory = query.hierarchical.then(|| source.at_or_after(&name[..end - 1])).flatten();
            let properties =
                directory.filter(|(found, _)| *found == name[..end - 1]).and_then(|(_, items)| items.last());
            if query.show_only.as_deref() != Some("files") {
                entries.push(ListEntry::Prefix(prefix, properties));
            }
            continue;
        }
        // Below, a directory shows by what is in it; an empty one has only itself.
        if let Some(directory) = empty_directory(source, query, &name, items) {
            if entries.len() == query.most {
                return (entries, Some(ListPosition { name: name.into_owned(), skip: 0 }));
            }
            entries.push(ListEntry::Prefix(format!("{name}/"), Some(directory)));
        }
        at = ListPosition { name: format!("{name}\0"), skip: 0 };
        for (index, item) in seen {
            if entries.len() == query.most {
                return (entries, Some(ListPosition { name: name.into_owned(), skip: index }));
            }
            entries.push(ListEntry::Blob(name.clone(), item));
        }
    }
    (entries, None)
}

/// The directory of this name, where names are grouped and nothing that is listed is in it.
fn empty_directory<'s>(
    source: &ListingSource<'s>,
    query: &ListBlobsQuery,
    name: &str,
    items: &'s [StoredBlob],
) -> Option<&'s StoredBlob> {
    let wanted = query.delimiter.is_some() && matches!(query.show_only.as_deref(), None | Some("directories"));
    let directory = items.last().filter(|item| wanted && item.directory && !item.deleted)?;
    let inside = format!("{name}/");
    let (mut from, mut filled) = (inside.clone(), false);
    while let Some((next, items)) = source.at_or_after(&from).filter(|(next, _)| !filled && next.starts_with(&inside)) {
        filled = items.iter().any(|item| query.shows(item));
        from = format!("{next}\0");
    }
    (!filled).then_some(directory)
}

impl ListBlobsQuery {
    /// Whether a value of `include` was given.
    pub(super) fn includes(&self, what: &str) -> bool {
        self.include.iter().any(|i| i == what)
    }

    fn shows(&self, item: &StoredBlob) -> bool {
        let kind = match self.show_only.as_deref() {
            Some("files") => !item.directory,
            Some("directories") => item.directory,
            Some("deleted") => item.deleted,
            // With a delimiter a directory is shown as a prefix only.
            _ => !(item.directory && self.delimiter.is_some()),
        };
        kind && (item.snapshot.is_none() || self.includes("snapshots"))
            && (item.current || self.includes("versions"))
            && (!item.deleted || self.includes("deleted") || self.show_only.as_deref() == Some("deleted"))
            && (!item.uncommitted || self.includes("uncommittedblobs"))
    }
}

/// The smallest text above every text that begins with `prefix`.
fn beyond(prefix: &str) -> String {
    let mut chars: Vec<char> = prefix.chars().collect();
    while let Some(last) = chars.pop() {
        let next = if last == '\u{d7ff}' { Some('\u{e000}') } else { char::from_u32(u32::from(last) + 1) };
        if let Some(next) = next {
            chars.push(next);
            break;
        }
    }
    chars.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn names(source: &ListingSource, query: &ListBlobsQuery) -> Vec<String> {
        let mut query = query.clone();
        let mut all = Vec::new();
        loop {
            let (entries, next) = page(source, &query);
            assert!(entries.len() <= query.most);
            all.extend(entries.iter().map(|e| match e {
                ListEntry::Blob(name, item) => format!("{name} {:?}", item.snapshot),
                ListEntry::Prefix(prefix, _) => format!("{prefix} ..."),
            }));
            match next {
                Some(next) => query.position = ListPosition::parse(&next.marker()).unwrap(),
                None => return all,
            }
        }
    }

    fn blobs(list: &[(String, u8)]) -> BTreeMap<String, Vec<StoredBlob>> {
        let item = |snapshot| StoredBlob { snapshot, ..StoredBlob::generated("x", 1, jiff::Timestamp::UNIX_EPOCH) };
        list.iter()
            .map(|(name, n)| (name.clone(), (0..*n).map(|i| item(Some(format!("t{i}")))).chain([item(None)]).collect()))
            .collect()
    }

    proptest! {
        #[test]
        fn pages_of_any_size_give_what_one_page_gives(
            list in prop::collection::vec(("[ab/0é#]{1,6}", 0_u8..4), 0..40), most in 1_usize..9, prefix in "[ab/]{0,2}",
            delimiter in prop::option::of(Just("/".to_owned())), snapshots in any::<bool>(),
        ) {
            let blobs = blobs(&list);
            let include = if snapshots { vec!["snapshots".to_owned()] } else { Vec::new() };
            let whole = ListBlobsQuery { prefix, delimiter, most: MOST, include, ..ListBlobsQuery::default() };
            let source = ListingSource::Stored(&blobs);
            let (all, pages) = (names(&source, &whole), names(&source, &ListBlobsQuery { most, ..whole.clone() }));
            prop_assert_eq!(&all, &pages);
            let mut expected = Vec::new();
            for (name, items) in blobs.iter().filter(|(n, _)| n.starts_with(&whole.prefix)) {
                let cut = whole.delimiter.as_ref().and_then(|d| name[whole.prefix.len()..].find(d.as_str()));
                match cut {
                    Some(i) => expected.push(format!("{} ...", &name[..=whole.prefix.len() + i])),
                    None => expected.extend(items.iter().filter(|i| snapshots || i.snapshot.is_none()).map(|i| format!("{name} {:?}", i.snapshot))),
                }
            }
            expected.dedup();
            prop_assert_eq!(all, expected);
        }
    }

    #[test]
    fn the_generated_container_lists_like_a_stored_one() {
        let bench = SyntheticAccount::new(2_345);
        let stored: BTreeMap<String, Vec<StoredBlob>> = (0..2_345)
            .map(|i| bench.at_or_after(&bench.name(i)).map(|(n, items)| (n, items.to_vec())).unwrap())
            .collect();
        for (prefix, delimiter, most) in
            [("", None, 700), ("", Some("/"), 2), ("d0001/", Some("/"), 300), ("d0002", None, 5_000)]
        {
            let query = ListBlobsQuery {
                prefix: prefix.into(),
                delimiter: delimiter.map(str::to_owned),
                most,
                ..ListBlobsQuery::default()
            };
            assert_eq!(
                names(&ListingSource::Generated(&bench), &query),
                names(&ListingSource::Stored(&stored), &query)
            );
        }
    }
}
