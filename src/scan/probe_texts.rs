//! Where to probe for names ahead of a listing that has no folders. A probe asks the service for the first name from a text on
//! (`startFrom`); its answer shows whether the listing can be split there. No names are known in advance: the texts are made from the
//! last name alone. `engine::split_search` says when which texts are probed. Pure.
//!
//! An example: the last name is `f09`. First come the texts beyond it, for each of its characters the first text behind all names that
//! share it: `g`, `f1` and `f0:`. Their answers tell how far names go. Then come the texts between the farthest of these with names
//! ahead, say `f1`, and the end: `f2`, `f3` up to `f9`, and `f:`.

/// The texts beyond `low`: for each of its characters the first text behind all names that share it, the farthest first, at most `limit`.
/// `low` is the last name seen and begins with `prefix`. No text reaches `high`, where the listing ends.
pub(super) fn probes_beyond(prefix: &str, low: &str, high: Option<&str>, limit: usize) -> Vec<String> {
    let Some(rest) = low.strip_prefix(prefix) else { return Vec::new() };
    let texts = rest.char_indices().filter_map(|(at, c)| Some(format!("{prefix}{}{}", &rest[..at], next_char(c)?)));
    texts.filter(|text| is_order_certain(text) && high.is_none_or(|high| text.as_str() < high)).take(limit).collect()
}

/// The texts between `farthest` and `high`, about `limit` of them in even steps. `farthest` is the farthest of the [`probes_beyond`]
/// with names ahead. Its last character is replaced by those of the same class that follow, and at the end by the first one behind them.
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

    #[test]
    fn the_probes_beyond_a_name_go_from_the_farthest_to_the_nearest() {
        assert_eq!(probes_beyond("a/", "a/f09", None, 9), ["a/g", "a/f1", "a/f0:"]);
        assert_eq!(probes_beyond("a/", "a/f09", Some("a/f5"), 9), ["a/f1", "a/f0:"]);
        assert_eq!(probes_beyond("a/", "a/f09", None, 1), ["a/g"]);
    }

    #[test]
    fn the_probes_between_take_the_characters_of_the_same_class_and_one_behind_them() {
        assert_eq!(probes_between("f1", None, 16), ["f2", "f3", "f4", "f5", "f6", "f7", "f8", "f9", "f:"]);
        assert_eq!(probes_between("f1", Some("f5"), 16), ["f2", "f3", "f4"]);
        assert_eq!(probes_between("xb", None, 5), ["xh", "xn", "xt", "xz", "x{"]);
        assert_eq!(probes_between("xé", None, 5), Vec::<String>::new());
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
            let beyond = probes_beyond("", &low, high.as_deref(), limit);
            prop_assert!(beyond.len() <= limit && beyond.is_sorted_by(|a, b| a > b));
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
