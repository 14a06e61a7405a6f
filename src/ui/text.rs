//! Makes text harmless for the terminal, measures and cuts it by display column, and words times.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use crate::characters::{is_invisible, is_noncharacter};
use crate::wording;
pub use crate::wording::{count, decimal as bytes};

/// Makes control, format and bidirectional characters visible, so that no text from a service can move the cursor,
/// change the terminal or reorder a line. Tabs and newlines become `^I` and `^J` too. So do characters that are drawn as nothing
/// and those that are none (U+FFFE): terminals disagree on how many columns they take, and letters would be left behind.
pub fn clean(text: &str) -> String {
    if text.chars().all(is_harmless) {
        return text.to_owned();
    }
    text.chars().flat_map(|c| if is_harmless(c) { Shown::Plain(c) } else { shown(c) }).collect()
}

fn is_harmless(c: char) -> bool {
    !c.is_control() && !is_invisible(c) && !is_noncharacter(c)
}

enum Shown {
    Plain(char),
    Escaped(std::vec::IntoIter<char>),
}

impl Iterator for Shown {
    type Item = char;

    fn next(&mut self) -> Option<char> {
        match self {
            Self::Plain(c) => {
                let c = *c;
                *self = Self::Escaped(Vec::new().into_iter());
                Some(c)
            }
            Self::Escaped(rest) => rest.next(),
        }
    }
}

fn shown(c: char) -> Shown {
    match u32::from(c) {
        // As `less` and `vi` have it: `^I` is a tab. The Unicode pictures of these characters are missing in many fonts.
        code @ (0..=0x1f | 0x7f) => Shown::Escaped(vec!['^', char::from_u32(code ^ 0x40).unwrap_or('?')].into_iter()),
        code => Shown::Escaped(format!("<{code:04X}>").chars().collect::<Vec<_>>().into_iter()),
    }
}

/// JSON text in which every character that [`clean`] would make visible stands as `\uXXXX`: the same JSON, harmless on a terminal.
/// Line ends between the values stay.
pub fn clean_json(json: &str) -> String {
    let mut clean = String::with_capacity(json.len());
    for c in json.chars() {
        if c == '\n' || is_harmless(c) {
            clean.push(c);
        } else {
            clean.extend(c.encode_utf16(&mut [0; 2]).iter().map(|unit| format!("\\u{unit:04x}")));
        }
    }
    clean
}

/// Display columns of harmless text.
pub fn width(text: &str) -> usize {
    text.width()
}

/// The text, cut at its end to `columns`, the cut marked.
pub fn cut_end(text: &str, columns: usize, mark: &str) -> String {
    if width(text) <= columns {
        return text.to_owned();
    }
    let room = columns.saturating_sub(width(mark));
    let mut kept = head(text, room);
    kept.push_str(&head(mark, columns));
    kept
}

/// The text, cut in its middle to `columns`, so that the end of a name (its extension) stays to be seen.
pub fn cut_middle(text: &str, columns: usize, mark: &str) -> String {
    if width(text) <= columns {
        return text.to_owned();
    }
    let room = columns.saturating_sub(width(mark));
    let back = room / 2;
    let front = room - back;
    format!("{}{}{}", head(text, front), head(mark, columns), tail(text, back))
}

/// The text, cut at its start to `columns`, for a path that is recognised by its end.
pub fn cut_start(text: &str, columns: usize, mark: &str) -> String {
    if width(text) <= columns {
        return text.to_owned();
    }
    format!("{}{}", head(mark, columns), tail(text, columns.saturating_sub(width(mark))))
}

fn head(text: &str, columns: usize) -> String {
    fitting(text.graphemes(true), columns).concat()
}

fn tail(text: &str, columns: usize) -> String {
    let mut kept = fitting(text.graphemes(true).rev(), columns);
    kept.reverse();
    kept.concat()
}

fn fitting<'a>(graphemes: impl Iterator<Item = &'a str>, columns: usize) -> Vec<&'a str> {
    let mut used = 0;
    graphemes
        .take_while(|grapheme| {
            used += width(grapheme);
            used <= columns
        })
        .collect()
}

/// The text, filled with blanks or cut to exactly `columns`.
pub fn fit(text: &str, columns: usize, mark: &str) -> String {
    let cut = cut_end(text, columns, mark);
    let missing = columns.saturating_sub(width(&cut));
    cut + &" ".repeat(missing)
}

