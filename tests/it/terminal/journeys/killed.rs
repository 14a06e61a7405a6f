//! A session killed in the middle resumes where it was.

use crate::support::pty::Home;

#[test]
fn w15_w03_kill_minus_nine_in_the_address_form_resumes_in_the_same_field() {
    let home = Home::new();
    let mut program = home.blobfreight(&["rehearse"]).start();
    program.shows("northlightarchive").press("Tab").press("Enter").shows("▸ [ ] book");
    program.press("Down").press("Space").press("Alt-Right");
    program.shows("Drives to buy").press("Alt-Right");
    program.shows("Contact name").type_text("Ana Example").press("Enter").press("Enter").type_text("77 Quay Stre");
    program.shows("77 Quay Stre");
    let place = program.cursor();
    // The draft is written a moment after the key; the file itself tells when.
    wait_for_draft(&home, "77 Quay Stre");
    program.kill_hard();

    let mut again = home.blobfreight(&[]).start();
    again.shows("Rehearsals").shows("at Return address").press("Enter");
    again.shows("Ana Example").shows("77 Quay Stre").shows_cursor_at(place.0, place.1);
    again.type_text("et").shows("77 Quay Street");
}

fn wait_for_draft(home: &Home, text: &str) {
    let written = || {
        let drafts = std::fs::read_dir(home.data().join("drafts")).ok()?;
        drafts
            .flatten()
            // Not the file beside it that is still being written.
            .filter(|entry| entry.path().extension().is_some_and(|extension| extension == "json"))
            .filter_map(|entry| std::fs::read_to_string(entry.path()).ok())
            .find(|draft| draft.contains(text))
    };
    let give_up = std::time::Instant::now() + std::time::Duration::from_secs(30);
    while written().is_none() {
        assert!(std::time::Instant::now() < give_up, "the draft never held {text:?}");
        std::thread::yield_now();
    }
}

#[test]
fn w03_a_session_killed_in_the_tree_comes_back_on_the_same_row_with_the_same_checks() {
    let home = Home::new();
    let mut program = home.blobfreight(&["rehearse"]).start();
    program.shows("northlightarchive").press("Tab").press("Enter").shows("▸ [ ] footage");
    for _ in 0..5 {
        program.press("Down");
    }
    program.press("Right").shows("▾ [ ] footage").shows("2018-rondane").press("Right").press("Space").shows("[x]");
    let row = program.screen().lines().find(|line| line.contains('›') && line.contains("[x]")).map(str::to_owned);
    let row = row.expect("the checked row has the cursor");
    wait_for_draft(&home, "\"/footage/");
    program.kill_hard();

    let mut again = home.blobfreight(&[]).start();
    again.shows("Rehearsals").press("Enter");
    let wanted = row.rsplit("[x]").next().unwrap().trim().to_owned();
    again.shows_matching(
        |screen| screen.lines().any(|line| line.contains('›') && line.contains("[x]") && line.contains(&wanted)),
        "the cursor on the same checked row",
    );
}
