//! How many keys it takes from the start to the created job, beside what is typed and pasted.

use crate::support::pty::{Home, Pty};

/// Keys that the way may take.
const MOST: usize = 25;

const ADDRESS: &str = "Ana Example\nContoso BV\n12 Harbour Road\n3011 AB Rotterdam\nNetherlands\n+31 10 555 0199\nstorage@contoso.example\n";

/// A program and the number of keys pressed in it.
struct Counted {
    program: Pty,
    keys: usize,
}

impl Counted {
    fn shows(&mut self, text: &str) -> &mut Self {
        self.program.shows(text);
        self
    }

    fn press(&mut self, key: &str) -> &mut Self {
        self.program.press(key);
        self.keys += 1;
        self
    }

    fn types(&mut self, text: &str) -> &mut Self {
        self.program.type_text(text);
        self
    }
}

#[test]
fn w50_from_the_start_to_the_created_job_it_takes_at_most_25_keys() {
    walk(false);
}

#[test]
fn w50_for_the_classic_service_it_takes_at_most_25_keys_too_and_one_of_them_chooses_it() {
    walk(true);
}

/// Every key is counted, also the one that gives the job to the other service.
fn walk(classic: bool) {
    let home = Home::new();
    let program = home.blobfreight(&[]).size(80, 24).start();
    let mut person = Counted { program, keys: 0 };
    person.shows("Rehearse").press("Down").shows("› Rehearse").press("Enter");
    person.shows("northlightarchive").press("Enter").shows("›   northlightarchive").press("Enter");
    person.shows("▸ [ ] book").press("Down").press("Down").press("Down").press("Space").shows("▸ [x] book");
    person.press("Alt-Right").shows("1 drive of 4TB is needed").press("Alt-Right");
    person.shows("Return address and carrier");
    person.program.paste(ADDRESS);
    person.shows("Fill the fields").press("y").shows("› Return carrier").types("FedEx").press("Enter");
    person.shows("› Carrier account number").types("123456789").press("Alt-Right");
    person.shows("Ship drives to");
    if classic {
        person.press("s").shows("(classic)").shows("Ship drives to");
    }
    person.press("Enter").shows("export-northlight").press("Alt-Right");
    person.shows("Review and create");
    if !classic {
        // The warnings of Data Box fill more than a page, and are read before anything is created.
        person.shows("below").press("PageDown").shows("› 1 ✓ Sign in");
    }
    person.press("Tab").shows("› Type create").types("create");
    person.shows("create the job: create").press("Enter").shows("[ Create the job ]").press("Enter");
    person.shows("it was read back from the service");
    let drafts: String = std::fs::read_dir(home.data().join("drafts"))
        .unwrap()
        .map(|file| file.unwrap().path())
        .filter(|file| file.extension().is_some_and(|end| end == "json"))
        .map(|file| std::fs::read_to_string(file).unwrap())
        .collect();
    assert_eq!(drafts.contains("\"service\": \"classic\""), classic, "{drafts}");
    let keys = person.keys;
    assert!(keys <= MOST, "{keys} keys");
    person.program.press("q");
    assert_eq!(person.program.wait_exit(), 0);
}
