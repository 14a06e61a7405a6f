//! Tests in real pseudo-terminals: a person presses keys and reads the screen.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on says so")]

mod support;

mod terminal {
    #[cfg(unix)]
    mod chosen_keys;
    #[cfg(unix)]
    mod completions;
    #[cfg(unix)]
    mod doctor;
    mod driver_terminal;
    mod journeys;
    mod modes;
    mod pictures;
    mod recording;
    mod special_files;
    mod walk;
    mod window;
}
