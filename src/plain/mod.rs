//! Plain line mode: the wizard as questions and answers on lines, for screen readers and for terminals that cannot draw. It is a second
//! reader of the same model and sends the same keys: it decides nothing about an export.
//!
//! - `page`: the page on screen as a head, lines and a question. `blob_level`: the part of it for the tree. `field_question`: for a form.
//! - `words`: signs become words. `commands`: the key table as words that can be typed.
//! - `answer`: what a typed line asks for, as keys still to press. `steps_ahead`: presses them, each after the last one was carried out.
//! - [`dialogue`]: says what is new on the page, asks, and takes answers. `place_words`: where the person is, and help.
//!
//! Nothing here does IO: `driver::plain_display` writes the lines and reads the answers.

mod answer;
mod blob_level;
mod commands;
pub mod dialogue;
mod field_question;
mod page;
mod place_words;
mod steps_ahead;
pub mod words;

pub use dialogue::Dialogue;
