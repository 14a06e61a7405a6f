//! What comes next with an export and until when: the periods, the order, and clocks that are set anew.

use blobfreight::azure::model::{Job, JobDrive, JobStage, JobState, JobStatus};
use blobfreight::draft::{
    Consequence, Deadline, Draft, EventTime, ExportFacts, JobDeadline, NextTask, TaskGroup, TaskKind,
};
use blobfreight::protocol::step::Step;
use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;

use crate::pure::drafts::golden;
use crate::support::app_harness::now;

const DAY: i64 = 24;

fn ago(hours: i64) -> Timestamp {
    now() - SignedDuration::from_hours(hours)
}

fn job(word: &str) -> ExportFacts {
    ExportFacts { status: Some(JobStatus::of_data_box(word)), created: Some(ago(5 * DAY)), ..ExportFacts::default() }
}

fn words(facts: &ExportFacts) -> String {
    NextTask::of(facts).words(Some(now()))
}

#[test]
fn w51_each_state_of_an_export_has_its_next_thing_and_its_deadline() {
    let known = |hours| Some(EventTime { at: ago(hours), exact: true });
    let seen = |hours| Some(EventTime { at: ago(hours), exact: false });
    for (facts, said) in [
        (ExportFacts { step: Some(Step::Blobs), ..ExportFacts::default() }, "go on at Blobs"),
        (job("AwaitingShipmentDetails"), "ship within 9 days or the job is dropped"),
        (
            ExportFacts { created: Some(ago(13 * DAY)), ..job("AwaitingShipmentDetails") },
            "ship within 24 hours or the job is dropped",
        ),
        (
            ExportFacts { created: Some(ago(15 * DAY)), ..job("AwaitingShipmentDetails") },
            "ship now: the two weeks ended on 2026-11-21",
        ),
        (
            ExportFacts { created: None, ..job("AwaitingShipmentDetails") },
            "ship within two weeks of the creation, whose day is unknown",
        ),
        (job("Created"), "being prepared, ship later, by 2026-12-01"),
        (ExportFacts { shipped: known(DAY), ..job("ShippedToAzureDC") }, "on the way, to arrive by 2026-12-05"),
        (
            ExportFacts { shipped: known(20 * DAY), ..job("ShippedToAzureDC") },
            "on the way: should have arrived by 2026-11-16, ask the carrier",
        ),
        (job("DataCopy"), "wait for the copy, nothing to do"),
        (job("ShippedToCustomer"), "save the keys: the drives come back"),
        (ExportFacts { keys_saved: true, ..job("ShippedToCustomer") }, "coming back, keys saved"),
        (ExportFacts { finished: known(29 * DAY), ..job("Completed") }, "save the keys: the job goes in 61 days"),
        (
            ExportFacts { finished: seen(29 * DAY), ..job("Completed") },
            "save the keys: the job goes in 61 days at the latest",
        ),
        (
            ExportFacts { finished: known(99 * DAY), ..job("Completed") },
            "save the keys now: the job was to go on 2026-11-13",
        ),
        (job("Completed"), "save the keys: the job goes 90 days after its end, whose day is unknown"),
        (ExportFacts { keys_saved: true, ..job("Completed") }, "nothing to do"),
        (job("Failed_IssueDetectedAtAzureDC"), "look why the job failed"),
        (ExportFacts { asks: true, ..job("DataCopy") }, "decide: the service waits for you"),
        (ExportFacts { gone: true, ..job("AwaitingShipmentDetails") }, "do not ship: the job is gone"),
        (ExportFacts { gone: true, deleted: true, ..job("AwaitingShipmentDetails") }, "nothing to do"),
        (ExportFacts { deleted: true, ..job("Cancelled") }, "being deleted"),
        (ExportFacts { cancelling: true, ..job("AwaitingShipmentDetails") }, "being cancelled, send no drives"),
        (
            ExportFacts { cancel_open: true, ..job("AwaitingShipmentDetails") },
            "look whether it is being cancelled, send no drives",
        ),
        (ExportFacts { no_drive_came: true, ..job("CompletedWithErrors") }, "look why the job failed"),
        (job("SomethingNew"), "the service says SomethingNew"),
        (
            ExportFacts { create_open: true, created: Some(ago(1)), ..ExportFacts::default() },
            "look whether the job was created",
        ),
    ] {
        assert_eq!(words(&facts), said, "{facts:?}");
    }
}

#[test]
fn w51_a_draft_and_its_job_say_the_same_and_the_stages_of_the_job_name_its_end() {
    let draft = golden::draft();
    let facts = ExportFacts::of_draft(&draft);
    assert_eq!(facts.status, draft.job.as_ref().map(|job| job.status.clone()));
    let ended = JobStage { word: "Completed".into(), time: Some(ago(DAY).to_string()), ..JobStage::default() };
    let job = Job { status: JobStatus::of_data_box("Completed"), stages: vec![ended], ..Job::default() };
    let now_known = ExportFacts { keys_saved: false, deleted: false, ..facts }.with_job(&job);
    assert_eq!(words(&now_known), "save the keys: the job goes in 89 days");
    // A list leaves the stages out: what was known stays.
    let listed = now_known.clone().with_job(&Job { stages: Vec::new(), ..job });
    assert_eq!(listed.finished, now_known.finished);
}

