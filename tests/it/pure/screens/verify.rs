//! The check of the returned drives.

use blobfreight::protocol::key::Key;

use crate::pure::screens::{shows, shows_after};
use crate::pure::steps_verify::{checking, choosing, damaged};

#[test]
fn the_check_of_the_drives() {
    shows("verify_choosing", choosing);
    shows_after("verify_typing", choosing, |app| {
        app.key(Key::Tab).types("/mnt/one").key(Key::Enter).types("/mnt/tw");
    });
    shows("verify_checking", checking);
    shows_after("verify_paused", checking, |app| {
        app.key(Key::Char(' '));
    });
    shows("verify_damaged", damaged);
}
