//! Around the parcel: the checklist of the drives, serial numbers, packing slip and label, and the tracking number of another job.

use blobfreight::azure::model::{DeliveryPackage, Job, JobActions};
use blobfreight::draft::{Draft, DriveCheck, Gone, ParcelAnswers};
use blobfreight::form::parcel::OtherParcel;
use blobfreight::papers::{NoPapers, Papers, page, text};
use blobfreight::protocol::key::Key;
use blobfreight::protocol::message::{Call, Effect, Msg, Reply, Slot};
use strum::VariantArray;

use crate::pure::steps_forms::answers::{created, job_in};
use crate::support::app_harness::{AppHarness, now};

fn packed() -> Draft {
    let parcel = ParcelAnswers {
        carrier: "FedEx".into(),
        tracking_number: "986578788855".into(),
        drive_count: "2".into(),
        ship_date: "2026-11-22".into(),
        serials: "9CA995BB WX11A22".into(),
        ..ParcelAnswers::default()
    };
    Draft { parcel, ..created() }
}

fn read(state: &str) -> Reply {
    Reply::Job(Some(Box::new(job_in(state))))
}

fn on_ship(draft: Draft) -> AppHarness {
    let mut app = AppHarness::signed_in(draft);
    app.answer(Slot::Job, Ok(read("Creating")));
    app
}

#[test]
fn w59_each_check_of_the_drives_is_ticked_by_the_person_and_kept_in_the_draft() {
    let mut app = on_ship(packed());
    assert!(app.screen(100, 40).contains("0 of 7 ticked"), "{}", app.screen(100, 40));
    app.key(Key::Char('d'));
    let screen = app.screen(100, 40);
    for words in ["SATA III", "external enclosure", "sectors of 512 bytes", "at most ten", "No cable"] {
        assert!(screen.contains(words), "{words}: {screen}");
    }
    for _ in DriveCheck::VARIANTS {
        app.key(Key::Char(' ')).key(Key::Down);
    }
    assert_eq!(app.draft().parcel.checked.len(), DriveCheck::VARIANTS.len());
    app.key(Key::Char(' '));
    assert!(!app.draft().parcel.checked.contains(&DriveCheck::Packed), "unticked again");
    app.key(Key::Esc);
    assert!(app.screen(100, 40).contains("6 of 7 ticked"), "{}", app.screen(100, 40));
}

#[test]
fn w85_the_papers_say_everything_and_are_saved_as_text_and_as_a_page() {
    let mut app = on_ship(packed());
    app.key(Key::Char('p'));
    let screen = app.screen(100, 60);
    for words in
        ["LABEL", "PACKING SLIP", "export-media", "serial number WX11A22", "Return with", "FedEx, tracking number"]
    {
        assert!(screen.contains(words), "{words}: {screen}");
    }
    app.key(Key::Char('w'));
    let Some(Effect::Start { call: Call::SavePapers(texts), .. }) = app.effects.last() else {
        panic!("{:?}", app.effects)
    };
    let names: Vec<&str> = texts.iter().map(|text| text.name.as_str()).collect();
    assert_eq!(names, ["export-media-packing-slip.txt", "export-media-packing-slip.html"]);
    let files = ["/d/papers/s.txt".into(), "/d/papers/s.html".into()].to_vec();
    app.answer(Slot::Papers, Ok(Reply::SavedPapers(files)));
    assert_eq!(app.draft().papers, ["/d/papers/s.txt", "/d/papers/s.html"]);
    assert!(app.screen(80, 24).contains("Saved to /d/papers/s.html"), "{}", app.screen(80, 24));
}

#[test]
fn w85_no_paper_is_made_for_a_job_that_nobody_may_ship_to() {
    let of = |change: fn(&mut Draft)| {
        let mut draft = packed();
        change(&mut draft);
        Papers::of(&draft).unwrap_err()
    };
    assert_eq!(of(|draft| draft.job = None), NoPapers::NoJob);
    assert_eq!(
        of(|draft| draft.job.as_mut().unwrap().gone = Some(Gone { seen: now(), with_group: false })),
        NoPapers::Gone
    );
    let no_street = of(|draft| draft.job.as_mut().unwrap().shipping.street1 = " ".into());
    assert_eq!(no_street, NoPapers::NoAddress);
    let instruction = of(|draft| draft.job.as_mut().unwrap().shipping.instruction = "Write to the desk first.".into());
    assert_eq!(instruction, NoPapers::NoAddress);
    for word in ["Completed", "Mislaid"] {
        let mut draft = packed();
        draft.job.as_mut().unwrap().status = job_in(word).status;
        assert_eq!(Papers::of(&draft), Err(NoPapers::Over), "{word}");
    }
    let mut app = on_ship(packed());
    app.key(Key::Char('r')).answer(Slot::Job, Ok(Reply::Job(None)));
    app.key(Key::Char('p'));
    assert!(!app.screen(100, 40).contains("PACKING SLIP"));
}

