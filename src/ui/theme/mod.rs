//! Colours and glyphs. Every state has a glyph or a word as well.
//!
//! - `roles`: the style of each role that text has. Steps name roles, never colours.
//! - `colouring`: puts the colours of the palette in place of the roles, once a frame.
//! - `glyphs`: the Unicode set, the ASCII set, and words for lines that are read out.

mod colouring;
mod glyphs;
mod roles;

pub use colouring::colour;
pub use glyphs::{ASCII, Glyphs, UNICODE, WORDS};
pub use roles::{alarm, caution, dim, focused, good, in_focus, key, link, mark, title};
