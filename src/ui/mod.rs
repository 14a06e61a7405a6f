//! The screen as a function of the model. It reads `&Model`, changes nothing and starts no request.
//!
//! - `screen`: draws the whole screen.
//! - `shell`: what is on every screen: header, title, button, remark. `hints`: the keys at the foot. `rail`: the steps. `help`: the pages over it, with `keys_page` and `step_list`. `start`: the start screen, with `start_guide`,
//!   `start_look` and `start_preview`.
//! - `steps`: a file or a folder for each step.
//! - `links`: the texts that lead to an address. `page_text`: the page on screen as lines that are read out. `body`: the lines of a page. `draw_context`: what they are drawn with. `click_places`: what of them a click goes to. `text`: measures and cuts text. `theme`: colours and glyphs. `window_title`: the title of the window.

pub mod body;
mod click_places;
mod draw_context;
mod help;
mod hints;
mod keys_page;
mod links;
mod page_text;
mod rail;
mod screen;
mod shell;
mod sign_in_prompt;
mod start;
mod start_guide;
mod start_look;
mod start_preview;
mod step_list;
mod steps;
pub mod text;
pub mod theme;
mod window_title;

pub use body::{PageText, Placed};
pub use links::links;
pub use page_text::page_text;
pub use screen::{SMALLEST, draw, paint};
pub use window_title::{LongWork, window_title};
