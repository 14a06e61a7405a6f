//! Kills the program at random moments while a Data Box job is announced, cancelled or deleted. In the end the service was told of the parcel
//! exactly once. The draft of a cancelled job never says "ship". A deleted job stays deleted. The program calls nothing done that the service
//! did not answer.

use std::thread;
use std::time::{Duration, Instant};

use blobfreight::azure::model::{JobState, ServiceName};
use blobfreight::draft::{Draft, ParcelAnswers};
use blobfreight::protocol::step::Step;
use jiff::SignedDuration;

use crate::chance::Chance;
use crate::create::{LATENCY, PATIENCE, answered, draft_of, finish_in, keep, kept, settled};
use crate::service::Service;
use crate::support::pty::{Home, Pty};

/// A request that is announced reads the job, is sent, and reads the job again.
const REQUESTS: u64 = 5;
const TRACKING: &str = "794657312042";
const JOBS_A_SERVICE: u32 = 20;

/// What the person does with a job that was created.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Deed {
    Announce,
    Cancel,
    Delete,
}

#[test]
fn w42_a_few_kills_during_announcement_cancelling_and_deletion_do_each_once() {
    run(Deed::Announce, 2);
    run(Deed::Cancel, 2);
    run(Deed::Delete, 2);
}

#[test]
#[ignore = "the long form: minutes"]
fn w42_a_hundred_kills_during_announcement_cancelling_and_deletion_do_each_once() {
    run(Deed::Announce, 100);
    run(Deed::Cancel, 100);
    run(Deed::Delete, 100);
}

/// Each job is killed up to three times before it may come to its end.
fn run(deed: Deed, kills: u32) {
    let mut chance = Chance::new(&format!("kills during {deed:?}"));
    let mut service = started();
    let template = answered(&service);
    let (mut left, mut number, mut sent) = (kills, 0, 0_u32);
    while left > 0 {
        number += 1;
        if number % JOBS_A_SERVICE == 0 {
            // The journal of requests is not endless.
            service = started();
        }
        let draft = draft_of(&template, number, false);
        let home = Home::new();
        keep(&home, &draft);
        create(&service, &home, &draft);
        keep(&home, &made_ready(kept(&home, &draft), deed));
        if deed == Deed::Delete {
            service.cancel(&draft.options.resource_group, &draft.options.name);
        }
        let (mut sent_in_vain, mut first) = (0, None);
        let times = left.min(1 + u32::try_from(chance.below(3)).unwrap());
        left -= times;
        for _ in 0..times {
            let mut program = resumed(&service, &home, &draft, deed);
            let seen = settled(&service);
            act(&mut program, deed);
            somewhere_in_it(&service, &mut chance, &program, seen, deed);
            let screen = program.screen();
            program.kill_hard();
            // A request whose sender is gone is dropped, or its work is done once its time is over.
            thread::sleep(2 * LATENCY);
            let told = tells(&service, &draft, deed);
            sent += u32::from(told > 0);
            let done = is_done(&service, &draft, deed);
            assert!(deed != Deed::Cancel || !done || warns(&kept(&home, &draft)), "a cancelled job is to be shipped");
            assert!(done || !says_done(&screen, deed), "{deed:?} was not done, and the screen says:\n{screen}");
            if done {
                let first = *first.get_or_insert(told);
                assert!(deed != Deed::Announce || told == first, "{deed:?} was sent again after it was done");
            } else {
                sent_in_vain = told;
            }
        }
        end(&service, &home, &draft, deed);
        let told = tells(&service, &draft, deed);
        assert!(
            deed != Deed::Announce || told == first.unwrap_or(sent_in_vain + 1),
            "the parcel was announced {told} times"
        );
    }
    println!("kills during {deed:?}: {kills}, {number} jobs, each done once; sent before {sent} of the kills");
}

fn started() -> Service {
    let service = Service::start(ServiceName::DataBox, LATENCY);
    service.sim.switch(|switches| switches.delete_seconds = 1);
    service
}

/// Creates the job, and waits until the draft has it and the service waits for the drives.
fn create(service: &Service, home: &Home, draft: &Draft) {
    let mut program = service.program(home, &["resume", draft.id.as_str()]).size(100, 90).start();
    program.shows("Review and create");
    finish_in(&mut program);
    let give_up = Instant::now() + PATIENCE;
    let waits = || service.jobs_of(draft.id.as_str())[0]["properties"]["status"] == "AwaitingShipmentDetails";
    while !(kept(home, draft).has_job() && waits()) {
        assert!(Instant::now() < give_up, "the job never waited for its drives:\n{}", program.screen());
        thread::sleep(Duration::from_millis(20));
    }
    program.kill_hard();
}

/// The draft as it would be a while later: a request that was noted can no longer arrive.
fn age(home: &Home, draft: &Draft) {
    let mut later = kept(home, draft);
    if let Some(ship) = &mut later.journal.ship {
        ship.at -= SignedDuration::from_mins(20);
    }
    if let Some(sent) = &mut later.journal.cancel {
        *sent -= SignedDuration::from_mins(20);
    }
    keep(home, &later);
}

