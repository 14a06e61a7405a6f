//! The terminal: what its environment says, and what it says itself. Without one, each line says that it was not checked.

use std::io::{self, IsTerminal as _};

use unicode_width::UnicodeWidthStr as _;

use super::check::{CheckVerdict, DoctorArea, DoctorCheck};
use crate::protocol::palette::Background;
use crate::term::screen::measure;
use crate::term::{self, Caps, ColourDepth, ProbeAnswers, ProbeOutcome, TerminalAnswers, questions};
use crate::ui::theme::UNICODE;

/// Signs of the screen that some terminals draw in two columns.
const SIGNS: [&str; 7] =
    [UNICODE.dot, UNICODE.cursor, UNICODE.here, UNICODE.open, UNICODE.arrow, UNICODE.done, UNICODE.cut];

/// A screen of this size shows every step without a shortened rail.
const COMFORTABLE: (u16, u16) = (80, 24);

/// Looks at the terminal.
pub(super) fn checks(lookup: impl Fn(&str) -> Option<String>) -> Vec<DoctorCheck> {
    let caps = Caps::from_env(&lookup);
    let kind = lookup("TERM").filter(|term| !term.is_empty());
    let mut checks = vec![named(kind.as_deref(), lookup("TERM_PROGRAM").as_deref(), lookup("TMUX").is_some())];
    checks.push(colours(caps));
    checks.push(glyphs(caps));
    let is_terminal = io::stdout().is_terminal() || io::stderr().is_terminal();
    let why_not = match (is_terminal, kind.as_deref()) {
        (false, _) => Some("there is no terminal: the output is a pipe or a file"),
        (true, Some("dumb")) => Some("the terminal says that it is dumb"),
        (true, _) => None,
    };
    match why_not {
        Some(why) => checks.extend(unasked(why)),
        None => checks.extend(asked()),
    }
    checks
}

fn line(name: &str, verdict: CheckVerdict, message: impl Into<String>) -> DoctorCheck {
    DoctorCheck::new(DoctorArea::Terminal, name, verdict, message)
}

fn named(kind: Option<&str>, program: Option<&str>, in_tmux: bool) -> DoctorCheck {
    let program = program.map(|program| format!(", {program}")).unwrap_or_default();
    let tmux = if in_tmux { ", in tmux" } else { "" };
    match kind {
        None => line("Kind", CheckVerdict::NotChecked, "TERM is not set"),
        Some("dumb") => line("Kind", CheckVerdict::Warning, format!("dumb{program}{tmux}"))
            .advise("The wizard asks on lines here, as with --plain."),
        Some(kind) => line("Kind", CheckVerdict::Ok, format!("{kind}{program}{tmux}")),
    }
}

fn colours(caps: Caps) -> DoctorCheck {
    let words = match caps.colours {
        ColourDepth::None => "none: NO_COLOR is set, or the terminal has none",
        ColourDepth::Sixteen => "16, of which bold and dim are used",
        ColourDepth::Console => "those of the Linux console",
        ColourDepth::Many => "256",
    };
    line("Colours", CheckVerdict::Ok, words)
}

fn glyphs(caps: Caps) -> DoctorCheck {
    let words = if caps.ascii {
        "ASCII only, by the locale, the terminal or BLOBFREIGHT_ASCII"
    } else {
        "all, the locale is UTF-8"
    };
    line("Characters", CheckVerdict::Ok, words)
}

fn unasked(why: &str) -> Vec<DoctorCheck> {
    ["Size", "Background", "Width of signs", "Clipboard"].map(|name| line(name, CheckVerdict::NotChecked, why)).to_vec()
}

fn asked() -> Vec<DoctorCheck> {
    let signs = SIGNS;
    let outcome = term::probe(&signs);
    let background = background(if outcome == ProbeOutcome::Silent { None } else { term::background() });
    let mut checks = vec![size(measure()), background];
    if outcome != ProbeOutcome::Silent {
        checks.push(keyboard(questions::ask(false)));
    }
    match outcome {
        ProbeOutcome::Answered(answers) => checks.extend([widths(&signs, &answers), clipboard(&answers)]),
        ProbeOutcome::Silent => {
            let silent = "the terminal did not answer";
            checks.extend(["Width of signs", "Clipboard"].map(|name| line(name, CheckVerdict::NotChecked, silent)));
        }
        ProbeOutcome::NotAsked(why) => {
            checks
                .extend(["Width of signs", "Clipboard"].map(|name| line(name, CheckVerdict::NotChecked, why.clone())));
        }
    }
    checks
}

