//! A backend that answers as the test says, and a display that keeps its frames.

use std::io;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use async_trait::async_trait;
use blobfreight::app::{Model, Settings};
use blobfreight::azure::cloud::Cloud;
use blobfreight::azure::fault::Fault;
use blobfreight::azure::model::SignInCommand;
use blobfreight::draft::{Draft, DraftId};
use blobfreight::driver::backend::{Backend, ProgressSink};
use blobfreight::driver::display::Display;
use blobfreight::driver::event_loop::{Clock, EventLoop};
use blobfreight::driver::leave::Ending;
use blobfreight::plan::Overheads;
use blobfreight::protocol::hit::HitMap;
use blobfreight::protocol::message::{Call, Opening, Reply};
use blobfreight::protocol::palette::Palette;
use blobfreight::protocol::viewport::Drawn;
use blobfreight::protocol::window::Notifications;
use blobfreight::term::{Input, Signal};
use blobfreight::ui;
use futures_util::{Stream, stream};
use jiff::Timestamp;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use tokio::sync::{mpsc, oneshot};
use tokio::task::JoinHandle;
use tokio::time::Instant;

/// A call that waits for the test to answer it. Dropped without an answer, the call panics.
pub(super) struct PendingCall {
    pub call: Call,
    pub progress: ProgressSink,
    answer: oneshot::Sender<Result<Reply, Fault>>,
}

impl PendingCall {
    pub(super) fn answer(self, outcome: Result<Reply, Fault>) {
        assert!(self.answer.send(outcome).is_ok(), "the request was cancelled before it was answered");
    }

    /// Waits until the request is cancelled.
    pub(super) async fn cancelled(mut self) {
        self.answer.closed().await;
    }
}

/// A backend that passes each call to the test and notes what it was called for.
pub(super) struct ScriptedBackend {
    asked: mpsc::UnboundedSender<PendingCall>,
    /// What the backend was called for, in order: `save ID JOB`, `close`, `call`.
    pub log: Mutex<Vec<String>>,
    pub disk_full: AtomicBool,
}

impl ScriptedBackend {
    pub(super) fn new() -> (Arc<Self>, mpsc::UnboundedReceiver<PendingCall>) {
        let (asked, calls) = mpsc::unbounded_channel();
        (Arc::new(Self { asked, log: Mutex::default(), disk_full: AtomicBool::new(false) }), calls)
    }

    pub(super) fn log(&self) -> Vec<String> {
        self.log.lock().unwrap().clone()
    }

    fn note(&self, line: String) {
        self.log.lock().unwrap().push(line);
    }
}

#[async_trait]
impl Backend for ScriptedBackend {
    async fn call(&self, call: Call, progress: ProgressSink) -> Result<Reply, Fault> {
        self.note("call".into());
        let (answer, answered) = oneshot::channel();
        let _test_ended = self.asked.send(PendingCall { call, progress, answer });
        answered.await.unwrap()
    }

    fn save(&self, draft: &Draft) -> Result<(), Fault> {
        if self.disk_full.load(Ordering::SeqCst) {
            return Err(Fault::local("save the draft", "the disk is full"));
        }
        self.note(format!("save {} {}", draft.id, draft.options.name));
        Ok(())
    }

    fn permit(&self, endpoint: &str) {
        self.note(format!("permit {endpoint}"));
    }

    fn tell_sign_in(&self, command: SignInCommand) {
        self.note(format!("tell {command:?}"));
    }

    fn open_page(&self, address: &str) {
        self.note(format!("open {address}"));
    }

    fn close_draft(&self) {
        self.note("close".into());
    }
}

/// One frame as text.
pub(super) struct Frame {
    pub at: Instant,
    pub text: String,
}

/// A display that draws with the real view into a buffer.
pub(super) struct FrameBuffer {
    size: (u16, u16),
    frames: mpsc::UnboundedSender<Frame>,
    pub backend: Arc<ScriptedBackend>,
}

impl Display for FrameBuffer {
    fn draw(&mut self, model: &Model) -> io::Result<(Drawn, HitMap)> {
        let area = Rect::new(0, 0, self.size.0, self.size.1);
        let mut buffer = Buffer::empty(area);
        let placed = ui::paint(model, area, &mut buffer);
        let cells: Vec<&str> = buffer.content.iter().map(ratatui::buffer::Cell::symbol).collect();
        let text = cells.chunks(usize::from(self.size.0)).map(<[&str]>::concat).collect::<Vec<_>>().join("\n");
        self.backend.note("frame".into());
        let _test_ended = self.frames.send(Frame { at: Instant::now(), text });
        Ok((placed.drawn, placed.hits))
    }

