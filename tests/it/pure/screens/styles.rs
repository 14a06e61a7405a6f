//! Screens of terminals with less: only ASCII signs, and no colour. Below a screen without colour stand its runs of reverse video and bold
//! text, since they carry what colour would: `row 6 column 30-79 reversed`, counted from 1.

use std::fmt::Write as _;

use blobfreight::protocol::palette::Palette;
use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Rect;
use ratatui::style::{Color, Modifier};

use crate::pure::screens::account;
use crate::pure::screens::blobs;
use crate::pure::screens::forms;
use crate::pure::screens::sign_in;
use crate::pure::screens::start;
use crate::pure::screens::{SIZES, compare, still, titled};
use crate::support::app_harness::AppHarness;

/// The states that show most of the signs.
fn states() -> [(&'static str, AppHarness); 6] {
    [
        ("start", start::with_drafts(start::drafts())),
        ("account", account::doubtful()),
        ("blobs", blobs::checked().app),
        ("address", forms::faulty()),
        ("review", forms::ready()),
        ("sign_in_place", sign_in::code_in_place()),
    ]
}

#[test]
fn with_ascii_signs() {
    for (name, mut app) in states() {
        app.model.settings.ascii = true;
        let screens = SIZES.map(|size| {
            still(&mut app, size);
            assert!(app.frame().concat().is_ascii(), "{name}: {:?}", app.frame());
            titled(size, &app)
        });
        compare(&format!("ascii_{name}"), &screens.concat());
    }
}

#[test]
fn without_colour() {
    for (name, mut app) in states() {
        app.model.settings.palette = Palette::OWN;
        still(&mut app, SIZES[0]);
        let screen = titled(SIZES[0], &app);
        compare(&format!("no_colour_{name}"), &format!("{screen}\n{}", runs(&app)));
    }
}

/// The runs of reversed and of bold cells, one a line.
fn runs(app: &AppHarness) -> String {
    let (columns, rows) = app.model.size;
    let area = Rect::new(0, 0, columns, rows);
    let mut buffer = Buffer::empty(area);
    blobfreight::ui::paint(&app.model, area, &mut buffer);
    let mut lines = String::new();
    for (row, cells) in (1..).zip(buffer.content.chunks(usize::from(columns))) {
        let mut column = 1;
        for run in cells.chunk_by(|one, other| style(one) == style(other)) {
            let end = column + run.len() - 1;
            if let Some(style) = style(&run[0]) {
                writeln!(lines, "row {row} column {column}-{end} {style}").unwrap();
            }
            column = end + 1;
        }
    }
    lines
}

/// What a cell has in place of a colour.
fn style(cell: &Cell) -> Option<&'static str> {
    assert_eq!((cell.fg, cell.bg), (Color::Reset, Color::Reset), "a colour at {:?}", cell.symbol());
    if cell.modifier.contains(Modifier::REVERSED) {
        Some("reversed")
    } else {
        cell.modifier.contains(Modifier::BOLD).then_some("bold")
    }
}