fn size((columns, rows): (u16, u16)) -> DoctorCheck {
    if columns == 0 || rows == 0 {
        return line("Size", CheckVerdict::NotChecked, "the terminal does not tell its size");
    }
    let words = format!("{columns} columns, {rows} rows");
    if columns < COMFORTABLE.0 || rows < COMFORTABLE.1 {
        return line("Size", CheckVerdict::Warning, words).advise("80 columns and 24 rows show more at once.");
    }
    line("Size", CheckVerdict::Ok, words)
}

fn keyboard(answers: TerminalAnswers) -> DoctorCheck {
    let words = if answers.keyboard {
        "each key of its own (kitty protocol)"
    } else {
        "as on a terminal without the kitty protocol"
    };
    line("Keyboard", CheckVerdict::Ok, words)
}

fn background(answer: Option<Background>) -> DoctorCheck {
    match answer {
        Some(Background::Light) => line("Background", CheckVerdict::Ok, "light"),
        Some(Background::Dark) => line("Background", CheckVerdict::Ok, "dark"),
        None => line("Background", CheckVerdict::NotChecked, "the terminal does not tell it (OSC 11)")
            .advise("Write background = \"dark\" or \"light\" below [theme] in the configuration."),
    }
}

/// Signs that are drawn wider than they are counted shift or hide what stands behind them.
fn widths(signs: &[&str], answers: &ProbeAnswers) -> DoctorCheck {
    let name = "Width of signs";
    let told: Vec<(&str, u16)> =
        signs.iter().zip(&answers.widths).filter_map(|(sign, width)| Some((*sign, (*width)?))).collect();
    if told.is_empty() {
        return line(name, CheckVerdict::NotChecked, "the terminal does not tell where the cursor is");
    }
    let odd: Vec<String> = told
        .iter()
        .filter(|(sign, width)| usize::from(*width) != sign.width())
        .map(|(sign, width)| format!("{sign} takes {width}"))
        .collect();
    if odd.is_empty() {
        return line(name, CheckVerdict::Ok, format!("{} take a column each", signs.join(" ")));
    }
    line(name, CheckVerdict::Warning, format!("drawn wider than one column: {}", odd.join(", ")))
        .advise("Turn wide ambiguous characters off in the terminal, or start with --ascii.")
}

fn clipboard(answers: &ProbeAnswers) -> DoctorCheck {
    if answers.clipboard {
        return line("Clipboard", CheckVerdict::Ok, "the terminal takes text to copy (OSC 52)");
    }
    line("Clipboard", CheckVerdict::NotChecked, "the terminal does not say whether it takes text to copy (OSC 52)")
        .advise(
            "Where the wizard copies nothing, allow it in the settings of the terminal, in tmux with `set -g set-clipboard on`.",
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_that_are_drawn_wide_are_named() {
        let answers = ProbeAnswers { widths: vec![Some(1), Some(2), None], clipboard: false };
        let check = widths(&["·", "●", "→"], &answers);
        assert_eq!(check.verdict, CheckVerdict::Warning);
        assert!(check.message.contains("● takes 2") && !check.message.contains("→"), "{check:?}");
        let fine = ProbeAnswers { widths: vec![Some(1); 3], clipboard: true };
        assert_eq!(widths(&["·", "●", "→"], &fine).verdict, CheckVerdict::Ok);
        assert_eq!(clipboard(&fine).verdict, CheckVerdict::Ok);
        assert_eq!(clipboard(&answers).verdict, CheckVerdict::NotChecked);
    }

    #[test]
    fn without_a_terminal_nothing_is_said_to_be_right_or_wrong_with_it() {
        for check in unasked("there is no terminal") {
            assert_eq!(check.verdict, CheckVerdict::NotChecked);
        }
    }
}