/// On the step where it is done, with what is to be announced.
fn made_ready(mut draft: Draft, deed: Deed) -> Draft {
    draft.step = if deed == Deed::Announce { Step::Ship } else { Step::Follow };
    draft.parcel =
        ParcelAnswers { carrier: "FedEx".into(), tracking_number: TRACKING.into(), ..ParcelAnswers::default() };
    draft
}

fn resumed(service: &Service, home: &Home, draft: &Draft, deed: Deed) -> Pty {
    age(home, draft);
    let mut program = service.program(home, &["resume", draft.id.as_str()]).size(100, 90).start();
    let title = if deed == Deed::Announce { "Ship the drives" } else { "Follow the job" };
    program.shows_matching(
        |screen| screen.contains(title) || screen.contains("Follow the job") || screen.contains("BitLocker keys"),
        "the step",
    );
    program
}

/// The keys, and the yes to the question. Of no effect where it is done or being asked about.
fn act(program: &mut Pty, deed: Deed) {
    let screen = program.screen();
    match deed {
        Deed::Announce if screen.contains("Ship the drives") => drop(program.press("Ctrl-n")),
        Deed::Cancel if screen.contains("x cancel job") => drop(program.press("x")),
        Deed::Delete if screen.contains("d delete job") => drop(program.press("d")),
        _ => return,
    }
    let asked = Instant::now() + Duration::from_secs(2);
    let typed = |program: &Pty| program.screen().contains("without its keys?");
    while !program.screen().contains("y yes") && !typed(program) && Instant::now() < asked {
        thread::sleep(Duration::from_millis(5));
    }
    if typed(program) {
        program.type_text("delete without keys").press("Enter");
        return;
    }
    if program.screen().contains("y yes") {
        program.press("y");
    }
}

/// Waits for a random number of the requests, and then for a random part of an answer's time.
fn somewhere_in_it(service: &Service, chance: &mut Chance, program: &Pty, seen: usize, deed: Deed) {
    let goal = seen + usize::try_from(chance.below(REQUESTS)).unwrap();
    let give_up = Instant::now() + Duration::from_secs(3);
    while service.sim.journal().len() < goal && !says_done(&program.screen(), deed) && Instant::now() < give_up {
        thread::sleep(Duration::from_millis(1));
    }
    thread::sleep(chance.pause(25));
}

fn says_done(screen: &str, deed: Deed) -> bool {
    match deed {
        Deed::Announce => screen.contains("The service knows of the parcel."),
        Deed::Cancel => screen.contains("The job is cancelled. Send no drives."),
        Deed::Delete => screen.contains("You deleted job"),
    }
}

/// Whether the draft knows that its drives may be sent for nothing.
fn warns(draft: &Draft) -> bool {
    draft.cancellation().is_some() || draft.job.as_ref().is_some_and(|job| job.status.state == JobState::Cancelled)
}

/// Whether the service has done it.
fn is_done(service: &Service, draft: &Draft, deed: Deed) -> bool {
    let jobs = service.jobs_of(draft.id.as_str());
    match deed {
        Deed::Announce => jobs[0]["properties"]["status"] != "AwaitingShipmentDetails",
        Deed::Cancel => jobs[0]["properties"]["status"] == "Cancelled",
        Deed::Delete => jobs.is_empty(),
    }
}

/// How often the service was asked for it; a request that was cut off counts too.
fn tells(service: &Service, draft: &Draft, deed: Deed) -> usize {
    let name = &draft.options.name;
    let (method, path) = match deed {
        Deed::Announce => ("POST", format!("/jobs/{name}/markDevicesShipped?")),
        Deed::Cancel => ("POST", format!("/jobs/{name}/cancel?")),
        Deed::Delete => ("DELETE", format!("/jobs/{name}?")),
    };
    service.sim.journal().iter().filter(|(how, target, _)| how == method && target.contains(&path)).count()
}

/// Goes on like a person until it is done, and looks at what the service has.
fn end(service: &Service, home: &Home, draft: &Draft, deed: Deed) {
    let mut program = resumed(service, home, draft, deed);
    let give_up = Instant::now() + PATIENCE;
    let over = |draft: &Draft| match deed {
        Deed::Announce => draft.job.as_ref().is_some_and(|job| !job.status.state.before_shipment()),
        Deed::Cancel => draft.job.as_ref().is_some_and(|job| job.status.state == JobState::Cancelled),
        Deed::Delete => draft.gone().is_some(),
    };
    while !over(&kept(home, draft)) {
        assert!(Instant::now() < give_up, "{deed:?} never came to its end:\n{}", program.screen());
        act(&mut program, deed);
        thread::sleep(Duration::from_millis(200));
    }
    drop(program);
    let jobs = service.jobs_of(draft.id.as_str());
    match deed {
        Deed::Announce => {
            let state = kept(home, draft).job.map(|job| job.status.state);
            assert_eq!(state, Some(JobState::Shipped));
            assert_eq!(jobs.len(), 1, "{jobs:?}");
        }
        Deed::Cancel => assert!(is_done(service, draft, deed), "{jobs:?}"),
        Deed::Delete => assert!(jobs.is_empty(), "the deleted job is there: {jobs:?}"),
    }
}
