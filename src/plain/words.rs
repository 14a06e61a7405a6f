//! Makes a line of a page fit to be heard: words in place of signs, commas in place of columns.

/// Signs that a line may begin with, and the words for them.
const SIGNS: [(&str, &str); 5] =
    [("! ", "Important: "), ("~ ", "Note: "), ("? ", "Not sure: "), ("x ", "Not possible: "), ("- ", "")];

/// Marks before a thing that can be chosen or checked, and the words that follow it instead.
const MARKS: [(&str, &str); 7] = [
    ("(*)", "chosen"),
    ("( )", ""),
    ("[x]", "checked"),
    ("[ ]", "not checked"),
    ("[+]", "checked by a wider rule"),
    ("[-]", "partly checked"),
    ("[o]", "checked without its snapshots"),
];

/// Characters that are drawn and not said.
const SPELLED: [(&str, &str); 8] =
    [("←", "Left"), ("→", "Right"), ("↑", "Up"), ("↓", "Down"), ("…", ""), ("·", ","), ("“", "\""), ("”", "\"")];

/// A secret that is not shown has at least so many signs in its place.
const MASKED: usize = 6;

/// The line as it is said. `list` is a row of a list: what stands apart from its name is more about it, not a value of a label.
pub fn spoken(line: &str, list: bool) -> String {
    let line = SPELLED.iter().fold(line.to_owned(), |line, (sign, word)| line.replace(sign, word));
    let line = with_percent(&line);
    let (sign, rest) = without_sign(line.trim());
    // A row says in words what its sign stands for.
    let sign = if list && sign != "Important: " { "" } else { sign };
    let (rest, mark) = without_mark(rest);
    let mut words = joined(rest, list);
    if !mark.is_empty() {
        words = format!("{words}, {mark}");
    }
    format!("{sign}{words}").trim().to_owned()
}

fn without_sign(line: &str) -> (&'static str, &str) {
    let found = SIGNS.iter().find_map(|(sign, word)| Some((*word, line.strip_prefix(sign)?)));
    found.map_or(("", line), |(word, rest)| (word, rest.trim_start()))
}

fn without_mark(line: &str) -> (&str, &'static str) {
    let found = MARKS.iter().find_map(|(mark, word)| Some((line.strip_prefix(mark)?, *word)));
    found.map_or((line, ""), |(rest, word)| (rest.trim_start(), word))
}

/// The parts that columns set apart, as one sentence: `Account   contosomedia` is `Account: contosomedia`.
fn joined(line: &str, list: bool) -> String {
    let parts = line.split("  ").map(str::trim).filter(|part| !part.is_empty() && *part != ",");
    let mut words = String::new();
    for (index, part) in parts.enumerate() {
        let part = said(part);
        if index > 0 {
            let ends = words.ends_with(['.', ',', ':', ';', '!', '?']);
            words.push_str(if ends {
                " "
            } else if index == 1 && !list && !words.contains(": ") {
                ": "
            } else {
                ", "
            });
        }
        words.push_str(&part);
    }
    words.replace(" , ", ", ")
}

/// A part without blanks in a row; a hidden secret is the word for it.
fn said(part: &str) -> String {
    let words = part.split_whitespace().map(|word| if is_masked(word) { "hidden" } else { word });
    words.collect::<Vec<_>>().join(" ")
}

fn is_masked(word: &str) -> bool {
    let word = word.trim_matches(['\'', '"']);
    word.len() >= MASKED && word.chars().all(|c| matches!(c, '*' | '-')) && word.contains('*')
}

/// `40 %` as `40 percent`; the sign in a command, e.g. `printf %s`, stays.
fn with_percent(line: &str) -> String {
    let mut parts = line.split(" %");
    let mut words = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let figure = words.ends_with(|c: char| c.is_ascii_digit()) && !part.starts_with(char::is_alphanumeric);
        words.push_str(if figure { " percent" } else { " %" });
        words.push_str(part);
    }
    words
}

/// What two lines have in common that differ in figures only, as `Counted 12 blobs` and `Counted 13 blobs` do. Ages count as figures.
pub fn without_figures(line: &str) -> String {
    let line = line.replace("just now", "0 s ago");
    // What follows an age is when it is looked at again.
    let line = line.split_once(" ago").map_or(line.as_str(), |(before, _)| before);
    let mut kept = String::new();
    for word in line.split_whitespace() {
        let figure = word.starts_with(|c: char| c.is_ascii_digit());
        let unit = kept.ends_with("# ") && UNITS.contains(&word.trim_end_matches(['.', ',', ';', ')']));
        match (figure, unit) {
            (true, _) => kept.push_str("# "),
            (false, true) => {}
            (false, false) => {
                kept.extend(word.chars().filter(|c| !c.is_ascii_digit()));
                kept.push(' ');
            }
        }
    }
    kept
}

const UNITS: [&str; 16] =
    ["s", "min", "h", "day", "days", "B", "kB", "KB", "MB", "GB", "TB", "PB", "KiB", "MiB", "GiB", "TiB"];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn w46_a_line_is_words_and_nothing_that_has_to_be_seen() {
        for (drawn, heard) in [
            ("  ! Not saved yet.", "Important: Not saved yet."),
            ("~ It rains · a bit", "Note: It rains, a bit"),
            ("Account region   westeurope", "Account region: westeurope"),
            ("Cloud: Azure (public)  (Left for others)", "Cloud: Azure (public), (Left for others)"),
            ("(*) Azure CLI", "Azure CLI, chosen"),
            ("( ) In a browser", "In a browser"),
            ("[ ] stay signed in", "stay signed in, not checked"),
            ("drive1  ******-******-******", "drive1: hidden"),
            ("Alt-← leads back", "Alt-Left leads back"),
            ("40 % of it", "40 percent of it"),
            ("printf %s '******-******' | sudo", "printf %s hidden | sudo"),
        ] {
            assert_eq!(spoken(drawn, false), heard);
        }
        assert_eq!(spoken("New export      sign in and begin", true), "New export, sign in and begin");
    }

    #[test]
    fn lines_that_differ_in_figures_alone_are_alike() {
        for (one, other) in [
            ("at least 12 blobs, 3.4 GB so far", "at least 13,000 blobs, 1.2 TB so far"),
            ("Counted just now.", "Counted 5 min ago."),
            ("read 3 s ago", "read 2 days ago"),
            ("read 1 s ago, being read again", "read 0 s ago, reads again in 1 s"),
        ] {
            assert_eq!(without_figures(one), without_figures(other));
        }
        assert_ne!(without_figures("12 blobs are counted"), without_figures("12 blobs are lost"));
    }
}
