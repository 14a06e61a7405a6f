//! Killed while the job is being created, at any moment of it, with and without a list file: in the end the service has exactly
//! one job of the draft, and with a list exactly one list, which is this selection.

use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use blobfreight::azure::model::ServiceName;
use blobfreight::draft::{Draft, DraftId};
use blobfreight::protocol::step::Step;
use blobfreight::select::{Compiled, Rule, compile, compile_for_data_box};
use blobfreight::sim::{FaultAction, FaultRule};

use crate::chance::Chance;
use crate::service::Service;
use crate::support::export_steps;
use crate::support::pty::{Home, Pty};

/// Of every answer, so that there is time to be killed between two of them.
pub(crate) const LATENCY: Duration = Duration::from_millis(15);
/// The list of jobs, the name, the job.
const REQUESTS: u64 = 3;
/// The same with the list file, its container, the list file again, and what is read back.
const REQUESTS_WITH_LIST: u64 = 7;
const DRAFTS_A_SERVICE: u32 = 20;
/// Title of the step after the review.
const SHIPPING: &str = "Ship the drives";

/// How long a person goes on trying before the run counts as stuck.
pub(crate) const PATIENCE: Duration = Duration::from_secs(60);

#[test]
fn w42_a_few_kills_during_create_make_one_job_and_one_list() {
    run("kills during create", ServiceName::ImportExport, 6);
    run("kills during create with Data Box", ServiceName::DataBox, 6);
}

#[test]
#[ignore = "the long form: minutes"]
fn w42_two_hundred_kills_during_create_make_one_job_and_one_list() {
    run("kills during create", ServiceName::ImportExport, 200);
    run("kills during create with Data Box", ServiceName::DataBox, 200);
}

/// Half of the kills hit a create with a list file. Each draft is killed up to three times before it may come to its end.
fn run(name: &str, service_name: ServiceName, kills: u32) {
    let mut chance = Chance::new(name);
    let mut service = Service::start(service_name, LATENCY);
    let template = answered(&service);
    let began = Instant::now();
    let (mut drafts, mut found, mut asked) = ([0_u32; 2], 0_u32, 0_u32);
    for with_list in [false, true] {
        let mut left = kills / 2;
        while left > 0 {
            let number = drafts[0] + drafts[1];
            drafts[usize::from(with_list)] += 1;
            if number % DRAFTS_A_SERVICE == DRAFTS_A_SERVICE - 1 {
                // The journal of requests is not endless.
                service = Service::start(service_name, LATENCY);
            }
            let draft = draft_of(&template, number, with_list);
            let home = Home::new();
            keep(&home, &draft);
            let times = left.min(1 + u32::try_from(chance.below(3)).unwrap());
            left -= times;
            for _ in 0..times {
                let mut program = resumed(&service, &home, &draft);
                let seen = settled(&service);
                press_create(&mut program);
                somewhere_in_it(&service, &mut chance, &program, seen, with_list);
                program.kill_hard();
                asked += u32::from(puts(&service, &draft) > 0);
                found += u32::from(!service.jobs_of(draft.id.as_str()).is_empty());
            }
            finish(&service, &home, &draft);
            is_one_job_with_its_list(&service, &draft, with_list);
        }
    }
    println!(
        "{name}: {kills} kills, {} drafts ({} with a list file), one job each, one list each; the create request had been \
         sent before {asked} of the kills and the job was there after {found}, {} s",
        drafts[0] + drafts[1],
        drafts[1],
        began.elapsed().as_secs()
    );
}

/// Waits until the program has read what it reads by itself after it was opened; how many requests the service has seen then.
pub(crate) fn settled(service: &Service) -> usize {
    let mut seen = service.sim.journal().len();
    let mut since = Instant::now();
    while since.elapsed() < Duration::from_millis(250) {
        thread::sleep(Duration::from_millis(5));
        let now = service.sim.journal().len();
        if now != seen {
            (seen, since) = (now, Instant::now());
        }
    }
    seen
}

