//! The figures of the drives step: sizes that cannot be read, and sums that add up.

use blobfreight::plan::count::FindingCount;

use super::*;

#[test]
fn sizes_that_cannot_be_read_or_mean_two_things_stop_next_and_are_never_an_answer() {
    for (sizes, sentence) in [("4TB4,8x2", "does not end in a unit"), ("4,000 GB", "can mean two sizes; write 4GB or")]
    {
        let mut app = counted(&[3 * TB]);
        app.key(Key::Tab).press(KeyPress::ctrl('u')).types(sizes);
        app.press(KeyPress::plain(Key::BackTab)).press(KeyPress::ctrl('n'));
        assert_eq!(app.step(), Step::Drives, "{sizes}");
        shows(&app, sentence);
        let progress = rail::progress(app.shared(), Step::Drives);
        assert!(!progress.answered && progress.needs.is_some(), "{progress:?}");
        app.press(KeyPress::ctrl('u')).types("4TB").press(KeyPress::ctrl('n'));
        assert_eq!(app.step(), Step::Address, "the focus was in the field");
    }
}

#[test]
fn the_figures_add_up_and_are_the_same_on_the_screen_the_rail_and_the_review() {
    let mut report = report(&prefix("/footage/"), &[3 * TB, 2 * TB, 2_156_400_000_000, 5 * TB]);
    report.totals.bytes += 3_703_900_000_000;
    report.totals.blobs += 12;
    report.totals.blocked = 12;
    let found = FindingCount { count: 12, bytes: 3_703_900_000_000, examples: vec!["footage/old.mov".into()] };
    report.totals.findings.insert(FindingKind::Archived, found);
    let mut app = AppHarness::signed_in(full_draft(Step::Drives));
    app.answer(Slot::Scan, Ok(Reply::Scanned(Box::new(report))));
    let screen = app.screen(120, 40);
    for words in [
        "16 blobs, 15.86 TB",
        "15.86 TB checked, less 3.70 TB in the archive tier (12 blobs), less 5.00 TB",
        "7.16 TB for the drives",
    ] {
        assert!(screen.contains(words), "{words}\n{screen}");
    }
    assert_eq!(summary(&app), "3 drives of 4TB, 7.16 TB of 15.86 TB");
    app.press(KeyPress::alt(Key::Char('8')));
    let review = app.screen(120, 60);
    assert!(review.contains("7.16 TB of 15.86 TB"), "{review}");
}
