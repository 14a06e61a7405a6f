//! The display of plain line mode: lines on standard output, answers from standard input. Nothing is redrawn, no escape code is written,
//! and the terminal keeps its modes.

use std::io::{self, BufRead, BufReader, Write};
use std::thread;

use futures_util::{Stream, stream};
use tokio::sync::mpsc;

use super::display::Display;
use crate::app::Model;
use crate::plain::Dialogue;
use crate::protocol::hit::HitMap;
use crate::protocol::message::Msg;
use crate::protocol::viewport::Drawn;
use crate::term::Input;

/// Columns and rows that the model is told: the rows of the tree come in windows of this height.
pub(super) const SIZE: (u16, u16) = (120, 40);

/// Characters of a line that are taken: a field holds fewer.
const LONGEST: usize = 8_192;

/// Lines out, answers in.
#[derive(Debug)]
pub(super) struct PlainDisplay<W> {
    output: W,
    /// Answers are not seen where they were typed: each is said again.
    echo: bool,
    dialogue: Dialogue,
}

impl<W: Write> PlainDisplay<W> {
    /// A display that writes to `output`.
    pub(super) fn new(output: W, echo: bool) -> Self {
        Self { output, echo, dialogue: Dialogue::default() }
    }

    /// Writes lines. Characters that a terminal obeys are not in them; one that slips in would be shown as a question mark.
    ///
    /// # Errors
    /// Nobody reads any more.
    pub(super) fn write(&mut self, lines: &[String]) -> io::Result<()> {
        for line in lines {
            let harmless: String = line.chars().map(|c| if c.is_control() { '?' } else { c }).collect();
            writeln!(self.output, "{harmless}")?;
        }
        if lines.is_empty() { Ok(()) } else { self.output.flush() }
    }
}

impl<W: Write> Display for PlainDisplay<W> {
    fn draw(&mut self, model: &Model) -> io::Result<(Drawn, HitMap)> {
        let (lines, drawn) = self.dialogue.speak(model);
        self.write(&lines)?;
        Ok((drawn, HitMap::default()))
    }

    fn size(&self) -> (u16, u16) {
        SIZE
    }

    fn suspend(&mut self) -> io::Result<()> {
        crate::term::stop()
    }

    fn hear(&mut self, line: Option<String>) {
        match line {
            Some(line) => self.dialogue.hear(line),
            None => self.dialogue.end(),
        }
    }

    fn next_message(&mut self, model: &Model) -> io::Result<Option<Msg>> {
        let next = self.dialogue.next_message(model);
        if let Some(line) = self.dialogue.taken_line().filter(|_| self.echo) {
            self.write(&[format!("You: {line}")])?;
        }
        Ok(next)
    }

    fn has_words(&mut self) -> bool {
        self.dialogue.has_words()
    }
}

/// The lines of standard input; at its end [`Input::End`], and then nothing more. They are read by a thread of their own, which ends with
/// the program.
pub(super) fn answers() -> impl Stream<Item = io::Result<Input>> + Send + Unpin {
    let (sender, receiver) = mpsc::unbounded_channel();
    thread::spawn(move || {
        let mut reader = BufReader::new(io::stdin());
        loop {
            let input = next_line(&mut reader);
            let last = !matches!(input, Ok(Input::Line(_)));
            if sender.send(input).is_err() || last {
                return;
            }
        }
    });
    Box::pin(stream::unfold(receiver, |mut receiver| async move {
        match receiver.recv().await {
            Some(input) => Some((input, receiver)),
            None => std::future::pending().await,
        }
    }))
}

fn next_line(reader: &mut impl BufRead) -> io::Result<Input> {
    let mut line = Vec::new();
    if reader.read_until(b'\n', &mut line)? == 0 {
        return Ok(Input::End);
    }
    let text = String::from_utf8_lossy(&line).replace('\t', " ");
    Ok(Input::Line(text.chars().filter(|c| !c.is_control()).take(LONGEST).collect()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn w46_a_line_loses_its_end_and_whatever_is_no_text() {
        let mut bytes = "na\u{ef}ve\tpath\r\n\u{1b}[31mred\nlast".as_bytes();
        let mut lines = Vec::new();
        while let Ok(Input::Line(line)) = next_line(&mut bytes) {
            lines.push(line);
        }
        assert_eq!(lines, ["na\u{ef}ve path", "[31mred", "last"]);
    }

    #[test]
    fn w46_no_escape_code_is_written_whatever_a_line_holds() {
        let mut display = PlainDisplay::new(Vec::new(), false);
        display.write(&["a\u{1b}[2Jb\u{9b}".to_owned()]).unwrap();
        assert_eq!(display.output, b"a?[2Jb?\n");
    }
}
