//! Searches for split points of a listing that has no folders. Pure: it says which texts to probe and takes the answers; `splitting`
//! sends the probes.
//!
//! A search has two rounds, each of up to [`MAX_PROBES`] probes that run side by side:
//!
//! 1. *Beyond*: how far do names go? One text behind the last name for each of its characters. Of a name with more characters, some in even
//!    steps; then the round is repeated with those between the farthest with names ahead and the next one.
//! 2. *Between*: where do names lie between the farthest text with names ahead and the end?

use crate::scan::level_names::LevelNames;
use crate::scan::probe_texts::{places_beyond, probes_between, text_beyond};
use crate::scan::source::PageQuery;

/// Probes of one round at most.
const MAX_PROBES: usize = 16;

/// Pages in a row that may be empty before a probe is given up.
const MAX_EMPTY_PAGES: u32 = 8;

/// A search under way for one listing.
#[derive(Debug)]
pub(super) struct SplitSearch {
    /// The last name that was listed.
    low: String,
    /// No name lies at or behind this text, as far as the listing goes.
    high: Option<String>,
    round: SearchRound,
    /// Characters of the last name that may still be the farthest to have names ahead, the farthest first.
    places: Vec<usize>,
    /// Probes of the round that are not answered.
    unanswered: usize,
    /// Texts with names ahead, each with the first of these names.
    found: Vec<(String, String)>,
    /// Texts with no name ahead before the end of the listing.
    empty: Vec<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum SearchRound {
    Beyond,
    Between,
}

/// What comes after an answer.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum SearchStep {
    /// Other probes of the round are not answered yet.
    Wait,
    /// Probe these texts next.
    Probe(Vec<String>),
    /// The search is over. These are the split points, in order, each with the first name from there on; there may be none.
    Done(Vec<(String, String)>),
}

impl SplitSearch {
    /// Starts a search behind the name `low`, and gives the texts of the first round. `None` when there is nothing to probe.
    pub(super) fn start(prefix: &str, low: &str, high: Option<&str>) -> Option<(Self, Vec<String>)> {
        let mut search = Self {
            low: low.to_owned(),
            high: high.map(str::to_owned),
            round: SearchRound::Beyond,
            places: places_beyond(prefix, low, high),
            unanswered: 0,
            found: Vec::new(),
            empty: Vec::new(),
        };
        let texts = search.texts_beyond();
        search.unanswered = texts.len();
        (!texts.is_empty()).then_some((search, texts))
    }

    /// Texts beyond the last name, the nearest and others in even steps.
    fn texts_beyond(&self) -> Vec<String> {
        let step = self.places.len().div_ceil(MAX_PROBES).max(1);
        let places = self.places.iter().rev().step_by(step);
        places.filter_map(|at| text_beyond(&self.low, *at)).collect()
    }

    /// Takes the answer to the probe of `text`: the first name from there on. A probe that failed has none either: that costs a split
    /// point at most, never a name.
    pub(super) fn take(&mut self, text: String, first_name: Option<String>) -> SearchStep {
        match first_name.filter(|name| self.high.as_ref().is_none_or(|high| name < high)) {
            Some(name) => self.found.push((text, name)),
            None => self.empty.push(text),
        }
        self.unanswered = self.unanswered.saturating_sub(1);
        if self.unanswered > 0 {
            return SearchStep::Wait;
        }
        let texts = self.next_round();
        if texts.is_empty() {
            return SearchStep::Done(self.split_points());
        }
        self.unanswered = texts.len();
        SearchStep::Probe(texts)
    }

    /// The texts of the next round; none when the search is over.
    fn next_round(&mut self) -> Vec<String> {
        let Some((farthest, _)) = self.found.iter().max() else { return Vec::new() };
        if self.round == SearchRound::Between {
            return Vec::new();
        }
        // Names ahead of a text are also ahead of every nearer one.
        let (low, empty) = (&self.low, self.empty.iter().min());
        let is_open = |text: &String| text > farthest && empty.is_none_or(|empty| text < empty);
        self.places.retain(|at| text_beyond(low, *at).as_ref().is_some_and(is_open));
        if !self.places.is_empty() {
            return self.texts_beyond();
        }
        self.round = SearchRound::Between;
        probes_between(farthest, self.high.as_deref(), MAX_PROBES)
    }

    /// Of texts with the same first name only the last, which lies next to it.
    fn split_points(&mut self) -> Vec<(String, String)> {
        let mut found = std::mem::take(&mut self.found);
        found.sort_unstable_by(|one, two| two.cmp(one));
        found.dedup_by(|earlier, later| earlier.1 == later.1);
        found.reverse();
        found
    }
}

/// A probe: a request for the first name that is equal to a text or comes after it.
#[derive(Debug)]
pub(super) struct SplitProbe {
    /// The listing to split.
    pub(super) listing: u64,
    pub(super) text: String,
    pub(super) query: PageQuery,
    empty_pages: u32,
}

impl SplitProbe {
    /// A probe of `text`; `query` says where and is that of any probe of the same search.
    pub(super) fn new(listing: u64, text: String, query: PageQuery) -> Self {
        let query = PageQuery { start_from: Some(text.clone()), marker: None, ..query };
        Self { listing, text, query, empty_pages: 0 }
    }