/// Waits for a random number of the requests that make a job, and then for a random part of an answer's time.
fn somewhere_in_it(service: &Service, chance: &mut Chance, program: &Pty, seen: usize, with_list: bool) {
    let requests = if with_list { REQUESTS_WITH_LIST } else { REQUESTS };
    // Data Box checks the job first, and is asked how far the create is.
    let requests = if service.name == ServiceName::DataBox { requests + 4 } else { requests };
    let goal = seen + 1 + usize::try_from(chance.below(requests)).unwrap();
    let give_up = Instant::now() + Duration::from_secs(5);
    while service.sim.journal().len() < goal && !is_done(program) && Instant::now() < give_up {
        thread::sleep(Duration::from_millis(1));
    }
    thread::sleep(chance.pause(25));
}

fn is_done(program: &Pty) -> bool {
    program.screen().contains(SHIPPING)
}

/// A create whose request is held up on its way and arrives after the program was killed and asked again.
#[test]
fn w42_a_create_that_arrives_late_is_the_same_job() {
    for service_name in ServiceName::ALL {
        arrives_late(service_name);
    }
}

fn arrives_late(service_name: ServiceName) {
    let service = Service::start(service_name, Duration::ZERO);
    let template = answered(&service);
    for (number, with_list) in [(900, false), (901, true)] {
        let draft = draft_of(&template, number, with_list);
        let late = FaultAction::Late { after_ms: 4_000 };
        let path = format!("jobs/{}", draft.options.name);
        service.sim.faults().add(FaultRule { method: Some("PUT".into()), ..FaultRule::next(&path, late) });
        let home = Home::new();
        keep(&home, &draft);
        let mut program = resumed(&service, &home, &draft);
        press_until(&mut program, "Azure did not answer");
        program.shows_not("Could not create").shows("not known");
        program.kill_hard();

        let mut again = service.program(&home, &["resume", draft.id.as_str()]).size(100, 90).start();
        again.shows("Review and create").shows("can arrive until");
        again.press("Alt-7").shows("may exist").type_text("x").shows("may exist").press("Alt-8");
        assert_eq!(kept(&home, &draft).options.name, draft.options.name, "the name stays");
        finish_in(&mut again);
        drop(again);
        let give_up = Instant::now() + PATIENCE;
        while service.sim.faults().held() > 0 {
            assert!(Instant::now() < give_up, "the late request never arrived");
            thread::sleep(Duration::from_millis(5));
        }
        is_one_job_with_its_list(&service, &draft, with_list);
    }
}

/// Every answer given, once, by the real program; the draft it leaves is what each run begins with.
pub(crate) fn answered(service: &Service) -> Draft {
    let home = Home::new();
    let mut program = service.program(&home, &["--service", service.name.word()]).start();
    program.shows("New export").press("Enter");
    export_steps::sign_in_by_principal(&mut program);
    export_steps::into_the_blobs(&mut program);
    program.press("Down").press("Down").press("Down").press("Space").shows("▸ [x] book").press("Alt-Right");
    program.shows("Drives to buy").press("Alt-Right");
    export_steps::fill_in_address(&mut program);
    program
        .press("Alt-Right")
        .shows("Ship drives to")
        .press("Enter")
        .shows("Job name and options")
        .shows("export-northlight")
        .press("Alt-Right");
    program.shows("Review and create").press("Ctrl-c");
    assert_eq!(program.wait_exit(), 0);
    let drafts = home.data().join("drafts");
    let mut files = std::fs::read_dir(drafts).unwrap().map(|entry| entry.unwrap().path());
    let file = files.find(|path| path.extension().is_some_and(|ending| ending == "json")).unwrap();
    serde_json::from_slice(&std::fs::read(file).unwrap()).unwrap()
}

