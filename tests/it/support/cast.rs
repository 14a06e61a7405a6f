//! A session at a terminal as an asciicast, version 2: a line that describes the terminal, then a line for each frame, `[SECONDS, "o", TEXT]`.
//! The times are made up, so that a person can read along and the same session gives the same file.

use std::fmt::Write as _;

use serde_json::{Value, json};

/// Where a frame ends.
const FRAME_END: &str = "\x1b[?2026l";
/// What is between two frames at least, in hundredths of a second.
const LEAST: usize = 8;
/// What a new screen is read for at most.
const MOST: usize = 160;
/// The screen stands still behind a mark.
const STILL: usize = 250;

/// A place in a session with its name.
pub(crate) struct CastMark {
    /// So many bytes were written before it.
    pub at: usize,
    /// Its name, for a player that can go there.
    pub name: String,
}

/// What a program wrote as a recording.
pub(crate) fn cast(title: &str, (columns, rows): (u16, u16), output: &str, marks: &[CastMark]) -> String {
    let env = json!({ "TERM": "xterm-256color" });
    let head = json!({ "version": 2, "width": columns, "height": rows, "title": title, "env": env });
    let mut text = format!("{head}\n");
    let (mut at, mut time) = (0, 0);
    let mut marks = marks.iter().peekable();
    for frame in output.split_inclusive(FRAME_END) {
        at += frame.len();
        let shown = without_questions(frame);
        if !shown.is_empty() {
            event(&mut text, time, 'o', &shown);
        }
        time += (LEAST + letters(frame) / 10).min(MOST);
        while let Some(mark) = marks.next_if(|mark| mark.at <= at) {
            event(&mut text, time, 'm', &mark.name);
            time += STILL;
        }
    }
    text
}

fn event(text: &mut String, time: usize, kind: char, data: &str) {
    writeln!(text, "[{}.{:02}, \"{kind}\", {}]", time / 100, time % 100, Value::from(data)).unwrap();
}

/// The letters of a frame: what there is to read in it.
fn letters(frame: &str) -> usize {
    let text = parts(frame).map(|(_, text)| text);
    text.map(|text| text.chars().filter(|c| c.is_alphanumeric()).count()).sum()
}

/// Without what asks the terminal or changes its keyboard, its mouse, its title or its clipboard: the terminal of a person who looks at the recording
/// would answer, and stay changed.
fn without_questions(frame: &str) -> String {
    parts(frame)
        .map(|(sequence, text)| if asks(sequence) { text.to_owned() } else { format!("{sequence}{text}") })
        .collect()
}

/// The control sequences of a frame, each with the text behind it.
fn parts(frame: &str) -> impl Iterator<Item = (&str, &str)> {
    let begins = frame.match_indices('\x1b').map(|(at, _)| at).filter(|at| *at > 0);
    let ends = begins.clone().chain([frame.len()]);
    [0].into_iter().chain(begins).zip(ends).map(|(from, to)| {
        let part = &frame[from..to];
        part.split_at(sequence_length(part))
    })
}

fn sequence_length(part: &str) -> usize {
    let Some(rest) = part.strip_prefix('\x1b') else { return 0 };
    let found = match rest.chars().next() {
        Some('[') => rest.bytes().skip(1).position(|byte| (b'@'..=b'~').contains(&byte)).map(|at| at + 2),
        // Until the bell; or until the next sequence, `ESC \`, which ends it.
        Some(']' | 'P') => rest.find('\x07').map(|at| at + 1),
        first => first.map(char::len_utf8),
    };
    found.map_or(part.len(), |length| length + 1)
}

fn asks(sequence: &str) -> bool {
    // The keyboard, the mouse, the focus, pasting.
    let modes = ["?1000", "?1002", "?1003", "?1004", "?1006", "?1015", "?2004"];
    match sequence.as_bytes() {
        [b'\x1b', b'[', .., b'c' | b'n' | b'u' | b't'] | [b'\x1b', b']' | b'P' | b'\\', ..] => true,
        [b'\x1b', b'[', ..] => modes.iter().any(|mode| sequence[2..].starts_with(mode)),
        _ => false,
    }
}

#[test]
fn a_recording_has_a_line_for_each_frame_and_asks_the_terminal_nothing() {
    let output =
        "\x1b[c\x1b]11;?\x07\x1b[?2004h\x1b[?2026hé\x1b[1mA\x1b]8;;x://y\x1b\\b\x1b[?2026l\x1b[?2026hC\x1b[?2026l";
    let marks = [CastMark { at: output.len() - 1, name: "C".into() }];
    let made = cast("T", (80, 24), output, &marks);
    let lines: Vec<Value> = made.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines[0]["version"], 2);
    assert_eq!(lines[1], json!([0.0, "o", "\x1b[?2026hé\x1b[1mAb\x1b[?2026l"]));
    assert_eq!(lines[2], json!([0.08, "o", "\x1b[?2026hC\x1b[?2026l"]));
    assert_eq!(lines[3], json!([0.16, "m", "C"]));
}
