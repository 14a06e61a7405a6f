//! The fast parser of listing pages. It accepts only what it fully recognises; anything else is [`Unrecognised`], and the page is fetched
//! again for the full parser.
//!
//! - `fast_parser`: the parts of a page, and its entries tag by tag.
//! - `template`: entries compared with earlier ones, which is several times quicker.
//! - `tag`: single tags.
//! - `parse_step`: what a step of the parser returns.

mod fast_parser;
mod parse_step;
mod tag;
mod template;

pub use fast_parser::FastParser;
pub use parse_step::Unrecognised;
