//! The backend of the wizard in a process that is killed while it writes: papers, requests, keys, reports, the jobs that were found, drafts of
//! jobs made elsewhere and new drafts. A file that has its name is whole, and what is left beside it is swept.

use std::collections::BTreeMap;
use std::env;
use std::fs::{self, File};
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::thread;
use std::time::{Duration, UNIX_EPOCH};

use blobfreight::azure::cloud::Cloud;
use blobfreight::azure::model::{BitLockerKey, JobAddress, ServiceName, SignInMethod};
use blobfreight::draft::store::DraftStore;
use blobfreight::draft::{Draft, DraftEntry, DraftId, DraftSummary, UsedSignIn};
use blobfreight::driver::backend::Backend;
use blobfreight::driver::live::{LiveBackend, drafts_in, keys_text, sweep};
use blobfreight::protocol::message::{Call, DriveVerification, NamedText, Reply};
use blobfreight::protocol::overview::OverviewSignIn;
use blobfreight::protocol::step::Step;
use blobfreight::verify::rules::NamedDrive;
use secrecy::ExposeSecret as _;
use strum::VariantArray as _;

use crate::chance::Chance;
use crate::service::Service;
use crate::support::app_harness::full_draft;

/// What the other process writes, again and again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, strum::VariantArray, strum::EnumString, strum::IntoStaticStr)]
enum Writing {
    Papers,
    Request,
    Keys,
    Reports,
    FoundJobs,
    TakenJob,
    NewDraft,
    Moves,
}

/// What the other process is told.
const WRITING: &str = "TORTURE_WRITING";
const DATA: &str = "TORTURE_DATA";
const SERVICE: [&str; 3] = ["TORTURE_ARM", "TORTURE_AUTHORITY", "TORTURE_TENANT"];
const JOB: [&str; 2] = ["TORTURE_SUBSCRIPTION", "TORTURE_GROUP"];

/// The jobs at the service.
const JOBS: [&str; 2] = ["one-export", "two-export"];
/// Lines of a text: long enough that it is not written at once.
const LINES: usize = 20_000;
/// Keys in a file.
const KEYS: usize = 60;
/// Blobs on the drive that is checked.
const BLOBS: usize = 400;

#[test]
fn w42_a_few_kills_of_the_backend_leave_no_half_file() {
    run(3);
}

#[test]
#[ignore = "the long form: minutes"]
fn w42_hundreds_of_kills_of_the_backend_leave_no_half_file() {
    run(150);
}

fn run(kills: u32) {
    let mut chance = Chance::new("kills of the backend");
    let service = Service::start(ServiceName::ImportExport, Duration::from_millis(1));
    for name in JOBS {
        service.finished_job(name);
    }
    for writing in Writing::VARIANTS {
        let data = tempfile::tempdir().unwrap();
        write_drive(data.path());
        let (mut whole, mut left) = (0, 0);
        for _ in 0..kills {
            let saved = killed(*writing, &service, data.path(), &mut chance);
            whole += looked_at(*writing, &service, data.path(), saved);
            left += swept(data.path());
        }
        assert!(whole > 0 || kills < 10, "nothing was ever written of {writing:?}");
        println!(
            "kills while the backend writes {writing:?}: {kills}, {whole} times a file was whole, {left} unfinished ones were swept"
        );
    }
}

/// Starts the other process, and kills it at a moment by chance once it writes. Gives the number that it said last, or 0.
fn killed(writing: Writing, service: &Service, data: &Path, chance: &mut Chance) -> u64 {
    let ends = service.sim.endpoints();
    let mut other = Command::new(env::current_exe().unwrap())
        .args(["--exact", "backend::write_until_killed", "--ignored", "--nocapture"])
        .env(WRITING, <&str>::from(writing))
        .env(DATA, data)
        .envs(SERVICE.into_iter().zip([&ends.arm, &ends.authority, &ends.tenant]))
        .envs(JOB.into_iter().zip([&ends.subscription, &ends.resource_group]))
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut said = BufReader::new(other.stdout.take().unwrap()).lines().map(Result::unwrap);
    assert!(said.any(|line| line == "begun"), "{writing:?}: {:?}", other.wait());
    // What asks the service takes longer.
    let life = if matches!(writing, Writing::FoundJobs | Writing::TakenJob) { 500 } else { 60 };
    thread::sleep(chance.pause(life));
    other.kill().unwrap();
    other.wait().unwrap();
    said.filter_map(|line| line.parse().ok()).last().unwrap_or_default()
}

