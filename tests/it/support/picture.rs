//! A terminal screen as an SVG: what the pictures of the README are made of. Draws cells, knows nothing of what they mean.

use std::fmt::Write as _;

use crate::support::pty::{CellStyle, Pty};

/// Width and height of a cell in the picture, in pixels.
const CELL: (usize, usize) = (9, 19);

/// The look of a terminal.
pub(crate) struct Look {
    /// The background, as the terminal answers it.
    pub background: &'static str,
    /// The background, in the picture.
    paper: &'static str,
    /// The text.
    ink: &'static str,
    /// Dim text.
    dim: &'static str,
}

/// A dark terminal.
pub(crate) const DARK: Look =
    Look { background: crate::support::pty::DARK, paper: "#11151c", ink: "#d5dae3", dim: "#8a93a3" };

/// A light one.
pub(crate) const LIGHT: Look =
    Look { background: crate::support::pty::LIGHT, paper: "#ffffff", ink: "#1f2328", dim: "#6e7781" };

/// The screen of `program` as an SVG of `columns` by `rows` cells.
pub(crate) fn svg(program: &Pty, columns: u16, rows: u16, title: &str, look: &Look) -> String {
    let (width, height) = (usize::from(columns) * CELL.0 + 24, usize::from(rows) * CELL.1 + 24);
    let mut picture = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" \
         role=\"img\" aria-label=\"{}\"><rect width=\"100%\" height=\"100%\" rx=\"8\" fill=\"{}\"/>\
         <g font-family=\"DejaVu Sans Mono, Menlo, Consolas, monospace\" font-size=\"15\">\n",
        escaped(title),
        look.paper
    );
    for row in 0..rows {
        let cells: Vec<CellStyle> = (0..columns).map(|column| program.cell(row, column)).collect();
        for (start, run) in runs(&cells) {
            draw(&mut picture, usize::from(row), start, run, look);
        }
    }
    picture.push_str("</g></svg>\n");
    picture
}

/// Neighbouring cells that look the same, with the column of the first.
fn runs(cells: &[CellStyle]) -> Vec<(usize, &[CellStyle])> {
    let mut found = Vec::new();
    let mut start = 0;
    for end in 1..=cells.len() {
        if end == cells.len() || !same(&cells[start], &cells[end]) {
            found.push((start, &cells[start..end]));
            start = end;
        }
    }
    found
}

fn same(one: &CellStyle, other: &CellStyle) -> bool {
    let plain = |style: &CellStyle| CellStyle { text: String::new(), ..style.clone() };
    plain(one) == plain(other)
}

fn draw(picture: &mut String, row: usize, start: usize, run: &[CellStyle], look: &Look) {
    let style = &run[0];
    let own = if style.dim { look.dim } else { look.ink };
    let ink = colour(style.foreground).unwrap_or_else(|| own.to_owned());
    let paper = colour(style.background);
    let (ink, paper) =
        if style.reverse { (paper.unwrap_or_else(|| look.paper.to_owned()), Some(ink)) } else { (ink, paper) };
    let (x, y) = (12 + start * CELL.0, 12 + row * CELL.1);
    let width = run.len() * CELL.0;
    if let Some(paper) = paper {
        let _ =
            writeln!(picture, "<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{}\" fill=\"{paper}\"/>", CELL.1);
    }
    let blank = |cell: &CellStyle| cell.text.trim().is_empty();
    let Some(first) = run.iter().position(|cell| !blank(cell)) else { return };
    let last = run.iter().rposition(|cell| !blank(cell)).unwrap_or(first);
    let (x, width) = (x + first * CELL.0, (last + 1 - first) * CELL.0);
    // Blanks that a browser does not take away: it would draw the letters wider to fill the length.
    let words: String = run[first..=last].iter().map(|cell| if blank(cell) { "\u{a0}" } else { &cell.text }).collect();
    let weight = if style.bold { " font-weight=\"bold\"" } else { "" };
    let _ = writeln!(
        picture,
        "<text x=\"{x}\" y=\"{}\" fill=\"{ink}\"{weight} textLength=\"{width}\" lengthAdjust=\"spacing\">{}</text>",
        y + 14,
        escaped(&words)
    );
}

/// A colour of the program; the 16 that look different on every terminal are not among them.
fn colour(colour: vt100::Color) -> Option<String> {
    match colour {
        vt100::Color::Default => None,
        vt100::Color::Idx(number) => {
            let (red, green, blue) = rgb(number);
            Some(format!("#{red:02x}{green:02x}{blue:02x}"))
        }
        vt100::Color::Rgb(red, green, blue) => Some(format!("#{red:02x}{green:02x}{blue:02x}")),
    }
}

/// Red, green and blue of one of xterm's 256 colours: from 16 on a cube of 6 by 6 by 6, from 232 on 24 greys.
pub(crate) fn rgb(number: u8) -> (u8, u8, u8) {
    let level = |step: u8| if step == 0 { 0 } else { 55 + 40 * step };
    match number {
        0..=15 => panic!("colour {number} looks different on every terminal"),
        16..=231 => {
            let place = number - 16;
            (level(place / 36), level(place / 6 % 6), level(place % 6))
        }
        232.. => {
            let grey = 8 + 10 * (number - 232);
            (grey, grey, grey)
        }
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