/// Units that stay on the line of their number.
const UNITS: [&str; 13] = ["s", "min", "h", "%", "B", "KiB", "MiB", "GiB", "TiB", "KB", "MB", "GB", "TB"];

/// Breaks text into lines of at most `columns`: at blanks, and where a word is too long for a line, after a `/` or `\\` of a path,
/// e.g. `/home/ana/` and `keys.txt`. A number stays with its unit: `12 s`. Never empty.
pub fn wrap(text: &str, columns: usize) -> Vec<String> {
    let columns = columns.max(1);
    let mut lines = vec![String::new()];
    for word in unbroken(text, columns) {
        let used = lines.last().map_or(0, |line| width(line));
        let gap = usize::from(used > 0);
        if used + gap + width(word) <= columns {
            if let Some(line) = lines.last_mut() {
                line.push_str(&" ".repeat(gap));
                line.push_str(word);
            }
        } else {
            let mut rest = word;
            if used == 0 {
                lines.pop();
            }
            while width(rest) > columns {
                let (piece, after) = rest.split_at(first_piece(rest, columns));
                lines.push(piece.to_owned());
                rest = after;
            }
            if !rest.is_empty() || lines.is_empty() {
                lines.push(rest.to_owned());
            }
        }
    }
    lines
}

/// The words of a text. A number and its unit, with one blank between them, are one word where a line of `columns` holds both.
fn unbroken(text: &str, columns: usize) -> impl Iterator<Item = &str> {
    let mut rest = text.trim_start();
    std::iter::from_fn(move || {
        let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
        let number = rest.get(..end).filter(|word| word.ends_with(|c: char| c.is_ascii_digit()));
        let unit = rest[end..].strip_prefix(' ').and_then(|after| after.split(char::is_whitespace).next());
        let unit = unit.filter(|unit| UNITS.contains(&unit.trim_end_matches(['.', ',', ';', ':', ')'])));
        let both = end + number.and(unit).map_or(0, |unit| 1 + unit.len());
        let end = if width(&rest[..both]) <= columns { both } else { end };
        let (word, after) = rest.split_at(end);
        rest = after.trim_start();
        (!word.is_empty()).then_some(word)
    })
}

/// How many bytes of a word that is too long for a line of `columns` stand on that line.
fn first_piece(word: &str, columns: usize) -> usize {
    let piece = head(word, columns);
    let after_slash = piece.rfind(['/', '\\']).map(|slash| slash + 1);
    // A name longer than a line is broken in itself: `https://` alone on a line would waste the rest of it.
    let after_slash = after_slash.filter(|end| width(&piece[..*end]) * 3 >= columns);
    match after_slash {
        Some(end) => end,
        // A grapheme wider than the line: give it a line of its own rather than none for ever.
        None if piece.is_empty() => word.graphemes(true).next().map_or(word.len(), str::len),
        None => piece.len(),
    }
}

/// How long ago, in the largest unit that says something: `just now`, `5 min ago`, `3 days ago`.
pub fn ago(now: Timestamp, then: Timestamp) -> String {
    if now.duration_since(then).as_secs() < 60 { "just now".to_owned() } else { wording::ago(now, then) }
}

/// A moment in the person's own time zone: `2026-11-22 21:04`.
pub fn moment(time: Timestamp) -> String {
    time.to_zoned(TimeZone::system()).strftime("%Y-%m-%d %H:%M").to_string()
}

