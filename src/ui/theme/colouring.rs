//! Puts the colours of the palette in place of the roles.

use ratatui::buffer::{Buffer, Cell};
use ratatui::style::{Color, Modifier};

use super::roles::{ALARM, CAUTION, GOOD, KEY};
use crate::protocol::palette::{Palette, TextColour};

/// Colours a whole frame. Without colours of their own, warnings and failures are bold.
pub fn colour(buffer: &mut Buffer, palette: &Palette) {
    for cell in &mut buffer.content {
        match cell.fg {
            KEY => set(cell, palette.key, Modifier::empty()),
            GOOD => set(cell, palette.good, Modifier::empty()),
            CAUTION => set(cell, palette.caution, Modifier::BOLD),
            ALARM => set(cell, palette.alarm, Modifier::BOLD),
            _ => quieten(cell, palette.quiet),
        }
    }
}

fn set(cell: &mut Cell, colour: TextColour, weight: Modifier) {
    cell.fg = shown(colour);
    if colour == TextColour::Own {
        cell.modifier |= weight;
    }
}

/// A terminal's dim text has any contrast. A colour of the palette takes its place where there is one.
fn quieten(cell: &mut Cell, colour: TextColour) {
    if colour != TextColour::Own && cell.modifier.contains(Modifier::DIM) {
        cell.modifier.remove(Modifier::DIM);
        cell.fg = shown(colour);
    }
}

fn shown(colour: TextColour) -> Color {
    match colour {
        TextColour::Own => Color::Reset,
        TextColour::Indexed(number) => Color::Indexed(number),
        TextColour::Rgb(red, green, blue) => Color::Rgb(red, green, blue),
    }
}