/// Not a test: the process that is killed.
#[tokio::test(flavor = "multi_thread")]
#[ignore = "started by the runs above"]
async fn write_until_killed() {
    let Ok(writing) = env::var(WRITING) else { return };
    let data = env::var(DATA).unwrap();
    let live = LiveBackend::new(data.clone().into(), 1.0);
    let writing: Writing = writing.parse().unwrap();
    if writing == Writing::Reports {
        let drive = NamedDrive { folder: Path::new(&data).join("drive"), drive_id: None };
        ask(&live, Call::CheckDrives(DriveVerification { drives: vec![drive], ..DriveVerification::default() })).await;
    }
    println!("\nbegun");
    std::io::stdout().flush().unwrap();
    for number in newest(Path::new(&data)) + 1.. {
        if writing == Writing::Moves {
            move_about(&live, number).await;
        } else {
            write(&live, writing).await;
        }
    }
}

/// Saves the draft with another name of its job, and moves it to each place and back.
async fn move_about(live: &LiveBackend, number: u64) {
    let id = DraftId::parse("d1").unwrap();
    let mut draft = Draft { id: id.clone(), ..full_draft(Step::Review) };
    draft.options.name = number.to_string();
    live.save(&draft).unwrap();
    println!("{number}");
    std::io::stdout().flush().unwrap();
    for call in [
        Call::ArchiveDraft { id: id.clone(), archived: true },
        Call::ArchiveDraft { id: id.clone(), archived: false },
        Call::DiscardDraft(id.clone()),
        Call::RestoreDraft(id.clone()),
    ] {
        ask(live, call).await;
    }
}

/// The highest number of the draft, wherever it is.
fn newest(data: &Path) -> u64 {
    let store = DraftStore::open(&drafts_in(data)).unwrap();
    let listed = store.list().unwrap().into_iter().map(|entry| entry.content);
    let all = listed.chain(store.discarded().unwrap().into_iter().map(|one| one.content));
    let number = |content: DraftSummary| match content {
        DraftSummary::Ready(draft) => draft.job.unwrap_or_default().parse().unwrap_or_default(),
        DraftSummary::Refused(why) => panic!("{why}"),
    };
    all.map(number).max().unwrap_or_default()
}

async fn write(live: &LiveBackend, writing: Writing) {
    let text = |name: &str| NamedText { name: name.to_owned(), text: text() };
    let call = match writing {
        Writing::Papers => Call::SavePapers(["slip.txt", "label.html", "deadlines.ics"].map(text).to_vec()),
        Writing::Request => {
            let NamedText { name, text } = text("request.json");
            Call::SaveRequest { name, list: Some(text.clone()), text }
        }
        Writing::Keys => Call::SaveKeys { name: "keys.txt".into(), keys: keys() },
        Writing::Reports => Call::SaveReports("check".into()),
        Writing::FoundJobs => Call::JobsOverview(vec![sign_in()]),
        Writing::TakenJob => Call::TakeJob { sign_in: Box::new(sign_in()), job: job(), another: false },
        Writing::NewDraft | Writing::Moves => Call::NewDraft { rehearsal: true },
    };
    match ask(live, call).await {
        Reply::Taken { draft, .. } => {
            live.close_draft();
            // Gone without a trace, so that it is made anew.
            let store = DraftStore::open(&drafts_in(Path::new(&env::var(DATA).unwrap()))).unwrap();
            fs::remove_file(store.dir().join(format!("{}.json", draft.id))).unwrap();
        }
        Reply::Opened { draft, .. } if writing == Writing::NewDraft => live.save(&draft).unwrap(),
        _ => {}
    }
    live.close_draft();
}

async fn ask(live: &LiveBackend, call: Call) -> Reply {
    live.call(call, Arc::new(|_| {})).await.unwrap()
}

