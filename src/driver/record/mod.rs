//! The recording of a session for a bug report. `recording` opens the file and writes a line for each message; `redact` replaces
//! secrets and carrier account numbers before a message is written.

mod recording;
mod redact;
#[cfg(test)]
mod tests;

pub use recording::{RECORDED_BY, RecordHeader, RecordedMessage, Recording, UnusableRecording, VARIABLE};
