//! A session on the terminal, from the first mode to the last line on the normal screen.

use std::io::{self, IsTerminal};
use std::sync::Arc;

use futures_util::{Stream, stream};
use jiff::Timestamp;

use super::backend::Backend;
use super::event_loop::EventLoop;
use super::plain_display::{self, PlainDisplay};
use super::record::Recording;
use super::{exit_message, log};
use crate::app::{Model, Settings};
use crate::protocol::message::Opening;
use crate::term::{Caps, Screen, Signal, Signals, input};

/// Runs a session on the terminal, then prints the exit message on the normal screen. Returns the exit status: 0, or 128 plus the
/// number of the signal that ended the session. Call [`crate::term::check`] first.
///
/// # Errors
/// The terminal refused its modes or is gone; the draft is saved all the same.
pub async fn open(
    caps: Caps,
    settings: Settings,
    backend: impl Backend,
    opening: Opening,
    recording: Option<Recording>,
) -> io::Result<u8> {
    let mut signals = Box::pin(listen(Signals::listen()?));
    let screen = Screen::open(caps)?;
    log::note_panics();
    let mut inputs = input::stream();
    let model = Model::new(settings, screen.size(), Timestamp::now());
    let event_loop = EventLoop::new(model, screen, Arc::new(backend), Box::new(Timestamp::now));
    let mut event_loop = event_loop.recorded(recording);
    let ran = event_loop.run(opening, &mut inputs, &mut signals).await;
    let mut ending = event_loop.leave(&mut inputs, &mut signals).await;
    let recorded = ending.recording.as_ref().map(Recording::exit_message).unwrap_or_default();
    let text = exit_message::exit_message(&ending) + &recorded;
    if !text.is_empty() {
        ending.display.print_after(&text);
    }
    // A signal explains a lost terminal.
    if ending.status == 0 { ran.map(|()| 0) } else { Ok(ending.status) }
}

/// Runs a session in plain line mode: lines on standard output, answers on standard input, which may be pipes. Returns the exit status.
/// The end of the input leaves as `quit` does.
///
/// # Errors
/// Nobody reads the lines any more; the draft is saved all the same.
pub async fn open_plain(
    first_line: String,
    settings: Settings,
    backend: impl Backend,
    opening: Opening,
    recording: Option<Recording>,
) -> io::Result<u8> {
    let mut signals = Box::pin(listen(Signals::listen()?));
    log::note_panics();
    let mut inputs = plain_display::answers();
    let mut display = PlainDisplay::new(io::stdout(), !io::stdin().is_terminal());
    display.write(&[first_line])?;
    let model = Model::new(settings, plain_display::SIZE, Timestamp::now());
    let event_loop = EventLoop::new(model, display, Arc::new(backend), Box::new(Timestamp::now));
    let mut event_loop = event_loop.recorded(recording);
    let ran = event_loop.run(opening, &mut inputs, &mut signals).await;
    let mut ending = event_loop.leave(&mut inputs, &mut signals).await;
    let recorded = ending.recording.as_ref().map(Recording::exit_message).unwrap_or_default();
    let text = exit_message::exit_message(&ending) + &recorded;
    let lines: Vec<String> = text.lines().map(|line| line.trim().to_owned()).collect();
    ending.display.write(&lines)?;
    if ending.status == 0 { ran.map(|()| 0) } else { Ok(ending.status) }
}

/// The signals of the process as a stream.
pub(super) fn listen(signals: Signals) -> impl Stream<Item = Signal> + Send + use<> {
    stream::unfold(signals, |mut signals| async move {
        let signal = signals.next().await;
        Some((signal, signals))
    })
}
