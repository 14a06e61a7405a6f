//! A rehearsal from the start screen to the checked drive, with a look at each step. The pictures and the recording of the book are made of it.

use crate::support::export_steps;
use crate::support::pty::{Home, Pty};

/// What the folder of the test is called where people see it. It has as many letters, so that the lines stay as they are.
const FOLDER: &str = "/home/ana/Azure";

/// A text with the folder of the test called [`FOLDER`].
pub(super) fn with_folder_named(home: &Home, text: &str) -> String {
    let folder = home.path().to_str().unwrap();
    assert_eq!(folder.len(), FOLDER.len(), "{folder} is not as long as {FOLDER}; TMPDIR has to be /tmp");
    text.replace(folder, FOLDER)
}

/// A look at a step: the program, a name of the place such as `03-blobs`, and a title in words.
pub(super) type Look<'a> = dyn FnMut(&mut Pty, &str, &str) + 'a;

/// A person who goes through a rehearsal.
pub(super) struct Walk<'a> {
    program: Pty,
    look: &'a mut Look<'a>,
}

impl<'a> Walk<'a> {
    /// From the start screen of a program without drafts to the report of the drive. Gives the program, which still runs.
    pub(super) fn whole(program: Pty, look: &'a mut Look<'a>) -> Pty {
        let mut walk = Self { program, look };
        walk.program.shows("No drafts yet");
        walk.keep("00-start", "The start screen: drafts, a new export, a rehearsal");
        walk.before_the_job();
        walk.with_the_job();
        walk.program
    }

    fn keep(&mut self, name: &str, title: &str) {
        self.program.shows_matching(|screen| !screen.contains("saving"), "the draft is saved");
        (self.look)(&mut self.program, name, title);
    }

    fn before_the_job(&mut self) {
        self.program.press("Down").press("Enter").shows("northlightarchive");
        self.keep("02-account", "Choosing the storage account");
        self.program.press("Alt-Left").shows("Sign in to Azure");
        self.keep("01-sign-in", "Signing in");
        self.program.press("Alt-Right");
        export_steps::into_the_blobs(&mut self.program);
        for _ in 0..5 {
            self.program.press("Down");
        }
        self.program.press("Right").shows("▾ [ ] footage").shows("complete").press("Space").shows("[x] footage");
        self.program.press("Right").press("Down").press("Right").shows("complete");
        self.keep("03-blobs", "Picking blobs in the tree");
        self.program.press("Alt-Right").shows("Drives to buy").shows("are needed").shows("Counted just now");
        self.keep("04-drives", "How many drives the selection needs");
        self.program.press("Alt-Right");
        export_steps::fill_in_address(&mut self.program);
        self.keep("05-address", "The return address and the carrier");
        self.program.press("Alt-Right").shows("Ship drives to");
        self.keep("06-location", "Where the drives are shipped");
        self.program.press("Enter").shows("Job name and options");
        self.keep("07-job", "Job name and options");
        self.program.press("Alt-Right");
        self.read_the_warnings();
        self.program.type_text("create").shows("create the job: create");
        self.keep("08-review", "Everything on one page before the job is created");
    }

    /// Enter by Enter to the field for the word.
    fn read_the_warnings(&mut self) {
        self.program.shows("Review and create");
        while !self.program.screen().contains("› Type create") {
            let before = self.program.screen();
            self.program.press("Enter").shows_matching(|screen| screen != before, "more warnings, or the word");
        }
    }

    fn with_the_job(&mut self) {
        self.program.press("Enter").press("Enter").shows("Ship the drives");
        self.keep("09-ship", "Announcing the parcel");
        export_steps::announce_the_parcel(&mut self.program);
        self.program.press("Alt-Right").shows("Announce this parcel?").press("y");
        self.program.shows("Follow the job").shows("DataCopy");
        self.keep("10-follow", "Following the job");
        self.program.shows("Coming back").press("Alt-Right").shows("••••••-");
        self.keep("11-keys", "BitLocker keys, masked until asked for");
        self.program.press("?").shows("Keys that work here");
        self.keep("13-help", "Every key that works here");
        self.program
            .press("Esc")
            .shows_not("Keys that work here")
            .press("Alt-v")
            .shows("Verify the drives")
            .shows(".manifest")
            .press("Enter");
        self.program.shows("there and right");
        self.keep("12-verify", "Every byte of a returned drive checked");
    }
}
