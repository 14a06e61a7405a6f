//! Where to look for names ahead of a listing that has no folders to be cut by: text only, no names are known in advance. Asking the
//! service for the first name from such a place on (`startFrom`) shows where the listing can be cut; who asks is `engine::search`. Pure.
//!
//! First the ends: for each character of the last name the text that begins beyond everything that shares it. They tell how far
//! names go. Then a comb: between the widest beginning that still has names ahead and the end, texts one character long.

/// The texts beyond everything that shares one more character with `low` each, the farthest first; at most `most` of them. `low` is
/// the last name seen and begins with `prefix`; none of the texts reaches `high`, where the listing ends.
pub(super) fn probes_beyond(prefix: &str, low: &str, high: Option<&str>, most: usize) -> Vec<String> {
    let Some(rest) = low.strip_prefix(prefix) else { return Vec::new() };
    let ends = rest.char_indices().filter_map(|(at, c)| Some(format!("{prefix}{}{}", &rest[..at], next_char(c)?)));
    ends.filter(|text| is_order_certain(text) && high.is_none_or(|high| text.as_str() < high)).take(most).collect()
}

/// The texts between `end`, the farthest of the [`ends`] with names ahead, and `high`, at most `most`: the characters of the same kind
/// that may follow, evenly, and what is beyond them.
pub(super) fn probes_between(end: &str, high: Option<&str>, most: usize) -> Vec<String> {
    let Some(first) = end.chars().next_back().filter(char::is_ascii) else { return Vec::new() };
    let shared = &end[..end.len() - 1];
    let last = last_of_class(first);
    let count = usize::from(last as u8 - first as u8);
    let step = count.div_ceil(most.saturating_sub(1).max(1)).max(1);
    let inner = (first..=last).skip(step).step_by(step);
    let texts = inner.chain(next_char(last)).map(|c| format!("{shared}{c}"));
    texts.filter(|text| high.is_none_or(|high| text.as_str() < high)).collect()
}

/// Whether names sort the same about this text by their bytes and by UTF-16, whichever the service goes by.
pub(super) fn is_order_certain(text: &str) -> bool {
    text.chars().all(|c| c < '\u{e000}')
}

/// The last character of the kind `c` is of.
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

/// The character behind `c`; none where that would not be one the order of names is sure about.
fn next_char(c: char) -> Option<char> {
    char::from_u32(u32::from(c) + 1).filter(|next| *next < '\u{e000}' && !next.is_ascii_control())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_ends_of_a_name_go_from_the_farthest_to_the_nearest() {
        assert_eq!(probes_beyond("a/", "a/f09", None, 9), ["a/g", "a/f1", "a/f0:"]);
        assert_eq!(probes_beyond("a/", "a/f09", Some("a/f5"), 9), ["a/f1", "a/f0:"]);
        assert_eq!(probes_beyond("a/", "a/f09", None, 1), ["a/g"]);
    }

    #[test]
    fn a_comb_takes_the_characters_of_the_same_kind_and_looks_once_beyond_them() {
        assert_eq!(probes_between("f1", None, 16), ["f2", "f3", "f4", "f5", "f6", "f7", "f8", "f9", "f:"]);
        assert_eq!(probes_between("f1", Some("f5"), 16), ["f2", "f3", "f4"]);
        assert_eq!(probes_between("xb", None, 5), ["xh", "xn", "xt", "xz", "x{"]);
        assert_eq!(probes_between("xé", None, 5), Vec::<String>::new());
    }

    #[test]
    fn nothing_is_cut_where_two_orders_of_text_differ() {
        assert!(is_order_certain("日本/ü") && !is_order_certain("😀") && !is_order_certain("\u{fffd}"));
    }

    proptest! {
        #[test]
        fn every_text_lies_ahead_of_the_last_name_and_before_the_end(
            low in "[a-c0-9é😀~/]{1,8}", high in prop::option::of("[a-z0-9é~]{1,8}"), most in 1_usize..20,
        ) {
            let high = high.filter(|high| *high > low);
            let ends = probes_beyond("", &low, high.as_deref(), most);
            prop_assert!(ends.len() <= most && ends.is_sorted_by(|a, b| a > b));
            for end in ends {
                let comb = probes_between(&end, high.as_deref(), most);
                prop_assert!(end > low && comb.is_sorted() && comb.len() <= most.max(2));
                for text in comb.iter().chain([&end]) {
                    prop_assert!(*text >= end && high.as_ref().is_none_or(|high| text < high), "{} {}", text, end);
                }
            }
        }
    }
}
