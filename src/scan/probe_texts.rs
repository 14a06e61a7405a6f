//! Where to probe for names ahead of a listing that has no folders. A probe asks the service for the first name from a text on
//! (`startFrom`); its answer shows whether the listing can be split there. No names are known in advance: the texts are made from the
//! last name alone. `engine::split_search` says when which texts are probed. Pure.
//!
//! An example: the last name is `f09`. First come the texts beyond it, for each of its characters the first text behind all names that
//! share it: `g`, `f1` and `f0:`. Their answers tell how far names go. Then come the texts between the farthest of these with names
//! ahead, say `f1`, and the end: `f2`, `f3` up to `f9`, and `f:`.

/// Where the texts beyond `low` can be, the farthest first: a place is the character of `low` that the text replaces by the next one.
/// `low` is the last name seen and begins with `prefix`. No text reaches `high`, where the listing ends.
pub(super) fn places_beyond(prefix: &str, low: &str, high: Option<&str>) -> Vec<usize> {
    let Some(rest) = low.strip_prefix(prefix) else { return Vec::new() };
    let is_place = |at: &usize| {
        let text = text_beyond(low, *at);
        text.is_some_and(|text| is_order_certain(&text) && high.is_none_or(|high| text.as_str() < high))
    };
    rest.char_indices().map(|(at, _)| prefix.len() + at).filter(is_place).collect()
}

/// The first text behind all names that share `low` up to the character at this place and have no later one there.
pub(super) fn text_beyond(low: &str, at: usize) -> Option<String> {
    let (shared, rest) = low.split_at_checked(at)?;
    Some(format!("{shared}{}", next_char(rest.chars().next()?)?))
}

/// The texts between `farthest` and `high`, about `limit` of them in even steps. `farthest` is the farthest text beyond the
/// last name with names ahead. Its last character is replaced by those of the same class that follow, and at the end by the first one behind them.
pub(super) fn probes_between(farthest: &str, high: Option<&str>, limit: usize) -> Vec<String> {
    let Some(first) = farthest.chars().next_back().filter(char::is_ascii) else { return Vec::new() };
    let shared = &farthest[..farthest.len() - 1];
    let last = last_of_class(first);
    let count = usize::from(last as u8 - first as u8);
    let step = count.div_ceil(limit.saturating_sub(1).max(1)).max(1);
    let inner = (first..=last).skip(step).step_by(step);
    let texts = inner.chain(next_char(last)).map(|c| format!("{shared}{c}"));
    texts.filter(|text| high.is_none_or(|high| text.as_str() < high)).collect()
}

/// Texts that divide the names from `text` on into `parts` of about the same size, if these go on evenly from the first of them. Of the names
/// from `f1` on, the first of which is `f100`, `f13` and `f16` begin the second and the last third. Nothing was asked about these texts:
/// a part without names costs one request.
pub(super) fn texts_within(text: &str, first_name: &str, parts: usize) -> Vec<String> {
    let next = first_name.strip_prefix(text).and_then(|rest| rest.chars().next());
    let Some(first) = next.filter(|c| c.is_ascii() && !c.is_ascii_control()) else { return Vec::new() };
    let class: Vec<char> = (first..=last_of_class(first)).collect();
    let starts = (1..parts).map(|part| part * class.len() / parts).filter(|at| *at > 0);
    let mut texts: Vec<String> = starts.filter_map(|at| Some(format!("{text}{}", class.get(at)?))).collect();
    texts.dedup();
    texts
}

/// Whether byte order and UTF-16 order agree on this text. Microsoft does not document which of the two the service sorts names by.
pub(super) fn is_order_certain(text: &str) -> bool {
    text.chars().all(|c| c < '\u{e000}')
}

/// The last character of the class of `c`, e.g. `9` for a digit.
fn last_of_class(c: char) -> char {
    match c {
        '0'..='9' => '9',
        'A'..='Z' => 'Z',
        'a'..='z' => 'z',
        '!'..='/' => '/',
        ':'..='@' => '@',
        '['..='`' => '`',
        _ => '~',
    }
    .max(c)
}

/// The character behind `c`; `None` where the order of names is not certain.
fn next_char(c: char) -> Option<char> {
    char::from_u32(u32::from(c) + 1).filter(|next| *next < '\u{e000}' && !next.is_ascii_control())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn texts_beyond(prefix: &str, low: &str, high: Option<&str>) -> Vec<String> {
        places_beyond(prefix, low, high).into_iter().filter_map(|at| text_beyond(low, at)).collect()
    }

    #[test]
    fn the_texts_beyond_a_name_go_from_the_farthest_to_the_nearest() {
        assert_eq!(texts_beyond("a/", "a/f09", None), ["a/g", "a/f1", "a/f0:"]);
        assert_eq!(texts_beyond("a/", "a/f09", Some("a/f5")), ["a/f1", "a/f0:"]);
        assert_eq!(texts_beyond("a/", "a/é😀1", None), ["a/ê"]);
    }

    #[test]
    fn the_probes_between_take_the_characters_of_the_same_class_and_one_behind_them() {
        assert_eq!(probes_between("f1", None, 16), ["f2", "f3", "f4", "f5", "f6", "f7", "f8", "f9", "f:"]);
        assert_eq!(probes_between("f1", Some("f5"), 16), ["f2", "f3", "f4"]);
        assert_eq!(probes_between("xb", None, 5), ["xh", "xn", "xt", "xz", "x{"]);
        assert_eq!(probes_between("xé", None, 5), Vec::<String>::new());
    }

    #[test]
    fn the_texts_within_a_range_go_on_from_its_first_name() {
        assert_eq!(texts_within("f1", "f100", 3), ["f13", "f16"]);
        assert_eq!(texts_within("f1", "f180", 3), ["f19"], "no text is said twice");
        for (first_name, parts) in [("f2", 3), ("f1", 3), ("f1é", 3), ("f100", 1), ("f19", 5)] {
            assert_eq!(texts_within("f1", first_name, parts), Vec::<String>::new(), "{first_name} {parts}");
        }
    }

    #[test]
    fn nothing_is_split_where_two_orders_of_text_differ() {
        assert!(is_order_certain("日本/ü") && !is_order_certain("😀") && !is_order_certain("\u{fffd}"));
    }

    proptest! {
        #[test]
        fn every_text_lies_ahead_of_the_last_name_and_before_the_end(
            low in "[a-c0-9é😀~/]{1,8}", high in prop::option::of("[a-z0-9é~]{1,8}"), limit in 1_usize..20,
        ) {
            let high = high.filter(|high| *high > low);
            let beyond = texts_beyond("", &low, high.as_deref());
            prop_assert!(beyond.is_sorted_by(|a, b| a > b));
            for farthest in beyond {
                let between = probes_between(&farthest, high.as_deref(), limit);
                prop_assert!(farthest > low && between.is_sorted() && between.len() <= limit.max(2));
                for text in between.iter().chain([&farthest]) {
                    prop_assert!(*text >= farthest && high.as_ref().is_none_or(|high| text < high), "{} {}", text, farthest);
                }
            }
        }
    }
}