#[test]
fn w51_what_a_list_leaves_out_is_not_taken_for_a_no() {
    let listed = |word: &str| Job { status: JobStatus::of_data_box(word), ..Job::default() };
    let cancelling = ExportFacts { cancelling: true, ..job("AwaitingShipmentDetails") };
    let asks = ExportFacts { asks: true, ..job("DataCopy") };
    assert_eq!(
        words(&cancelling.clone().with_job(&listed("AwaitingShipmentDetails"))),
        "being cancelled, send no drives"
    );
    assert_eq!(words(&asks.clone().with_job(&listed("DataCopy"))), "decide: the service waits for you");
    assert_eq!(words(&asks.clone().with_job(&listed("PreparingToShipFromAzureDC"))), "being packed, nothing to do");
    let drive = JobDrive { id: "WX11".into(), ..JobDrive::default() };
    let read = Job { drives: vec![drive], ..listed("DataCopy") };
    assert_eq!(words(&asks.with_job(&read)), "wait for the copy, nothing to do", "the whole job asks nothing any more");
    assert_eq!(words(&cancelling.with_job(&listed("Cancelled"))), "nothing to do");
}

#[test]
fn w51_a_request_without_an_answer_needs_the_person_until_the_job_is_known() {
    let mut draft = Draft { job: None, ..golden::draft() };
    if let Some(create) = &mut draft.journal.create {
        (create.intention.confirmed, create.sent) = (false, Some(ago(1)));
    }
    let next = NextTask::of(&ExportFacts::of_draft(&draft));
    assert_eq!((next.group(), next.kind), (TaskGroup::NeedsYou, TaskKind::LookForJob));
}

fn any_facts() -> impl Strategy<Value = ExportFacts> {
    let words = [
        "Created",
        "AwaitingShipmentDetails",
        "ShippedToAzureDC",
        "DataCopy",
        "ShippedToCustomer",
        "Completed",
        "Aborted",
        "Odd",
    ];
    let time = proptest::option::of(-20_000_i64..20_000);
    (proptest::sample::select(words.to_vec()), time.clone(), time.clone(), time, any::<[bool; 5]>()).prop_map(
        |(word, created, shipped, finished, [exact, gone, deleted, keys_saved, asks])| ExportFacts {
            created: created.map(ago),
            shipped: shipped.map(|hours| EventTime { at: ago(hours), exact }),
            finished: finished.map(|hours| EventTime { at: ago(hours), exact }),
            gone,
            deleted,
            keys_saved,
            asks,
            ..job(word)
        },
    )
}

proptest! {
    #[test]
    fn w51_whatever_the_clock_says_no_time_is_negative_or_absurd(facts in any_facts(), off in -2_000_000_i64..2_000_000) {
        let next = NextTask::of(&facts);
        let said = next.words(Some(ago(off)));
        prop_assert!(!said.contains("-1 ") && !said.contains(" 0 "), "{said}");
        // Only the day is said where more is left than the whole period.
        let days = said.split(' ').collect::<Vec<_>>().windows(2).find_map(|pair| {
            pair[1].starts_with("day").then(|| pair[0].replace(',', "").parse::<i64>().ok()).flatten()
        });
        prop_assert!(days.is_none_or(|days| days <= 91), "{said}");
        prop_assert!(matches!(next.deadline, Deadline::None) || facts.state() != Some(JobState::Copying));
    }

    #[test]
    fn w51_the_order_of_two_exports_is_total_and_asks_no_clock(one in any_facts(), other in any_facts(), third in any_facts()) {
        let [one, other, third] = [one, other, third].map(|facts| NextTask::of(&facts));
        prop_assert_eq!(one.order(&other), other.order(&one).reverse());
        if one.order(&other).is_le() && other.order(&third).is_le() {
            prop_assert!(one.order(&third).is_le());
        }
    }
}

proptest! {
    #[test]
    fn w87_every_page_list_and_calendar_has_the_same_deadline(facts in any_facts()) {
        let next = NextTask::of(&facts);
        prop_assert_eq!(next.deadline, Deadline::of(&facts));
        let told = JobDeadline::of(&facts);
        match next.deadline {
            Deadline::By(due) => {
                let told = told.unwrap();
                prop_assert_eq!(told.due, due);
                let at = told.due.at - due.then.period();
                let of = match due.then {
                    Consequence::JobDropped => facts.created,
                    Consequence::DrivesMissing => facts.shipped.map(|shipped| shipped.at),
                    Consequence::JobRemoved => facts.finished.map(|finished| finished.at),
                };
                prop_assert_eq!(of, Some(at), "counted from the event");
            }
            Deadline::None | Deadline::Unknown(_) => prop_assert!(told.is_none()),
        }
    }
}