fn text() -> String {
    "a line of a text\n".repeat(LINES)
}

fn keys() -> Vec<BitLockerKey> {
    let key = |number| BitLockerKey { drive: format!("WX{number:04}"), key: "531058-303050".to_owned().into() };
    (0..KEYS).map(key).collect()
}

fn sign_in() -> OverviewSignIn {
    let [arm, authority, tenant] = SERVICE.map(|name| env::var(name).unwrap());
    let cloud = Cloud { name: "sim".into(), arm, authority, blob: None, storage_hosts: Vec::new() };
    let sign_in = UsedSignIn { cloud: cloud.name.clone(), tenant: Some(tenant), method: SignInMethod::Rehearsal };
    OverviewSignIn { cloud, sign_in }
}

fn job() -> JobAddress {
    let [subscription, resource_group] = JOB.map(|name| env::var(name).unwrap());
    JobAddress { service: ServiceName::ImportExport, subscription, resource_group, name: JOBS[0].to_owned() }
}

/// A drive that holds nothing of what was promised: its reports are long.
fn write_drive(data: &Path) {
    let drive = data.join("drive");
    fs::create_dir_all(&drive).unwrap();
    let blob = |number: usize| {
        format!(
            "<Blob><BlobPath>c/{number}</BlobPath><FilePath>\\c\\{number}</FilePath><Length>1</Length><BlockList>\
             <Block Offset=\"0\" Length=\"1\" Hash=\"D41D8CD98F00B204E9800998ECF8427E\"/></BlockList></Blob>"
        )
    };
    let blobs: String = (0..BLOBS).map(blob).collect();
    let manifest = format!(
        "<DriveManifest Version=\"2014-11-01\"><Drive><DriveId>D1</DriveId><BlobList>{blobs}</BlobList></Drive></DriveManifest>"
    );
    fs::write(drive.join("D1.manifest"), manifest).unwrap();
}

/// How many whole files are there. Takes them away, so that the next kill begins anew.
fn looked_at(writing: Writing, service: &Service, data: &Path, saved: u64) -> usize {
    match writing {
        Writing::Papers => whole(&taken(data, "papers"), &text()),
        Writing::Request => whole(&taken(data, "requests"), &text()),
        Writing::Keys => whole(&taken(data, "keys"), keys_text(&keys()).expose_secret()),
        Writing::Reports => reports(&taken(data, "reports")),
        Writing::FoundJobs => {
            let is_there = data.join("found-jobs.json").exists();
            let found = asked(data, Call::FoundJobs);
            let Reply::FoundJobs(found) = found else { panic!("{found:?}") };
            assert_eq!(found.len(), if is_there { JOBS.len() } else { 0 });
            usize::from(is_there)
        }
        Writing::TakenJob => {
            let drafts = drafts(data);
            let names: Vec<_> = drafts.iter().map(|draft| draft.job_address().unwrap().name.clone()).collect();
            assert!(names.is_empty() || names == [JOBS[0]], "{names:?}");
            let journal = service.sim.journal();
            let jobs = journal.iter().filter(|(method, target, _)| method == "PUT" && target.contains("/jobs/"));
            assert!(jobs.count() <= JOBS.len(), "a job that is taken over is not created");
            drafts.len()
        }
        Writing::NewDraft => drafts(data).len(),
        Writing::Moves => is_one_draft(data, saved),
    }
}

/// The drafts, which can all be opened. They are removed.
fn drafts(data: &Path) -> Vec<Draft> {
    let store = DraftStore::open(&drafts_in(data)).unwrap();
    let opened = |entry: DraftEntry| {
        let (draft, lock) = store.load(&entry.id).unwrap();
        drop(lock.expect("nobody has it open"));
        fs::remove_file(store.dir().join(format!("{}.json", entry.id))).unwrap();
        draft
    };
    store.list().unwrap().into_iter().map(opened).collect()
}

