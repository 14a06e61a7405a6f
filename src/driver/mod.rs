//! Runs a session: the event loop, the executor of requests, the writer of drafts, the end. It holds no decisions, those are in `app`.
//!
//! [`session`] is the loop, [`executor`] the table of requests under way, [`saver`] the one task that writes drafts, [`record`] the
//! recording of a session for a bug report, [`leave`] and `farewell` the end. All of them reach the world through [`backend::Backend`]
//! and the screen through [`display::Display`]; the real world is [`live::LiveBackend`].

pub mod backend;
pub mod display;
pub mod executor;
mod exit_message;
pub mod leave;
pub mod live;
pub mod log;
pub mod record;
pub mod saver;
pub mod session;

use std::io;
use std::sync::Arc;

use futures_util::{Stream, stream};
use jiff::Timestamp;

use crate::app::{Model, Settings};
use crate::protocol::message::Opening;
use crate::term::{Caps, Screen, Signal, Signals, input};
use backend::Backend;
use record::Recording;
use session::EventLoop;

/// Runs a session on the terminal and says farewell on the normal screen. Returns the exit status: 0, or 128 plus the number of the
/// signal that ended it. Call [`crate::term::check`] first.
///
/// # Errors
/// The terminal refused its modes or is gone; the draft is saved all the same.
pub async fn open(
    caps: Caps,
    settings: Settings,
    world: impl Backend,
    opening: Opening,
    recording: Option<Recording>,
) -> io::Result<u8> {
    let mut signals = Box::pin(listen(Signals::listen()?));
    let screen = Screen::open(caps)?;
    log::note_panics();
    let mut inputs = input::stream();
    let model = Model::new(settings, screen.size(), Timestamp::now());
    let session = EventLoop::new(model, screen, Arc::new(world), Box::new(Timestamp::now));
    let mut session = session.recorded(recording);
    let ran = session.run(opening, &mut inputs, &mut signals).await;
    let mut ending = session.leave(&mut inputs, &mut signals).await;
    let recorded = ending.recording.as_ref().map(Recording::exit_message).unwrap_or_default();
    let text = exit_message::exit_message(&ending) + &recorded;
    if !text.is_empty() {
        ending.stage.print_after(&text);
    }
    // A signal explains a lost terminal.
    if ending.status == 0 { ran.map(|()| 0) } else { Ok(ending.status) }
}

fn listen(signals: Signals) -> impl Stream<Item = Signal> {
    stream::unfold(signals, |mut signals| async move {
        let signal = signals.next().await;
        Some((signal, signals))
    })
}