/// A time of day in the person's own time zone: `21:04`.
pub fn clock(time: Timestamp) -> String {
    time.to_zoned(TimeZone::system()).strftime("%H:%M").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_number_and_its_unit_stay_on_one_line() {
        assert_eq!(wrap("server asks to wait 10 s.", 22), ["server asks to wait", "10 s."]);
        assert_eq!(wrap("takes 4.27 TB of 10 drives", 10), ["takes", "4.27 TB of", "10 drives"]);
        assert_eq!(wrap("wait 10 s", 2), ["wa", "it", "10", "s"]);
    }

    #[test]
    fn t16_no_control_character_survives() {
        assert_eq!(clean("a\x1b[31mb"), "a^[[31mb");
        assert_eq!(clean("tab\there\nand"), "tab^Ihere^Jand");
        assert_eq!(clean("\u{7f}\u{9b}\0x"), "^?<009B>^@x");
        assert_eq!(clean("evil\u{202e}gpj.exe"), "evil<202E>gpj.exe");
    }

    #[test]
    fn t16_what_is_no_character_or_is_drawn_as_nothing_is_seen_and_takes_the_columns_that_are_counted() {
        for (name, shown) in [
            ("not-xml-\u{fffe}.bin", "not-xml-<FFFE>.bin"),
            ("\u{ffff}", "<FFFF>"),
            ("\u{1fffe}\u{10ffff}", "<1FFFE><10FFFF>"),
            ("\u{fdd0}a", "<FDD0>a"),
            ("a\u{3164}\u{34f}\u{fe01}b", "a<3164><034F><FE01>b"),
        ] {
            assert_eq!(clean(name), shown);
            assert_eq!(width(&clean(name)), shown.len());
        }
        assert_eq!(clean("\u{2764}\u{fe0f} e\u{301} \u{5d0} \u{6771}"), "\u{2764}\u{fe0f} e\u{301} \u{5d0} \u{6771}");
    }

    #[test]
    fn json_is_the_same_json_without_a_character_a_terminal_obeys() {
        let name = "a\u{85}b\u{9b}31m\u{202e}c\u{2066}\u{200f}\u{61c}\u{2028}\u{2029}\u{7f}\u{1b}[2J\u{e0041}é東\n";
        let value = serde_json::json!({ "name": name, name: [name] });
        let json = clean_json(&format!("{value:#}"));
        assert!(json.chars().all(|c| c == '\n' || is_harmless(c)), "{json:?}");
        assert!(json.contains("é東") && json.lines().count() > 3, "{json}");
        assert_eq!(serde_json::from_str::<serde_json::Value>(&json).unwrap(), value);
    }

    #[test]
    fn t17_a_long_name_keeps_its_extension() {
        assert_eq!(cut_middle("a-very-long-recording-name.mp4", 16, "…"), "a-very-l…ame.mp4");
        assert_eq!(cut_middle("short.mp4", 16, "…"), "short.mp4");
        assert_eq!(cut_start("footage/clip-0183.mxf", 12, "…"), "…ip-0183.mxf");
        assert_eq!(cut_middle("東京東京東京東京.tif", 11, "…"), "東京….tif", "half a wide character is not drawn");
    }

    #[test]
    fn times_are_told_in_the_largest_unit_that_says_something() {
        let then = Timestamp::from_second(1_700_000_000).unwrap();
        for (seconds, told) in
            [(-5, "just now"), (59, "just now"), (61, "1 min ago"), (7_200, "2 h ago"), (3 * 86_400, "3 days ago")]
        {
            assert_eq!(ago(Timestamp::from_second(1_700_000_000 + seconds).unwrap(), then), told);
        }
    }

    #[test]
    fn a_path_too_long_for_a_line_is_broken_between_its_parts() {
        let saved = "Saved to /home/ana/.local/share/blobfreight/keys/export-media-keys.txt";
        assert_eq!(wrap(saved, 36), ["Saved to", "/home/ana/.local/share/blobfreight/", "keys/export-media-keys.txt"]);
        assert_eq!(wrap(r"C:\Users\ana\AppData\keys.txt", 21), [r"C:\Users\ana\AppData\", "keys.txt"]);
        assert_eq!(wrap("/a/averylongnamewithoutabreak", 12), ["/a/averylong", "namewithouta", "break"]);
    }

    proptest! {
        #[test]
        fn a_broken_path_keeps_every_character_and_fits(path in "(/[a-zé東]{0,12}){1,9}", columns in 2usize..40) {
            let lines = wrap(&path, columns);
            prop_assert!(lines.iter().all(|line| width(line) <= columns), "{lines:?}");
            prop_assert_eq!(lines.concat(), path);
        }

        #[test]
        fn cut_text_fits_whatever_it_is(text in "\\PC{0,60}", columns in 0usize..40) {
            prop_assert!(width(&cut_end(&text, columns, "…")) <= columns.max(width(&text).min(columns)));
            prop_assert!(width(&cut_middle(&text, columns, "…")) <= columns);
            prop_assert!(width(&cut_start(&text, columns, "…")) <= columns);
            prop_assert!(width(&fit(&text, columns, "...")) <= columns);
        }

        #[test]
        fn wrapping_loses_no_word(text in "[a-zé東 ]{0,80}", columns in 1usize..20) {
            let joined: String = wrap(&text, columns).concat().split_whitespace().collect();
            let wanted: String = text.split_whitespace().collect();
            prop_assert_eq!(joined, wanted);
        }

        #[test]
        fn t16_cleaned_text_holds_nothing_a_terminal_obeys(text in any::<String>()) {
            prop_assert!(clean(&text).chars().all(is_harmless));
        }
    }
}
