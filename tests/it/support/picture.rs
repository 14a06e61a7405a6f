//! A terminal screen as an SVG: what the pictures of the README are made of. Draws cells, knows nothing of what they mean.

use std::fmt::Write as _;

use crate::support::pty::{CellStyle, Pty};

/// Width and height of a cell in the picture, in pixels.
const CELL: (usize, usize) = (9, 19);
const PAPER: &str = "#11151c";
const INK: &str = "#d5dae3";

/// The 16 colours of a quiet dark theme, in the order terminals number them.
const PALETTE: [&str; 16] = [
    "#11151c", "#e06c75", "#8fc379", "#dfb569", "#6aa6e8", "#c08be0", "#5bb8c4", "#c3c9d4", "#5c6673", "#ee8f96",
    "#aad69a", "#f0d08f", "#93c1f2", "#d6b0ee", "#87d1da", "#ffffff",
];

/// The screen of `program` as an SVG of `columns` by `rows` cells.
pub(crate) fn svg(program: &Pty, columns: u16, rows: u16, title: &str) -> String {
    let (width, height) = (usize::from(columns) * CELL.0 + 24, usize::from(rows) * CELL.1 + 24);
    let mut picture = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" \
         role=\"img\" aria-label=\"{}\"><rect width=\"100%\" height=\"100%\" rx=\"8\" fill=\"{PAPER}\"/>\
         <g font-family=\"DejaVu Sans Mono, Menlo, Consolas, monospace\" font-size=\"15\" xml:space=\"preserve\">\n",
        escaped(title)
    );
    for row in 0..rows {
        let cells: Vec<CellStyle> = (0..columns).map(|column| program.cell(row, column)).collect();
        for (start, run) in runs(&cells) {
            draw(&mut picture, usize::from(row), start, run);
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

fn draw(picture: &mut String, row: usize, start: usize, run: &[CellStyle]) {
    let style = &run[0];
    let ink = if style.dim { "#8a93a3" } else { colour(style.foreground).unwrap_or(INK) };
    let paper = colour(style.background);
    let (ink, paper) = if style.reverse { (paper.unwrap_or(PAPER), Some(ink)) } else { (ink, paper) };
    let (x, y) = (12 + start * CELL.0, 12 + row * CELL.1);
    let width = run.len() * CELL.0;
    if let Some(paper) = paper {
        let _ =
            writeln!(picture, "<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{}\" fill=\"{paper}\"/>", CELL.1);
    }
    let words: String = run.iter().map(|cell| if cell.text.is_empty() { " " } else { cell.text.as_str() }).collect();
    if words.trim().is_empty() {
        return;
    }
    let weight = if style.bold { " font-weight=\"bold\"" } else { "" };
    let _ = writeln!(
        picture,
        "<text x=\"{x}\" y=\"{}\" fill=\"{ink}\"{weight} textLength=\"{width}\" lengthAdjust=\"spacing\">{}</text>",
        y + 14,
        escaped(&words)
    );
}

fn colour(colour: vt100::Color) -> Option<&'static str> {
    match colour {
        vt100::Color::Idx(index) => PALETTE.get(usize::from(index)).copied(),
        vt100::Color::Default | vt100::Color::Rgb(..) => None,
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
