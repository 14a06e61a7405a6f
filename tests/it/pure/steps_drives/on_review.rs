//! What Review says of the time and of the charges, with the amounts of this step.

use blobfreight::azure::model::ServiceName;
use blobfreight::draft::Draft;
use blobfreight::plan::count::TierBytes;

use super::*;

/// The words of the page, wherever they break.
fn of_review(app: &AppHarness) -> String {
    let screen = app.screen(120, 100);
    let page = screen.lines().map(|line| line.split_once('│').map_or(line, |(_, page)| page));
    page.flat_map(str::split_whitespace).collect::<Vec<_>>().join(" ").replace("/ ", "/")
}

fn on_review(draft: &Draft) -> AppHarness {
    AppHarness::signed_in(Draft { step: Step::Review, ..draft.clone() })
}

#[test]
fn w77_the_review_has_the_time_and_the_charges_of_the_counted_amount_with_their_pages() {
    let mut app = AppHarness::signed_in(full_draft(Step::Drives));
    let mut report = report(&prefix("/footage/"), &[3 * TB, 2 * TB, 3 * TB]);
    for totals in [&mut report.totals, &mut report.rules[0].totals] {
        totals.note(FindingKind::Archived, 2 * TB, || "footage/1.mov".into());
        totals.tiers = TierBytes { cool: 2 * TB, cold: TB };
    }
    app.answer(Slot::Scan, Ok(Reply::Scanned(Box::new(report))));
    let screen = of_review(&on_review(app.draft()));
    for part in [
        "7 to 10 days from the arrival and promises no time. Here: 6.00 TB on 3 drives.",
        "within two weeks",
        "1 to 3 business days",
        "The days of FedEx.",
        "learn.microsoft.com/azure/import-export/storage-import-export-view-drive-status",
        "A handling fee, by drive: 3 drives. (azure.microsoft.com/pricing/details/storage-import-export/)",
        "Outgoing traffic, by GB: 6.00 TB. (azure.microsoft.com/pricing/details/bandwidth/)",
        "at least 2, one a blob",
        "Data retrieval from the cool and cold tiers, by GB: 2.00 TB cool, 1.00 TB cold.",
        "1 blob in the archive tier is not exported.",
        "azure.microsoft.com/pricing/details/storage/blobs/",
        "back on your account with FedEx.",
    ] {
        assert!(screen.contains(part), "{part:?} is missing:\n{screen}");
    }
    assert!(!screen.contains(['$', '€']), "no sum is made up:\n{screen}");
}

#[test]
fn w77_what_is_not_counted_is_said_to_be_so_and_an_unfinished_count_is_a_least_amount() {
    let mut app = AppHarness::signed_in(full_draft(Step::Drives));
    let screen = of_review(&on_review(app.draft()));
    assert!(screen.contains("Outgoing traffic, by GB: the amount is not counted."), "{screen}");
    assert!(screen.contains("by drive: how many is not known yet."), "{screen}");
    assert!(screen.contains("at least one a blob"), "{screen}");
    assert!(screen.contains("by GB: how much is not known, it is not counted."), "{screen}");

    let id = app.current(Slot::Scan);
    tell(&mut app, id, 1_000, 9 * TB, 1_000);
    app.press(KeyPress::alt(Key::Char('8')));
    let screen = of_review(&app);
    assert!(screen.contains("Outgoing traffic, by GB: at least 9.00 TB."), "{screen}");

    let mut part = report(&prefix("/footage/"), &[3 * TB]);
    (part.complete, part.rules[0].complete) = (false, false);
    part.totals.tiers.cold = TB;
    app.answer(Slot::Scan, Ok(Reply::Scanned(Box::new(part))));
    let screen = of_review(&app);
    assert!(screen.contains("cold tiers, by GB: at least 1.00 TB cold."), "{screen}");
    assert!(screen.contains("by GB: at least 3.00 TB.") && screen.contains("by drive: at least 1 drive."), "{screen}");
}

#[test]
fn w77_with_data_box_the_amount_with_snapshots_is_the_most_that_is_charged() {
    let mut app = AppHarness::signed_in(Draft { service: Some(ServiceName::DataBox), ..full_draft(Step::Drives) });
    let mut report = report(&prefix("/footage/"), &[3 * TB, 2 * TB]);
    report.totals.snapshots = 4;
    app.answer(Slot::Scan, Ok(Reply::Scanned(Box::new(report))));
    let screen = of_review(&on_review(app.draft()));
    assert!(screen.contains("by GB: at most 5.00 TB.") && screen.contains("at least 2, one a blob"), "{screen}");
}

#[test]
fn w77_the_charge_of_cool_and_cold_blobs_is_nothing_at_most_or_unknown_as_the_count_has_it() {
    let with = |sizes: &[u64], tiers| {
        let mut app = AppHarness::signed_in(full_draft(Step::Drives));
        let mut report = report(&prefix("/footage/"), sizes);
        report.totals.tiers = tiers;
        app.answer(Slot::Scan, Ok(Reply::Scanned(Box::new(report))));
        app.draft().clone()
    };
    let hot = of_review(&on_review(&with(&[TB], TierBytes::default())));
    assert!(hot.contains("cold tiers, by GB: nothing that was counted lies there."), "{hot}");
    let too_large = of_review(&on_review(&with(&[TB, 90 * TB], TierBytes { cool: 91 * TB, cold: 0 })));
    assert!(too_large.contains("cold tiers, by GB: at most 91.00 TB cool."), "{too_large}");
    let mut old = with(&[TB], TierBytes { cool: TB, cold: 0 });
    old.drives.counted.as_mut().unwrap().tiers = None;
    let old = of_review(&on_review(&old));
    assert!(old.contains("the last count did not look at the tiers; count once more."), "{old}");
}

#[test]
fn w77_a_rehearsal_and_another_cloud_say_that_the_pages_are_not_theirs() {
    let rehearsal = on_review(&Draft { rehearsal: true, ..full_draft(Step::Review) });
    assert!(of_review(&rehearsal).contains("This is a rehearsal: nothing is charged."), "{}", of_review(&rehearsal));
    let mut china = on_review(&full_draft(Step::Review));
    let draft = &mut china.model.wizard.as_mut().unwrap().shared.draft;
    "china".clone_into(&mut draft.sign_in.as_mut().unwrap().cloud);
    assert!(of_review(&china).contains("the prices of china may stand elsewhere"), "{}", of_review(&china));
    let public = on_review(&full_draft(Step::Review));
    assert!(!of_review(&public).contains("Note These pages"), "{}", of_review(&public));
}