#[test]
fn w85_text_of_the_service_is_cleaned_and_cannot_leave_its_place_in_the_page() {
    let mut draft = packed();
    let shipping = &mut draft.job.as_mut().unwrap().shipping;
    shipping.recipient = "<script>alert(1)</script>\u{1b}[31m\u{202e}".into();
    shipping.street2 = "\"A\" & 'B'\nTo     Elsewhere".into();
    let papers = Papers::of(&draft).unwrap();
    let (html, text) = (page(&papers), text(&papers));
    assert!(html.contains("&lt;script&gt;alert(1)&lt;/script&gt;[31m") && !html.contains("<script"), "{html}");
    assert!(html.contains("&quot;A&quot; &amp; &#39;B&#39; To Elsewhere"), "{html}");
    assert!(!html.contains("http") && html.contains("@page") && html.contains("@media print"), "nothing is loaded");
    for output in [&html, &text] {
        assert!(output.chars().all(|c| c == '\n' || !c.is_control()) && !output.contains('\u{202e}'), "{output:?}");
    }
    assert!(!text.lines().any(|line| line.starts_with("To     Elsewhere")), "{text}");
}

#[test]
fn w85_customs_is_told_what_crosses_a_border_and_nothing_where_none_is_crossed() {
    let mut draft = packed();
    draft.address.address.country = "Netherlands".into();
    draft.job.as_mut().unwrap().shipping.country = "Netherlands (NL)".into();
    assert_eq!(Papers::of(&draft).unwrap().customs(), None);
    draft.address.address.country = "BE".into();
    let papers = Papers::of(&draft).unwrap();
    let customs = papers.customs().unwrap().join("\n");
    assert!(
        customs.contains("From Belgium to Netherlands (NL)") && customs.contains("2 computer storage drives"),
        "{customs}"
    );
    assert!(customs.contains("not for sale") && customs.contains("Value of the drives"), "{customs}");
    assert!(text(&papers).contains("FOR CUSTOMS") && page(&papers).contains("For customs"));
    assert!(!page(&papers).contains("overflow"), "the customs stand last on the page: nothing of it may be cut off");
}

#[test]
fn w85_a_rehearsal_says_on_every_paper_that_nothing_is_shipped() {
    let papers = Papers::of(&Draft { rehearsal: true, ..packed() }).unwrap();
    assert!(text(&papers).contains("SHIP NOTHING") && page(&papers).contains("A rehearsal: ship nothing"));
}

#[test]
fn w86_the_number_of_another_job_and_a_doubtful_one_are_said_and_stop_nobody() {
    let mut app = on_ship(packed());
    assert!(app.shared().requests.is_busy(Slot::OtherParcels), "the other drafts are read");
    let other = OtherParcel { job: "media-1".into(), tracking_number: "9865 7878 8855".into() };
    app.answer(Slot::OtherParcels, Ok(Reply::Parcels(vec![other])));
    app.ctrl('n');
    assert_eq!(app.told().last().unwrap(), "Ship Job", "the parcel is announced all the same");
    app.answer(Slot::Ship, Ok(read("Creating")));
    let screen = app.screen(100, 50);
    assert!(screen.contains("The parcel of job media-1 has this number too"), "{screen}");
}

#[test]
fn w86_the_parcel_is_called_announced_with_what_the_service_has_where_that_is_something_else() {
    let job = |number: &str, count| Job {
        delivery_package: Some(DeliveryPackage {
            carrier: "FedEx".into(),
            tracking_number: number.into(),
            drive_count: Some(count),
            ship_date: None,
        }),
        allows: JobActions::default(),
        ..job_in("Shipping")
    };
    let announced = |job: Job| {
        let mut app = on_ship(packed());
        app.ctrl('n').answer(Slot::Ship, Ok(read("Creating")));
        app.answer(Slot::Ship, Ok(Reply::Job(Some(Box::new(job)))));
        app.notice().to_owned()
    };
    assert_eq!(announced(job("9865 7878 8855", 2)), "The service knows of the parcel.");
    for (number, count) in [("111111111111", 2), ("986578788855", 1)] {
        let notice = announced(job(number, count));
        assert!(notice.contains("not what is typed here") && notice.contains(number), "{notice}");
    }
}

#[test]
fn w86_what_was_said_of_the_parcel_goes_when_the_job_moves_on() {
    let mut app = on_ship(packed());
    app.ctrl('n').answer(Slot::Ship, Ok(read("Creating")));
    app.answer(Slot::Ship, Ok(read("Shipping")));
    assert_eq!(app.notice(), "The service knows of the parcel.");
    app.answer(Slot::Job, Ok(read("Shipping")));
    assert_eq!(app.notice(), "The service knows of the parcel.", "the same state says nothing new");
    app.now += std::time::Duration::from_secs(61);
    app.send(Msg::Tick).answer(Slot::Job, Ok(read("Received")));
    assert_eq!(app.notice(), "");
}
