//! The street lines as the service gets them. Carriers print 35 characters of a line on a label (neither service publishes a length), so
//! a longer line is cut between words where the lower lines have room.

/// Characters that a line of a carrier's label commonly holds.
pub(super) const LABEL_LINE: usize = 35;

/// The lines in at most `most` lines of 35 characters. Lines that fit stay as they are; where words do not fit either, so do all.
pub(super) fn cut(lines: [String; 3], most: usize) -> [String; 3] {
    let long = |line: &String| line.chars().count() > LABEL_LINE;
    if !lines.iter().any(long) {
        return lines;
    }
    let whole: Vec<&str> = lines.iter().map(String::as_str).filter(|line| !line.is_empty()).collect();
    let each: Vec<String> = whole.iter().flat_map(|line| wrapped(line)).collect();
    let joined = wrapped(&whole.join(", "));
    let fits = |found: &Vec<String>| found.len() <= most && !found.iter().any(long);
    let Some(found) = [each, joined].into_iter().find(fits) else { return lines };
    let mut found = found.into_iter();
    [(); 3].map(|()| found.next().unwrap_or_default())
}

/// A text in lines of at most 35 characters, as far as its words allow.
fn wrapped(text: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= LABEL_LINE => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut_of(lines: [&str; 3], most: usize) -> [String; 3] {
        cut(lines.map(str::to_owned), most)
    }

    #[test]
    fn a_long_line_goes_on_in_the_next_one_and_short_ones_stay() {
        assert_eq!(cut_of(["1 Way", "", "Gate 2"], 3), ["1 Way", "", "Gate 2"]);
        let long = "Building 12, Industrial Estate North, 12 Harbour Road";
        assert_eq!(cut_of([long, "", ""], 2), ["Building 12, Industrial Estate", "North, 12 Harbour Road", ""]);
        let with_gate = cut_of([long, "Gate 2", ""], 2);
        assert_eq!(with_gate, ["Building 12, Industrial Estate", "North, 12 Harbour Road, Gate 2", ""]);
    }

    #[test]
    fn no_word_is_lost_and_nothing_is_cut_that_does_not_fit() {
        let word = "x".repeat(36);
        let three = [
            "Logistics Campus Hamburg-Altenwerder Hall 7b",
            "Vollhöfner Weiden Süd Zufahrt 14 Tor 3",
            "Eingang hinter dem Kontorhaus links",
        ];
        for lines in [[word.as_str(), "", ""], three] {
            assert_eq!(cut_of(lines, 2), lines);
        }
    }
}
