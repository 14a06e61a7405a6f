//! Signs that a terminal can draw.

use crate::wizard::progress::StepMark;

/// Signs that can be drawn: the Unicode set or the ASCII set; or words in their place.
#[derive(Debug)]
pub struct Glyphs {
    /// Marks a cut.
    pub cut: &'static str,
    /// Between the parts of a line.
    pub dot: &'static str,
    /// Horizontal line.
    pub line: &'static str,
    /// Vertical line.
    pub wall: &'static str,
    /// Cursor of a list.
    pub cursor: &'static str,
    /// Closed folder.
    pub closed: &'static str,
    /// Open folder.
    pub opened: &'static str,
    /// Answered step.
    pub done: &'static str,
    /// Step on screen.
    pub here: &'static str,
    /// Step that can be opened.
    pub open: &'static str,
    /// Step that cannot be opened.
    pub locked: &'static str,
    /// There is more above.
    pub above: &'static str,
    /// There is more below.
    pub below: &'static str,
    /// Leads from one thing to another.
    pub arrow: &'static str,
    /// Full part of a bar.
    pub full: &'static str,
    /// Empty part of a bar.
    pub empty: &'static str,
    /// Masks one character of a secret.
    pub mask: &'static str,
    /// Frames of the spinner.
    pub spinner: &'static [&'static str],
    /// The lines are read out, e.g. by a screen reader: a sign is a word, and nothing is aligned or cut.
    pub read_out: bool,
}

/// For terminals with Unicode.
pub const UNICODE: Glyphs = Glyphs {
    cut: "…",
    dot: "·",
    line: "─",
    wall: "│",
    cursor: "›",
    closed: "▸",
    opened: "▾",
    done: "✓",
    here: "●",
    open: "○",
    locked: "·",
    above: "↑",
    below: "↓",
    arrow: "→",
    full: "█",
    empty: "░",
    mask: "•",
    spinner: &["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"],
    read_out: false,
};

/// For everything else.
pub const ASCII: Glyphs = Glyphs {
    cut: "...",
    dot: "-",
    line: "-",
    wall: "|",
    cursor: ">",
    // As `ls -F` marks a folder; `+` and `-` stand in check marks and before leaves.
    closed: "/",
    opened: "\\",
    done: "v",
    here: "*",
    open: "o",
    locked: ".",
    above: "^",
    below: "v",
    arrow: "->",
    full: "#",
    empty: ".",
    mask: "*",
    spinner: &["|", "/", "-", "\\"],
    read_out: false,
};

/// For lines that are read out.
pub const WORDS: Glyphs = Glyphs {
    cut: "",
    dot: ",",
    line: "",
    wall: "",
    cursor: "",
    closed: "",
    opened: "",
    done: "Done:",
    here: "Now:",
    open: "Ahead:",
    locked: "",
    above: "",
    below: "",
    arrow: "to",
    full: "",
    empty: "",
    mask: "*",
    spinner: &[""],
    read_out: true,
};

impl Glyphs {
    /// The program's own words with no sign that this set lacks: with ASCII `Alt-←` becomes `Alt-Left`.
    pub fn spell(&self, words: &str) -> String {
        const PLAIN: [(char, &str); 8] = [
            ('←', "Left"),
            ('→', "Right"),
            ('↑', "Up"),
            ('↓', "Down"),
            ('…', "..."),
            ('·', "-"),
            ('“', "\""),
            ('”', "\""),
        ];
        if self.cut == UNICODE.cut {
            return words.to_owned();
        }
        PLAIN.into_iter().fold(words.to_owned(), |words, (sign, plain)| words.replace(sign, plain))
    }

    /// The sign of a step's state.
    pub fn mark(&self, mark: StepMark) -> &'static str {
        if self.read_out {
            return mark_word(mark);
        }
        match mark {
            StepMark::Done => self.done,
            StepMark::Here => self.here,
            StepMark::Open => self.open,
            StepMark::NeedsYou => "!",
            StepMark::Stale => "~",
            StepMark::Locked => self.locked,
        }
    }
}

fn mark_word(mark: StepMark) -> &'static str {
    match mark {
        StepMark::Done => "Done:",
        StepMark::Here => "Here:",
        StepMark::Open => "Open:",
        StepMark::NeedsYou => "Needs you:",
        StepMark::Stale => "Look again:",
        StepMark::Locked => "Not yet:",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::text;

    fn signs(glyphs: &Glyphs) -> Vec<&'static str> {
        let Glyphs {
            cut,
            dot,
            line,
            wall,
            cursor,
            closed,
            opened,
            done,
            here,
            open,
            locked,
            above,
            below,
            arrow,
            full,
            empty,
            mask,
            spinner,
            read_out: _,
        } = glyphs;
        let single = [
            cut, dot, line, wall, cursor, closed, opened, done, here, open, locked, above, below, arrow, full, empty,
            mask,
        ];
        single.into_iter().chain(spinner.iter()).copied().collect()
    }

    #[test]
    fn every_sign_takes_one_column() {
        for sign in signs(&UNICODE) {
            assert_eq!((text::width(sign), sign.chars().count()), (1, 1), "{sign}");
        }
    }

    #[test]
    fn where_signs_would_be_wide_their_replacements_are_ascii() {
        for sign in signs(&ASCII) {
            assert!(sign.is_ascii(), "{sign}");
        }
        let keys = "Alt-\u{2190} Alt-\u{2192} \u{2191} \u{2193} \u{2026} \u{b7} \u{201c}\u{201d}";
        assert!(ASCII.spell(keys).is_ascii(), "{}", ASCII.spell(keys));
    }
}