    /// Turns the probe to the next page, where this one is empty although more follows. Returns whether it did.
    pub(super) fn reads_on(&mut self, page: &LevelNames, next: Option<String>) -> bool {
        let on = page.names.is_empty() && next.is_some() && self.empty_pages < MAX_EMPTY_PAGES;
        if on {
            (self.query.marker, self.empty_pages) = (next, self.empty_pages + 1);
        }
        on
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use proptest::prelude::*;

    /// Searches a container with these names to its end; returns the split points and how many probes it took.
    fn search(names: &BTreeSet<String>, prefix: &str, low: &str, high: Option<&str>) -> (Vec<String>, usize) {
        let Some((mut search, texts)) = SplitSearch::start(prefix, low, high) else { return (Vec::new(), 0) };
        let (mut waiting, mut probes) = (texts, 0);
        loop {
            let text = waiting.pop().unwrap_or_else(|| unreachable!("the search waits for an answer to nothing"));
            probes += 1;
            let first_name = names.range(text.clone()..).find(|name| name.starts_with(prefix)).cloned();
            match search.take(text, first_name) {
                SearchStep::Wait => {}
                SearchStep::Probe(texts) => {
                    assert!(waiting.is_empty(), "a round begins before the last one is answered");
                    waiting = texts;
                }
                SearchStep::Done(points) => return (points.into_iter().map(|(text, _)| text).collect(), probes),
            }
        }
    }

    fn names(names: impl IntoIterator<Item = String>) -> BTreeSet<String> {
        names.into_iter().collect()
    }

    #[test]
    fn numbered_names_are_split_by_their_first_digit_that_varies() {
        let all = names((0..1000).map(|n| format!("f{n:03}")));
        let (points, probes) = search(&all, "", "f009", None);
        assert_eq!(points, ["f01", "f1", "f2", "f3", "f4", "f5", "f6", "f7", "f8", "f9"]);
        assert!(probes <= 2 * MAX_PROBES, "{probes} probes");
    }

    #[test]
    fn where_all_names_share_a_beginning_later_characters_are_probed() {
        let all = names((0..100).map(|n| format!("a-very-long-name-that-all-of-them-share-{n:02}")));
        let (points, probes) = search(&all, "", "a-very-long-name-that-all-of-them-share-00", None);
        assert_eq!(points.last().map(|last| &last[last.len() - 2..]), Some("-9"), "{points:?}");
        assert!(probes <= 3 * MAX_PROBES, "{probes} probes");
    }

    #[test]
    fn nothing_ahead_gives_no_split_point() {
        assert_eq!(search(&names(["a".to_owned()]), "", "a", None).0, Vec::<String>::new());
        assert!(SplitSearch::start("", "", None).is_none(), "no name is known");
    }

    #[test]
    fn a_round_ends_with_its_last_answer_in_whichever_order_they_come() {
        let (mut search, texts) = SplitSearch::start("", "b7", None).unwrap();
        assert_eq!(texts, ["b8", "c"]);
        assert_eq!(search.take("b8".into(), Some("b8x".into())), SearchStep::Wait);
        let SearchStep::Probe(between) = search.take("c".into(), None) else { unreachable!("names lie behind b8") };
        assert_eq!(between, ["b9", "b:"]);
        assert_eq!(search.take("b9".into(), Some("b9".into())), SearchStep::Wait);
        let points = [("b8", "b8x"), ("b9", "b9")].map(|(text, name)| (text.into(), name.into()));
        assert_eq!(search.take("b:".into(), None), SearchStep::Done(points.into()));
    }

    #[test]
    fn an_empty_page_with_more_behind_it_is_read_on_for_a_while() {
        let mut probe = SplitProbe::new(1, "m".into(), PageQuery { page_size: 1, ..PageQuery::default() });
        let empty = LevelNames::default();
        assert!(!probe.reads_on(&empty, None), "the last page is empty: there is no name");
        let pages = (0..20).take_while(|_| probe.reads_on(&empty, Some("next".into()))).count();
        assert_eq!((pages, probe.query.marker.as_deref()), (8, Some("next")));
        assert_eq!((probe.query.start_from.as_deref(), probe.query.page_size), (Some("m"), 1));
    }

    proptest! {
        #[test]
        fn every_split_point_has_a_name_of_its_own_ahead(
            all in prop::collection::btree_set("p/[a-d0-9é]{1,4}", 1..60), last in any::<prop::sample::Index>(),
            high in prop::option::of("p/[a-d0-9]{1,3}"),
        ) {
            let low = all.iter().nth(last.index(all.len())).cloned().unwrap_or_default();
            let high = high.filter(|high| *high > low);
            let (points, _) = search(&all, "p/", &low, high.as_deref());
            prop_assert!(points.is_sorted() && points.iter().all(|point| *point > low));
            let ends = points.iter().skip(1).map(Some).chain([high.as_ref()]);
            for (point, end) in points.iter().zip(ends) {
                let own = all.range(point.clone()..).next().filter(|name| end.is_none_or(|end| *name < end));
                prop_assert!(own.is_some(), "no name from {} to {:?}", point, end);
            }
        }
    }
}
