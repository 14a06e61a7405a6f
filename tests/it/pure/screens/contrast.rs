//! Every text can be read: the contrast of each colour on the backgrounds of the usual terminals, as WCAG 2.2 computes it.

use blobfreight::protocol::palette::{Palette, TextColour};
use blobfreight::ui::paint;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Color, Modifier};

use super::SIZES;
use crate::pure::screens::forms;
use crate::pure::screens::start;

/// The least contrast of text at level AA.
const AA: f64 = 4.5;

const DARK: [(&str, u32); 5] = [
    ("xterm", 0x00_0000),
    ("Tango", 0x2e_3436),
    ("Solarized dark", 0x00_2b36),
    ("One Half Dark", 0x28_2c34),
    ("Terminal.app Pro", 0x00_0000),
];

const LIGHT: [(&str, u32); 5] = [
    ("xterm", 0xff_ffff),
    ("Tango", 0xee_eeec),
    ("Solarized light", 0xfd_f6e3),
    ("One Half Light", 0xfa_fafa),
    ("Terminal.app Basic", 0xff_ffff),
];

/// The 16 colours of the console of Linux from 8 on; text uses no other.
const CONSOLE: [u32; 8] = [0x55_5555, 0xff_5555, 0x55_ff55, 0xff_ff55, 0x55_55ff, 0xff_55ff, 0x55_ffff, 0xff_ffff];

fn colours(palette: Palette) -> [(&'static str, TextColour); 5] {
    let Palette { key, good, caution, alarm, quiet } = palette;
    [("key", key), ("good", good), ("caution", caution), ("alarm", alarm), ("quiet", quiet)]
}

/// Red, green and blue of one of the 256 colours.
fn rgb(number: u8) -> u32 {
    let level = |step: u8| u32::from(if step == 0 { 0 } else { 55 + 40 * step });
    match number {
        0..=7 => panic!("colour {number} is too dark or too bright somewhere"),
        8..=15 => CONSOLE[usize::from(number - 8)],
        16..=231 => {
            let place = number - 16;
            level(place / 36) << 16 | level(place / 6 % 6) << 8 | level(place % 6)
        }
        232.. => u32::from(8 + 10 * (number - 232)) * 0x01_0101,
    }
}

fn luminance(rgb: u32) -> f64 {
    let [_, red, green, blue] = rgb.to_be_bytes();
    let linear = |part: u8| {
        let part = f64::from(part) / 255.0;
        if part <= 0.040_45 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
}

fn contrast(one: u32, other: u32) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

#[track_caller]
fn can_be_read(palette: Palette, backgrounds: &[(&str, u32)]) {
    for (role, colour) in colours(palette) {
        let TextColour::Indexed(number) = colour else { continue };
        assert!(!matches!(number, 0 | 3 | 7 | 8 | 11 | 15), "{role}: black, white or yellow");
        for (terminal, background) in backgrounds {
            let found = contrast(rgb(number), *background);
            assert!(found >= AA, "{role} (colour {number}) on {terminal}: {found:.2}:1");
        }
    }
}

#[test]
fn the_arithmetic_is_that_of_wcag() {
    assert!((contrast(0, 0xff_ffff) - 21.0).abs() < 1e-9);
    assert!((contrast(0x77_7777, 0xff_ffff) - 4.48).abs() < 0.01, "the well-known grey that just fails");
}

#[test]
fn w96_every_colour_can_be_read_on_its_background() {
    can_be_read(Palette::DARK, &DARK);
    can_be_read(Palette::LIGHT, &LIGHT);
    can_be_read(Palette::CONSOLE, &[("the console of Linux", 0)]);
}

#[test]
fn w96_a_screen_has_no_colour_beside_those_of_the_palette() {
    for palette in [Palette::DARK, Palette::LIGHT] {
        let allowed: Vec<Color> = colours(palette)
            .into_iter()
            .map(|(_, colour)| match colour {
                TextColour::Indexed(number) => Color::Indexed(number),
                TextColour::Own | TextColour::Rgb(..) => Color::Reset,
            })
            .chain([Color::Reset])
            .collect();
        for mut app in [start::with_drafts(start::drafts()), forms::faulty(), forms::ready()] {
            app.model.settings.palette = palette;
            for (columns, rows) in SIZES {
                app.on_screen(columns, rows);
                let area = Rect::new(0, 0, columns, rows);
                let mut buffer = Buffer::empty(area);
                paint(&app.model, area, &mut buffer);
                let wrong = buffer.content.iter().find(|cell| {
                    !allowed.contains(&cell.fg) || cell.bg != Color::Reset || cell.modifier.contains(Modifier::DIM)
                });
                assert!(wrong.is_none(), "{wrong:?}");
            }
        }
    }
}
