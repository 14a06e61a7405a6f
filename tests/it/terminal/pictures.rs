//! The pictures of the book and of the README, drawn from the real program by walking a rehearsal. They are written only when asked for:
//! `cargo test --test terminal pictures -- --ignored`.
use std::fs;
use std::path::Path;

use crate::support::export_steps;
use crate::support::picture::{self, Look};
use crate::support::pty::{Home, Pty};

/// Walks a rehearsal at one size and keeps a picture of every step.
struct Walk {
    program: Pty,
    columns: u16,
    rows: u16,
    look: &'static Look,
}

impl Walk {
    fn keep(&mut self, name: &str, title: &str) -> &mut Self {
        self.program.shows_matching(|screen| !screen.contains("saving"), "the draft is saved");
        let suffix = if std::ptr::eq(self.look, &picture::LIGHT) { "-light" } else { "" };
        let file = format!("{name}-{}x{}{suffix}.svg", self.columns, self.rows);
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/pictures");
        fs::create_dir_all(&folder).unwrap();
        let svg = picture::svg(&self.program, self.columns, self.rows, title, self.look);
        fs::write(folder.join(file), svg).unwrap();
        self
    }
}

#[test]
#[ignore = "writes assets/pictures; run it with --ignored after a change of the screens"]
fn every_step_at_80x24_and_120x40_and_on_a_light_background() {
    for (columns, rows, look) in [(80, 24, &picture::DARK), (120, 40, &picture::DARK), (80, 24, &picture::LIGHT)] {
        let home = Home::new();
        let mut program = home.blobfreight(&[]).size(columns, rows).on(Some(look.background)).start();
        program.shows("No drafts yet");
        let mut walk = Walk { program, columns, rows, look };
        walk.keep("00-start", "The start screen: drafts, a new export, a rehearsal");
        before_the_job(&mut walk);
        with_the_job(&mut walk);
    }
}

fn before_the_job(walk: &mut Walk) {
    walk.program.press("Down").press("Enter").shows("northlightarchive");
    walk.keep("02-account", "Choosing the storage account");
    walk.program.press("Alt-Left").shows("Sign in to Azure");
    walk.keep("01-sign-in", "Signing in");
    walk.program.press("Alt-Right");
    export_steps::into_the_blobs(&mut walk.program);
    for _ in 0..5 {
        walk.program.press("Down");
    }
    walk.program.press("Right").shows("▾ [ ] footage").shows("complete").press("Space").shows("[x] footage");
    walk.program.press("Right").press("Down").press("Right").shows("complete");
    walk.keep("03-blobs", "Picking blobs in the tree");
    walk.program.press("Alt-Right").shows("Drives to buy").shows("are needed").shows("Counted just now");
    walk.keep("04-drives", "How many drives the selection needs");
    walk.program.press("Alt-Right");
    export_steps::fill_in_address(&mut walk.program);
    walk.keep("05-address", "The return address and the carrier");
    walk.program.press("Alt-Right").shows("Ship drives to");
    walk.keep("06-location", "Where the drives are shipped");
    walk.program.press("Enter").shows("Job name and options");
    walk.keep("07-job", "Job name and options");
    walk.program.press("Alt-Right");
    read_the_warnings(&mut walk.program);
    walk.program.type_text("create").shows("create the job: create");
    walk.keep("08-review", "Everything on one page before the job is created");
}

/// Enter by Enter to the field for the word.
fn read_the_warnings(program: &mut Pty) {
    program.shows("Review and create");
    while !program.screen().contains("› Type create") {
        let before = program.screen();
        program.press("Enter").shows_matching(|screen| screen != before, "more warnings, or the word");
    }
}

fn with_the_job(walk: &mut Walk) {
    walk.program.press("Enter").press("Enter").shows("Ship the drives");
    walk.keep("09-ship", "Announcing the parcel");
    export_steps::announce_the_parcel(&mut walk.program);
    walk.program.press("Alt-Right").shows("Announce this parcel?").press("y").shows("Follow the job").shows("DataCopy");
    walk.keep("10-follow", "Following the job");
    walk.program.shows("Coming back").press("Alt-Right").shows("••••••-");
    walk.keep("11-keys", "BitLocker keys, masked until asked for");
    walk.program.press("?").shows("Keys that work here");
    walk.keep("13-help", "Every key that works here");
    walk.program
        .press("Esc")
        .shows_not("Keys that work here")
        .press("Alt-v")
        .shows("Verify the drives")
        .shows(".manifest")
        .press("Enter");
    walk.program.shows("there and right");
    walk.keep("12-verify", "Every byte of a returned drive checked");
}
