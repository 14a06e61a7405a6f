//! Files that are not what they should be, and places that cannot be written: each command ends, and says in one sentence what is
//! wrong and where. Nothing is followed, waited for or half used.
#![cfg(unix)]
use std::fs;
use std::io::Write as _;
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

const LIST: &str = "<BlobList><BlobPathPrefix>/media/</BlobPathPrefix></BlobList>";

/// Nobody's user and group id.
const NOBODY: &str = "65534";

/// Puts something in the place of the second file, with the first as what it may lead to.
type Make = fn(&Path, &Path);

struct Place(tempfile::TempDir);

impl Place {
    fn new() -> Self {
        let place = Self(tempfile::tempdir().unwrap());
        fs::write(place.at("list.xml"), LIST).unwrap();
        place
    }

    fn at(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn command(&self, program: &Path, leading: &[&str], arguments: &[&str]) -> Command {
        let mut command = Command::new(program);
        command.args(leading).args(arguments).current_dir(&self.0).stdin(Stdio::null());
        for (name, at) in [("DATA_DIR", "data"), ("STATE_DIR", "state"), ("CONFIG", "config.toml")] {
            command.env(format!("BLOBFREIGHT_{name}"), self.at(at));
        }
        command
    }

    fn run(&self, arguments: &[&str]) -> Output {
        self.command(Path::new(env!("CARGO_BIN_EXE_blobfreight")), &[], arguments).output().unwrap()
    }

    /// Runs as somebody whom permissions bind; `None` where this account is root and cannot become anybody else.
    fn run_bound(&self, arguments: &[&str]) -> Option<Output> {
        let root = fs::metadata("/proc/self").is_ok_and(|own| std::os::unix::fs::MetadataExt::uid(&own) == 0);
        if !root {
            return Some(self.run(arguments));
        }
        let copy = self.at("blobfreight");
        if !copy.exists() {
            fs::copy(env!("CARGO_BIN_EXE_blobfreight"), &copy).unwrap();
            fs::set_permissions(self.0.path(), fs::Permissions::from_mode(0o755)).unwrap();
        }
        let become_nobody = ["--reuid", NOBODY, "--regid", NOBODY, "--clear-groups"];
        let program = copy.to_str().unwrap();
        let leading: Vec<&str> = become_nobody.into_iter().chain([program]).collect();
        let output = self.command(Path::new("setpriv"), &leading, arguments).output();
        if output.is_err() {
            println!("skipped: root is bound by no permissions, and setpriv is not here");
        }
        output.ok()
    }

    /// The name of a new draft.
    fn draft(&self) -> String {
        let output = self.run(&["select", "--list", "list.xml", "--new"]);
        assert!(output.status.success(), "{}", err(&output));
        String::from_utf8_lossy(&output.stdout).split_whitespace().nth(1).unwrap().to_owned()
    }

    /// The file of a draft.
    fn file(&self, draft: &str, ending: &str) -> PathBuf {
        let mut open = vec![self.at("data")];
        while let Some(folder) = open.pop() {
            for entry in fs::read_dir(folder).unwrap().flatten() {
                match entry.file_type().unwrap().is_dir() {
                    true => open.push(entry.path()),
                    false if entry.file_name().to_string_lossy() == format!("{draft}.{ending}") => return entry.path(),
                    false => {}
                }
            }
        }
        self.at("none")
    }
}

fn err(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// One sentence on standard error with each of these words.
fn says(output: &Output, words: &[&str]) {
    let told = err(output);
    assert!(!output.status.success(), "{told}");
    assert_eq!(told.trim_end().lines().count(), 1, "{told}");
    for word in words {
        assert!(told.contains(word), "{word} is missing in: {told}");
    }
}

fn pipe(path: &Path) {
    assert!(Command::new("mkfifo").arg(path).status().unwrap().success());
}

#[test]
fn a_link_a_pipe_or_a_folder_in_the_place_of_a_draft_is_named_and_neither_followed_nor_waited_for() {
    let place = Place::new();
    let draft = place.draft();
    let file = place.file(&draft, "json");
    let kept = place.at("kept.json");
    fs::rename(&file, &kept).unwrap();
    let make: [(&str, Make); 3] = [
        ("a symbolic link", |kept, file| symlink(kept, file).unwrap()),
        ("a pipe", |_, file| pipe(file)),
        ("a folder", |_, file| fs::create_dir(file).unwrap()),
    ];
    let before = fs::read(&kept).unwrap();
    for (what, make) in make {
        make(&kept, &file);
        says(&place.run(&["select", "--draft", &draft]), &[what, "not a regular file", &format!("{draft}.json")]);
        let listed = String::from_utf8_lossy(&place.run(&["drafts"]).stdout).into_owned();
        assert!(listed.contains(&draft) && listed.contains(what), "{listed}");
        let _either = fs::remove_file(&file).or_else(|_| fs::remove_dir(&file));
    }
    assert_eq!(fs::read(&kept).unwrap(), before);
}

#[test]
fn a_link_or_a_pipe_in_the_place_of_a_lock_lets_nobody_write() {
    let place = Place::new();
    let draft = place.draft();
    let lock = place.file(&draft, "json").with_extension("lock");
    fs::write(place.at("theirs"), "precious").unwrap();
    let make: [(&str, Make); 3] = [
        ("a symbolic link", |theirs, lock| symlink(theirs, lock).unwrap()),
        ("a pipe", |_, lock| pipe(lock)),
        ("a folder", |_, lock| fs::create_dir(lock).unwrap()),
    ];
    for (what, make) in make {
        let _stays_behind = fs::remove_file(&lock);
        make(&place.at("theirs"), &lock);
        let name = format!("{draft}.lock");
        let words = [what, "not a regular file", &name, "move it away"];
        for command in [&["select", "--list", "list.xml", "--draft", &draft][..], &["drafts", "discard", &draft]] {
            let output = place.run(command);
            says(&output, &words);
            assert!(!err(&output).contains("another Blobfreight"), "nobody has it open: {}", err(&output));
        }
        assert!(place.run(&["drafts"]).status.success());
    }
    assert_eq!(fs::read_to_string(place.at("theirs")).unwrap(), "precious");
}

#[test]
fn a_configuration_may_be_behind_a_link_but_is_a_file() {
    let place = Place::new();
    fs::write(place.at("mine.toml"), "motion = false\n").unwrap();
    symlink(place.at("mine.toml"), place.at("config.toml")).unwrap();
    assert!(place.run(&["drafts"]).status.success());
    fs::remove_file(place.at("config.toml")).unwrap();
    pipe(&place.at("config.toml"));
    says(&place.run(&["drafts"]), &["config.toml", "a pipe", "not a regular file"]);
    fs::remove_file(place.at("config.toml")).unwrap();
    fs::create_dir(place.at("config.toml")).unwrap();
    says(&place.run(&["drafts"]), &["config.toml", "a folder"]);
}

#[test]
fn a_list_may_come_through_a_pipe_and_from_no_device_or_folder() {
    let place = Place::new();
    for (wrong, word) in [("/dev/zero", "device"), ("data", "there is no such file"), (".", "a folder")] {
        says(&place.run(&["select", "--list", wrong]), &[word]);
    }
    let program = Path::new(env!("CARGO_BIN_EXE_blobfreight"));
    let mut command = place.command(program, &[], &["select", "--list", "/dev/stdin"]);
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(LIST.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!(String::from_utf8_lossy(&output.stdout), "/dev/stdin holds 1 rule.\n");
}

#[test]
fn what_may_not_be_read_is_named_with_the_reason() {
    let place = Place::new();
    let draft = place.draft();
    let file = place.file(&draft, "json");
    let close = |path: &Path| fs::set_permissions(path, fs::Permissions::from_mode(0o000)).unwrap();
    fs::set_permissions(file.parent().unwrap(), fs::Permissions::from_mode(0o777)).unwrap();
    fs::set_permissions(place.at("data"), fs::Permissions::from_mode(0o777)).unwrap();
    close(&place.at("list.xml"));
    close(&file);
    let Some(list) = place.run_bound(&["select", "--list", "list.xml"]) else { return };
    says(&list, &["list.xml", "denied"]);
    says(&place.run_bound(&["select", "--draft", &draft]).unwrap(), &[&draft, "permission was denied"]);
    fs::write(place.at("config.toml"), "").unwrap();
    close(&place.at("config.toml"));
    says(&place.run_bound(&["drafts"]).unwrap(), &["config.toml", "permission was denied"]);
}

#[test]
fn a_data_directory_that_cannot_be_written_refuses_a_new_draft_and_still_lists_the_old_ones() {
    let place = Place::new();
    let draft = place.draft();
    let folder = place.file(&draft, "json").parent().unwrap().to_owned();
    for path in [place.file(&draft, "json"), place.at("list.xml")] {
        fs::set_permissions(path, fs::Permissions::from_mode(0o644)).unwrap();
    }
    for path in [&folder, &place.at("data")] {
        fs::set_permissions(path, fs::Permissions::from_mode(0o555)).unwrap();
    }
    let Some(new) = place.run_bound(&["select", "--list", "list.xml", "--new"]) else { return };
    says(&new, &["draft", "permission was denied"]);
    let listed = place.run_bound(&["drafts"]).unwrap();
    assert!(String::from_utf8_lossy(&listed.stdout).contains(&draft), "{}", err(&listed));
    for path in [&place.at("data"), &folder] {
        fs::set_permissions(path, fs::Permissions::from_mode(0o755)).unwrap();
    }
}