/// The draft is in one place, and is what was saved last; it can be moved to any other.
fn is_one_draft(data: &Path, saved: u64) -> usize {
    let store = DraftStore::open(&drafts_in(data)).unwrap();
    let id = DraftId::parse("d1").unwrap();
    assert!(store.list().unwrap().len() <= 1);
    if newest(data) == 0 {
        return 0;
    }
    if !store.has(&id) {
        store.restore(&id).unwrap();
    }
    let (draft, lock) = store.load(&id).unwrap();
    drop(lock.expect("nobody has it open"));
    assert!(
        draft.options.name.parse::<u64>().unwrap() >= saved,
        "{} was saved, {} is there",
        saved,
        draft.options.name
    );
    for _ in 0..2 {
        store.archive(&id).unwrap();
        store.unarchive(&id).unwrap();
        store.discard(&id).unwrap();
        store.restore(&id).unwrap();
    }
    assert_eq!(store.read(&id).unwrap(), draft);
    1
}

/// Every file is this one. How many there are.
fn whole(files: &BTreeMap<String, Vec<u8>>, wanted: &str) -> usize {
    for (name, bytes) in files {
        assert!(bytes == wanted.as_bytes(), "{name} has its name and is not whole: {} bytes", bytes.len());
    }
    files.len()
}

/// The answer of the backend in a program that was started after the kill.
fn asked(data: &Path, call: Call) -> Reply {
    let live = LiveBackend::new(data.to_owned(), 1.0);
    tokio::runtime::Runtime::new().unwrap().block_on(ask(&live, call))
}

/// The files in a folder that have their names. They are removed.
fn taken(data: &Path, folder: &str) -> BTreeMap<String, Vec<u8>> {
    let named = |file: fs::DirEntry| {
        let name = file.file_name().into_string().unwrap();
        let bytes = (!name.starts_with('.')).then(|| fs::read(file.path()).unwrap())?;
        fs::remove_file(file.path()).unwrap();
        Some((name, bytes))
    };
    fs::read_dir(data.join(folder)).into_iter().flatten().filter_map(|file| named(file.unwrap())).collect()
}

/// All reports of one check are of the same length, in each of their forms.
fn reports(written: &BTreeMap<String, Vec<u8>>) -> usize {
    for (form, end) in [("txt", "\n"), ("html", "</html>\n"), ("json", "}\n"), ("csv", "\n")] {
        let of_form: Vec<_> = written.iter().filter(|(name, _)| name.ends_with(form)).collect();
        for (name, bytes) in &of_form {
            assert!(**bytes == *of_form[0].1 && bytes.ends_with(end.as_bytes()), "{name}");
            let lines = bytes.split(|byte| *byte == b'\n').count();
            assert!(form != "csv" || lines == BLOBS + 2, "{name}: {lines} lines");
            assert!(form != "json" || serde_json::from_slice::<serde_json::Value>(bytes).is_ok(), "{name}");
        }
    }
    written.len()
}

/// How many unfinished files were there. They are gone after the next start, once they are a minute old; so are locks of no draft.
fn swept(data: &Path) -> usize {
    let hidden = |folder: &Path| {
        let files = fs::read_dir(folder).into_iter().flatten().map(|file| file.unwrap().path());
        files
            .filter(|path| {
                path.is_file() && path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'))
            })
            .collect::<Vec<_>>()
    };
    let drafts = drafts_in(data);
    let folders = ["", "papers", "requests", "keys", "reports", "scans", "verify"].map(|folder| data.join(folder));
    let all = || folders.iter().chain([&drafts]).flat_map(|folder| hidden(folder)).collect::<Vec<_>>();
    let locks = fs::read_dir(&drafts).into_iter().flatten().map(|file| file.unwrap().path()).collect::<Vec<_>>();
    let left = all();
    for path in left.iter().chain(locks.iter().filter(|path| path.is_file())) {
        File::options().write(true).open(path).unwrap().set_modified(UNIX_EPOCH).unwrap();
    }
    sweep(data, &DraftStore::open(&drafts).unwrap());
    assert_eq!(all(), Vec::<std::path::PathBuf>::new());
    for lock in locks.iter().filter(|path| path.extension().is_some_and(|ending| ending == "lock")) {
        assert!(!lock.exists() || lock.with_extension("json").exists(), "{}", lock.display());
    }
    left.len()
}