    fn size(&self) -> (u16, u16) {
        self.size
    }

    fn suspend(&mut self) -> io::Result<()> {
        self.backend.note("suspend".into());
        Ok(())
    }

    fn resume(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// A session that runs in a task; the test presses its keys and answers its calls.
pub(super) struct RunningSession {
    pub backend: Arc<ScriptedBackend>,
    pub asked: mpsc::UnboundedReceiver<PendingCall>,
    pub frames: mpsc::UnboundedReceiver<Frame>,
    keys: mpsc::UnboundedSender<io::Result<Input>>,
    signals: mpsc::UnboundedSender<Signal>,
    pub ended: JoinHandle<Ending<FrameBuffer>>,
}

impl RunningSession {
    /// Runs a session to its end, as `driver::open` does.
    pub(super) fn start(opening: Opening) -> Self {
        let (session, backend, asked, frames) = session();
        let (keys, pressed) = mpsc::unbounded_channel();
        let (signals, signalled) = mpsc::unbounded_channel();
        let ended = tokio::spawn(async move {
            let (mut session, mut inputs, mut signals) = (session, channel(pressed), channel(signalled));
            session.run(opening, &mut inputs, &mut signals).await.unwrap();
            session.leave(&mut inputs, &mut signals).await
        });
        Self { backend, asked, frames, keys, signals, ended }
    }

    pub(super) fn press(&self, key: blobfreight::protocol::key::KeyPress) {
        self.keys.send(Ok(Input::Key(key))).unwrap();
    }

    pub(super) fn signal(&self, signal: Signal) {
        self.signals.send(signal).unwrap();
    }

    pub(super) async fn asked(&mut self) -> PendingCall {
        self.asked.recv().await.unwrap()
    }

    /// Waits for a frame that shows the text.
    pub(super) async fn shows(&mut self, text: &str) {
        while let Some(frame) = self.frames.recv().await {
            if frame.text.contains(text) {
                return;
            }
        }
        panic!("the session ended and never showed {text:?}");
    }
}

/// A session, its backend, the calls of the backend and the frames.
pub(super) fn session() -> (
    EventLoop<ScriptedBackend, FrameBuffer>,
    Arc<ScriptedBackend>,
    mpsc::UnboundedReceiver<PendingCall>,
    mpsc::UnboundedReceiver<Frame>,
) {
    let (backend, asked) = ScriptedBackend::new();
    let (frames, drawn) = mpsc::unbounded_channel();
    let sink = FrameBuffer { size: (80, 24), frames, backend: Arc::clone(&backend) };
    let settings = Settings {
        clouds: Cloud::built_in(),
        ascii: true,
        palette: Palette::OWN,
        motion: true,
        overheads: Overheads::default(),
        service: None,
        inline_slash: None,
        has_browser: true,
        remember: false,
        notifications: Notifications::Desktop,
        keys: blobfreight::protocol::keymap::KeyChoices::default(),
    };
    let model = Model::new(settings, sink.size(), noon());
    (EventLoop::new(model, sink, Arc::clone(&backend), clock()), backend, asked, drawn)
}

/// Time of day by the clock of the runtime, which stands still while a task can run.
fn clock() -> Clock {
    let start = Instant::now();
    Box::new(move || noon().checked_add(start.elapsed()).unwrap())
}

pub(super) fn noon() -> Timestamp {
    "2026-11-22T12:00:00Z".parse().unwrap()
}

/// An empty draft with a job name, to progress one state of it from another.
pub(super) fn draft(id: &str, name: &str) -> Draft {
    let mut draft = Draft::new(DraftId::parse(id).unwrap(), false, noon());
    name.clone_into(&mut draft.options.name);
    draft
}

/// Waits until every task waits for the test.
pub(super) async fn settle() {
    tokio::time::sleep(Duration::from_secs(5)).await;
}

pub(super) fn channel<T: Send + 'static>(receiver: mpsc::UnboundedReceiver<T>) -> impl Stream<Item = T> + Unpin + Send {
    Box::pin(stream::unfold(receiver, |mut receiver| async move { Some((receiver.recv().await?, receiver)) }))
}
