//! What is said of the counted blobs follows the service of the draft.

use blobfreight::azure::model::ServiceName;
use blobfreight::plan::count::FindingKind;
use blobfreight::protocol::message::{Reply, Slot};
use blobfreight::protocol::step::Step;
use blobfreight::wizard::steps::review::warnings;

use super::{TB, prefix, report};
use crate::support::app_harness::{AppHarness, full_draft};

#[test]
fn the_findings_follow_the_service_of_the_draft() {
    let told = |service| {
        let mut draft = full_draft(Step::Drives);
        draft.service = Some(service);
        let mut app = AppHarness::signed_in(draft);
        let mut report = report(&prefix("/footage/"), &[3 * TB]);
        report.totals.snapshots = 2;
        report.totals.note(FindingKind::AppendBlob, 1, || "footage/log".into());
        app.answer(Slot::Scan, Ok(Reply::Scanned(Box::new(report))));
        (app.screen(200, 60), warnings(app.shared()).join("\n"))
    };
    let (screen, review) = told(ServiceName::ImportExport);
    assert!(!screen.contains("Append") && !review.contains("Append"), "{screen}\n{review}");
    assert!(review.contains("2 snapshots included, each at full size"), "{review}");
    let (screen, review) = told(ServiceName::DataBox);
    for words in ["it is uncertain whether any comes", "exports snapshots is documented nowhere"] {
        assert!(screen.contains(words) && review.contains(words), "{words}:\n{screen}\n{review}");
    }
    assert!(!review.contains("every snapshot at full size"), "{review}");
}
