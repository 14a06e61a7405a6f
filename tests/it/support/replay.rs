//! Plays a recorded session again: its messages through `update`, with no terminal, no network and no clock. What somebody
//! recorded with `BLOBFREIGHT_RECORD=FILE` becomes a test like this:
//!
//! ```ignore
//! let mut replay = Replay::of(include_str!("the_recording.jsonl"));
//! while let Some(replayed) = replay.play() {
//!     assert!(!replayed.effects.contains(&"Create CreateJob".to_owned()), "{replayed:?}");
//! }
//! assert!(replay.screen().contains("Review and create"));
//! ```
use std::collections::BTreeSet;

use blobfreight::app::{Model, update};
use blobfreight::driver::record::{RECORDED_BY, RecordHeader, RecordedMessage};
use blobfreight::protocol::message::{Effect, Msg, RequestId, Slot};
use blobfreight::ui;
use jiff::Timestamp;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::support::app_harness::word;

/// A session that is played again, and where it stands.
pub(crate) struct Replay {
    pub model: Model,
    entries: std::vec::IntoIter<RecordedMessage>,
    opening: Option<(Timestamp, Msg)>,
    started: BTreeSet<(Slot, RequestId)>,
}

/// What one message did.
#[derive(Debug)]
pub(crate) struct ReplayedMessage {
    /// `Key`, `Done SignIn`.
    pub message: String,
    /// Effects as words: `save`, `Create CreateJob`.
    pub effects: Vec<String>,
}

impl Replay {
    /// From the text of a recording.
    pub(crate) fn of(recording: &str) -> Self {
        let (head, rest) = recording.split_once('\n').expect("a recording has a first line");
        let head: RecordHeader = serde_json::from_str(head).expect("the first line of a recording");
        assert_eq!(head.recorded_by, RECORDED_BY, "only the version that recorded a session plays it again");
        let entry = |(at, line)| serde_json::from_str(line).unwrap_or_else(|error| panic!("line {}: {error}", at + 2));
        let entries: Vec<RecordedMessage> = rest.lines().enumerate().map(entry).collect();
        Self {
            model: Model::new(head.settings, head.size, head.at),
            entries: entries.into_iter(),
            opening: Some((head.at, Msg::Started(head.opening))),
            started: BTreeSet::new(),
        }
    }

    /// Plays one message.
    pub(crate) fn play(&mut self) -> Option<ReplayedMessage> {
        let (at, msg) = self.opening.take().or_else(|| self.entries.next().map(|entry| (entry.at, entry.msg)))?;
        if let Msg::Done { slot, id, .. } = &msg {
            assert!(
                self.started.contains(&(*slot, *id)),
                "{slot:?} answers what was never asked: the replay went astray"
            );
        }
        let message = name(&msg);
        let effects = update(&mut self.model, at, msg);
        for effect in &effects {
            if let Effect::Start { slot, id, .. } = effect {
                self.started.insert((*slot, *id));
            }
        }
        Some(ReplayedMessage { message, effects: effects.iter().map(word).collect() })
    }

    /// The screen as lines of text, in the size of the recorded terminal.
    pub(crate) fn screen(&self) -> String {
        let (columns, rows) = self.model.size;
        let area = Rect::new(0, 0, columns, rows);
        let mut buffer = Buffer::empty(area);
        ui::paint(&self.model, area, &mut buffer);
        let line = |y| (0..columns).map(|x| buffer[(x, y)].symbol()).collect::<String>().trim_end().to_owned();
        (0..rows).map(line).collect::<Vec<_>>().join("\n").trim_end().to_owned()
    }
}

fn name(msg: &Msg) -> String {
    match msg {
        Msg::Done { slot, .. } => format!("Done {slot:?}"),
        msg => format!("{msg:?}").split(['(', ' ']).next().unwrap_or_default().to_owned(),
    }
}