pub(crate) fn draft_of(template: &Draft, number: u32, with_list: bool) -> Draft {
    let mut draft = template.clone();
    draft.id = DraftId::parse(&format!("20261126-0900-{number:08x}")).unwrap();
    draft.options.name = format!("torture-{number}");
    draft.step = Step::Review;
    if with_list {
        let mut rules = draft.selection.rules.to_vec();
        rules.push(Rule::Blob { path: "footage/slate.csv".into(), snapshots: false });
        draft.selection.rules = Arc::new(rules);
    }
    draft
}

fn file(home: &Home, draft: &Draft) -> std::path::PathBuf {
    home.data().join("drafts").join(format!("{}.json", draft.id))
}

pub(crate) fn keep(home: &Home, draft: &Draft) {
    std::fs::create_dir_all(home.data().join("drafts")).unwrap();
    std::fs::write(file(home, draft), serde_json::to_vec(draft).unwrap()).unwrap();
}

pub(crate) fn kept(home: &Home, draft: &Draft) -> Draft {
    serde_json::from_slice(&std::fs::read(file(home, draft)).unwrap()).unwrap()
}

/// The draft opened again, with whatever it looks up by itself under way or answered.
fn resumed(service: &Service, home: &Home, draft: &Draft) -> Pty {
    let mut program = service.program(home, &["resume", draft.id.as_str()]).size(100, 90).start();
    program.shows_matching(
        |screen| screen.contains("Review and create") || screen.contains(SHIPPING),
        "the review or the parcel",
    );
    program
}

/// To the end of the review, the word, the button. Of no effect where the job is there or is being asked about.
fn press_create(program: &mut Pty) {
    if program.screen().contains("Review and create") {
        program.press("End").press("Ctrl-n").type_text("create").press("Ctrl-n");
    }
}

fn finish(service: &Service, home: &Home, draft: &Draft) {
    finish_in(&mut resumed(service, home, draft));
}

/// Goes on like a person until the job is there.
pub(crate) fn finish_in(program: &mut Pty) {
    press_until(program, SHIPPING);
}

/// Presses the button, again and again like a person who was told to wait, until the screen shows something.
fn press_until(program: &mut Pty, shown: &str) {
    let give_up = Instant::now() + PATIENCE;
    while !program.screen().contains(shown) {
        assert!(Instant::now() < give_up, "{shown:?} never came:\n{}", program.screen());
        press_create(program);
        let look_again = Instant::now() + Duration::from_millis(500);
        while Instant::now() < look_again && !program.screen().contains(shown) {
            thread::sleep(Duration::from_millis(5));
        }
    }
}

/// How many create requests the service saw for the draft.
fn puts(service: &Service, draft: &Draft) -> usize {
    let of_job = format!("/jobs/{}?", draft.options.name);
    service.sim.journal().iter().filter(|(method, target, _)| method == "PUT" && target.contains(&of_job)).count()
}

fn is_one_job_with_its_list(service: &Service, draft: &Draft, with_list: bool) {
    let jobs = service.jobs_of(draft.id.as_str());
    assert_eq!(jobs.len(), 1, "{jobs:?}");
    let (inline, file, compiled) = match service.name {
        ServiceName::ImportExport => {
            let export = &jobs[0]["properties"]["export"];
            (&export["blobList"], &export["blobListBlobPath"], compile(&draft.selection.rules))
        }
        ServiceName::DataBox => {
            let export = &jobs[0]["properties"]["details"]["dataExportDetails"][0]["transferConfiguration"];
            let include = &export["transferFilterDetails"]["include"];
            let file = &include["filterFileDetails"][0]["filterFilePath"];
            (&include["blobFilterDetails"], file, compile_for_data_box(&draft.selection.rules, None))
        }
    };
    let lists = service.lists_of(draft.id.as_str());
    if !with_list {
        assert!(lists.is_empty() && inline.is_object(), "{lists:?} {}", jobs[0]);
        return;
    }
    assert_eq!(lists.len(), 1, "{lists:?}");
    assert_eq!(*file, lists[0].as_str(), "{}", jobs[0]);
    let Compiled::ListFile { xml, .. } = compiled.unwrap() else { panic!("no list is needed") };
    assert_eq!(service.blob(&lists[0]), xml);
}
