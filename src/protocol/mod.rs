//! The language that the parts of the program speak: keys, actions, messages, calls, effects, request slots, names of the steps. Plain data.
//!
//! Read [`message`] first: the driver and the model exchange nothing else. A [`call`] is a request that the driver carries out,
//! [`progress`] reports on it while it runs, a [`reply`] answers it.

pub mod action;
pub mod call;
mod call_name;
pub mod drive_verification;
pub mod hit;
pub mod inflight;
pub mod key;
pub mod keymap;
pub mod message;
pub mod named_text;
pub mod overview;
pub mod palette;
pub mod progress;
pub mod rehearsal_order;
pub mod reply;
pub mod slot;
pub mod step;
pub mod viewport;
pub mod window;
