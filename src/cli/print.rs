//! The output of commands without a screen: aligned tables for people, JSON for programs.

use std::io::{self, Write};
use std::sync::OnceLock;

use serde_json::Value;

use crate::azure::fault::Fault;
use crate::ui::text;

/// Why something of the output is lost, e.g. a disk that is full.
static LOST: OnceLock<String> = OnceLock::new();

/// Writes text. A reader that closed its end early (`head`) is not an error; any other loss is told by [`lost`].
pub(super) fn out(text: &str) {
    let mut out = io::stdout().lock();
    if let Err(error) = out.write_all(text.as_bytes()).and_then(|()| out.flush())
        && error.kind() != io::ErrorKind::BrokenPipe
    {
        LOST.get_or_init(|| error.to_string());
    }
}

/// Something of the output could not be written: what is in the file or at the reader is not whole.
pub(super) fn lost() -> Option<Fault> {
    LOST.get().map(|why| Fault::local("write the output", why.clone()))
}

/// Writes what is made piece by piece, control characters escaped as JSON has them. A reader that closed its end early is not an error.
///
/// # Errors
/// It cannot be made, or not be written.
pub(super) fn stream(make: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
    let mut out = CleanOutput(io::BufWriter::new(io::stdout().lock()));
    match make(&mut out).and_then(|()| out.0.flush()) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        done => done,
    }
}

/// Standard output for text in pieces that end between characters.
struct CleanOutput(io::BufWriter<io::StdoutLock<'static>>);

impl Write for CleanOutput {
    fn write(&mut self, piece: &[u8]) -> io::Result<usize> {
        let clean = text::clean_json(&String::from_utf8_lossy(piece));
        self.0.write_all(clean.as_bytes())?;
        Ok(piece.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

/// Writes a sentence to standard error, beside a result that stands.
pub(super) fn note(sentence: &str) {
    let _nobody_reads = io::stderr().write_all(format!("blobfreight: {}\n", text::clean(sentence)).as_bytes());
}

/// Writes JSON, indented, with a newline at its end, control characters escaped.
pub(super) fn json(value: &Value) {
    out(&format!("{}\n", text::clean_json(&format!("{value:#}"))));
}

/// Writes rows under a heading, columns aligned, control characters made visible.
pub(super) fn table<const N: usize>(heading: [&str; N], rows: Vec<[String; N]>) {
    out(&aligned(heading, rows));
}

/// Writes rows without a heading, their values between tabs. A tab or a line end within a value is made visible.
pub(super) fn tsv<const N: usize>(rows: Vec<[String; N]>) {
    let line = |row: [String; N]| row.map(|cell| text::clean(&cell)).join("\t") + "\n";
    out(&rows.into_iter().map(line).collect::<String>());
}

/// The rows under a heading as text.
pub(super) fn aligned<const N: usize>(heading: [&str; N], rows: Vec<[String; N]>) -> String {
    let rows: Vec<[String; N]> = std::iter::once(heading.map(str::to_owned)).chain(rows).collect();
    let rows: Vec<[String; N]> = rows.into_iter().map(|row| row.map(|cell| text::clean(&cell))).collect();
    let mut widths = [0; N];
    for row in &rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = text::width(cell).max(*width);
        }
    }
    let mut table = String::new();
    for row in &rows {
        let mut line = String::new();
        for (cell, width) in row.iter().zip(widths) {
            line.push_str(cell);
            line.push_str(&" ".repeat(width.saturating_sub(text::width(cell)) + 2));
        }
        table.push_str(line.trim_end());
        table.push('\n');
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_line_up_whatever_a_service_calls_things() {
        let rows = vec![["東京".to_owned(), "1".to_owned()], ["a\x1b[2J".to_owned(), "22".to_owned()]];
        let table = aligned(["NAME", "N"], rows);
        assert!(!table.contains('\x1b'), "{table:?}");
        let at = |line: &str, cell: &str| text::width(&line[..line.rfind(cell).unwrap()]);
        let lines: Vec<&str> = table.lines().collect();
        assert_eq!(at(lines[0], "N"), at(lines[1], "1"));
        assert_eq!(at(lines[1], "1"), at(lines[2], "22"));
    }
}
