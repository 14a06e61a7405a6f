//! A session nobody touches writes nothing.

use std::time::Duration;

use crate::support::pty::Home;

#[test]
fn an_idle_session_writes_no_byte() {
    let home = Home::new();
    let mut program = home.blobfreight(&[]).start();
    program.shows("New export").shows("No drafts yet");
    let before = program.bytes_written();
    // The one place where time is what is tested: nothing may come for as long as a spinner would turn ten times.
    std::thread::sleep(Duration::from_millis(1_500));
    assert_eq!(program.bytes_written(), before);
}
