//! What people install: the archives of a release and how `cargo binstall` finds them, the release workflow, the crate, and the oldest Rust.

use std::fs;

use toml::{Table, Value};

use crate::support::sources::root;

fn text(file: &str) -> String {
    fs::read_to_string(root().join(file)).unwrap_or_else(|error| panic!("{file}: {error}"))
}

fn table(file: &str) -> Table {
    text(file).parse().unwrap()
}

/// A value by its path, e.g. `package metadata binstall`.
fn at<'a>(table: &'a Table, path: &str) -> &'a Value {
    let mut keys = path.split(' ');
    let first = &table[keys.next().unwrap()];
    keys.fold(first, |value, key| value.get(key).unwrap_or_else(|| panic!("no {key} of {path}")))
}

fn word<'a>(table: &'a Table, path: &str) -> &'a str {
    at(table, path).as_str().unwrap_or_else(|| panic!("{path} is no text"))
}

fn targets(dist: &Table) -> Vec<&str> {
    at(dist, "dist targets").as_array().unwrap().iter().map(|target| target.as_str().unwrap()).collect()
}

#[test]
fn cargo_binstall_looks_for_the_archives_that_dist_makes() {
    let (manifest, dist) = (table("Cargo.toml"), table("dist-workspace.toml"));
    let binstall = at(&manifest, "package metadata binstall");
    for target in targets(&dist) {
        let windows = target.contains("windows");
        let own = binstall.get("overrides").and_then(|overrides| overrides.get(target));
        let said = |key: &str| {
            let value = own.and_then(|own| own.get(key)).unwrap_or(&binstall[key]).as_str().unwrap();
            let ending = if windows { ".exe" } else { "" };
            [
                ("repo", "REPO"),
                ("name", "blobfreight"),
                ("bin", "blobfreight"),
                ("version", "1.2.3"),
                ("target", target),
                ("binary-ext", ending),
            ]
            .into_iter()
            .fold(value.to_owned(), |text, (name, value)| text.replace(&format!("{{ {name} }}"), value))
        };
        let ending = word(&dist, if windows { "dist windows-archive" } else { "dist unix-archive" });
        assert_eq!(said("pkg-url"), format!("REPO/releases/download/v1.2.3/blobfreight-{target}{ending}"));
        assert_eq!(said("pkg-fmt"), if windows { "zip" } else { "txz" }, "{target} in {ending}");
        // dist packs a folder into a tarball, and the files alone into a zip.
        let inside = if windows { "blobfreight.exe".into() } else { format!("blobfreight-{target}/blobfreight") };
        assert_eq!(said("bin-dir"), inside);
    }
}

#[test]
fn releases_have_every_system_installer_and_proof_that_is_promised() {
    let dist = table("dist-workspace.toml");
    for system in ["linux-gnu", "linux-musl", "apple-darwin", "windows-msvc"] {
        let there = targets(&dist).iter().any(|target| target.starts_with("x86_64-") && target.ends_with(system));
        assert!(there, "{system}");
    }
    assert!(targets(&dist).contains(&"aarch64-apple-darwin"));
    let installers = at(&dist, "dist installers").to_string();
    assert!(["shell", "powershell"].iter().all(|one| installers.contains(one)), "{installers}");
    assert_eq!(word(&dist, "dist checksum"), "sha256");
    assert!(
        at(&dist, "dist cargo-auditable").as_bool().unwrap()
            && at(&dist, "dist github-attestations").as_bool().unwrap()
    );
}

#[test]
fn the_book_names_the_archive_of_each_system() {
    let (dist, page) = (table("dist-workspace.toml"), text("docs/install.md"));
    for target in targets(&dist) {
        let ending = word(&dist, if target.contains("windows") { "dist windows-archive" } else { "dist unix-archive" });
        assert!(page.contains(&format!("`blobfreight-{target}{ending}`")), "{target}");
    }
}

/// The jobs of a workflow, each with its lines.
fn jobs(workflow: &str) -> Vec<(&str, Vec<&str>)> {
    let mut found: Vec<(&str, Vec<&str>)> = Vec::new();
    for line in workflow.lines().skip_while(|line| *line != "jobs:").skip(1) {
        match line.strip_prefix("  ").filter(|rest| rest.ends_with(':') && !rest.starts_with([' ', '#'])) {
            Some(name) => found.push((name.trim_end_matches(':'), Vec::new())),
            None => found.last_mut().into_iter().for_each(|(_, lines)| lines.push(line)),
        }
    }
    found
}

#[test]
fn each_job_of_a_release_has_its_own_address_before_it_builds() {
    let release = text(".github/workflows/release.yml");
    let packages = text(".github/workflows/packages.yml");
    let jobs: Vec<_> = jobs(&release).into_iter().chain(jobs(&packages)).collect();
    let mut filled = Vec::new();
    for (name, lines) in jobs {
        let place = |wanted: &dyn Fn(&str) -> bool| lines.iter().position(|line| wanted(line.trim()));
        let builds = place(&|line| line.starts_with("dist ") || line.starts_with("- run: .ci/package"));
        let address = place(&|line| line == "run: .ci/repository \"$GITHUB_SERVER_URL/$GITHUB_REPOSITORY\"");
        if let Some(builds) = builds {
            assert!(address.is_some_and(|address| address < builds), "{name} builds without the address");
            filled.push(name);
        }
    }
    assert_eq!(filled, ["plan", "build-local-artifacts", "build-global-artifacts", "host", "linux"]);
}

#[test]
fn the_release_workflow_uses_the_dist_that_its_settings_name_and_waits_for_the_gate() {
    let (release, dist) = (text(".github/workflows/release.yml"), table("dist-workspace.toml"));
    let version = word(&dist, "dist cargo-dist-version");
    let installed: Vec<&str> = release.lines().filter(|line| line.contains("cargo-dist-installer.sh")).collect();
    assert!(
        !installed.is_empty() && installed.iter().all(|line| line.contains(&format!("/v{version}/"))),
        "{installed:?}"
    );
    for called in ["ci", "packages"] {
        assert!(release.contains(&format!("/.github/workflows/{called}.yml")), "{called}");
        assert!(text(&format!(".github/workflows/{called}.yml")).contains("workflow_call:"), "{called}");
    }
    let gate = jobs(&release).into_iter().find(|(name, _)| *name == "build-local-artifacts").unwrap().1;
    assert!(gate.contains(&"      - custom-ci"), "{gate:?}");
}

#[test]
fn the_oldest_rust_is_the_same_wherever_it_is_said() {
    let manifest = table("Cargo.toml");
    let oldest = word(&manifest, "package rust-version");
    for file in ["README.md", "CONTRIBUTING.md", "docs/install.md"] {
        let text = text(file);
        let said: Vec<&str> =
            text.split("Rust ").skip(1).filter(|rest| rest.starts_with(|c: char| c.is_ascii_digit())).collect();
        assert!(
            !said.is_empty() && said.iter().all(|rest| rest.starts_with(&format!("{oldest} or newer"))),
            "{file} says another Rust than {oldest}"
        );
    }
    // The gate reads it from Cargo.toml, and the workflow runs the gate; neither has a number of its own.
    assert!(text(".ci/run").contains("rust-version"));
    let workflow = text(".github/workflows/ci.yml");
    assert!(workflow.contains("run: .ci/run") && !workflow.contains("toolchain"), "{workflow}");
}

#[cfg(unix)]
mod commands {
    use std::process::{Command, Output};

    use tempfile::TempDir;

    use super::{Table, at, fs, root, table, text, word};

    /// What `.ci/repository` fills in.
    const FILES: [&str; 2] = ["Cargo.toml", "dist-workspace.toml"];

    /// A copy of what is filled in.
    fn copy() -> TempDir {
        let folder = tempfile::tempdir().unwrap();
        for file in FILES {
            fs::copy(root().join(file), folder.path().join(file)).unwrap();
        }
        folder
    }

    fn fill_in(address: &str, tap: &str, folder: &TempDir) -> Output {
        let mut command = Command::new("bash");
        command.arg(root().join(".ci/repository")).arg(address).arg(folder.path()).env("HOMEBREW_TAP", tap);
        command.output().unwrap()
    }

    fn read(folder: &TempDir) -> [String; 2] {
        FILES.map(|file| fs::read_to_string(folder.path().join(file)).unwrap())
    }

    #[test]
    fn the_address_is_written_into_the_package_and_nothing_else_is_changed() {
        let (folder, before) = (copy(), text("Cargo.toml"));
        for address in ["https://github.com/one/first", "https://git.example.org/two/second.rs"] {
            let done = fill_in(address, "", &folder);
            assert!(done.status.success(), "{done:?}");
            let [manifest, dist] = read(&folder);
            let ours = |line: &&str| line.starts_with("repository") || line.starts_with("homepage");
            let lines: Vec<&str> = manifest.lines().filter(ours).collect();
            assert_eq!(lines, [format!("repository = \"{address}\""), format!("homepage = \"{address}\"")]);
            assert_eq!(word(&manifest.parse().unwrap(), "package repository"), address);
            let rest: Vec<&str> = manifest.lines().filter(|line| !ours(line)).collect();
            assert_eq!(rest, before.lines().filter(|line| !ours(line)).collect::<Vec<_>>());
            assert_eq!(dist, text("dist-workspace.toml"), "without a tap there is no formula");
        }
    }

    #[test]
    fn a_tap_brings_the_formula_and_no_tap_takes_it_away_again() {
        let folder = copy();
        for tap in ["one/homebrew-tap", "two/homebrew-tools"] {
            assert!(fill_in("https://github.com/one/first", tap, &folder).status.success());
            let dist: Table = read(&folder)[1].parse().unwrap();
            assert_eq!(word(&dist, "dist tap"), tap);
            assert_eq!(at(&dist, "dist publish-jobs").to_string(), "[\"homebrew\"]");
            assert_eq!(at(&dist, "dist installers").to_string(), "[\"shell\", \"powershell\", \"homebrew\"]");
        }
        assert!(fill_in("https://github.com/one/first", "", &folder).status.success());
        assert_eq!(read(&folder)[1], text("dist-workspace.toml"));
    }

    #[test]
    fn what_is_no_address_and_no_tap_is_refused_and_nothing_is_written() {
        let (folder, good) = (copy(), "https://github.com/a/b");
        let before = read(&folder);
        let addresses = [
            "",
            "git@github.com:a/b",
            "http://github.com/a/b",
            "https://github.com/a",
            "https://github.com/a/b/c",
            "https://github.com/a/b\"\nx = 1",
        ];
        let taps = ["tap", "one/tap", "one/homebrew-\"x", "https://github.com/one/homebrew-tap"];
        let wrong = addresses.map(|address| (address, "")).into_iter().chain(taps.map(|tap| (good, tap)));
        for (address, tap) in wrong {
            let refused = fill_in(address, tap, &folder);
            assert_eq!(refused.status.code(), Some(2), "{address:?}, {tap:?}: {refused:?}");
            assert!(String::from_utf8_lossy(&refused.stderr).contains("this is none"), "{refused:?}");
            assert_eq!(read(&folder), before);
        }
    }

    #[test]
    fn the_crate_holds_the_sources_and_one_picture() {
        let list = ["package", "--list", "--offline", "--allow-dirty", "--locked"];
        let listed = Command::new(env!("CARGO")).args(list).current_dir(root()).output().unwrap();
        assert!(listed.status.success(), "{}", String::from_utf8_lossy(&listed.stderr));
        let listed = String::from_utf8(listed.stdout).unwrap();
        let files: Vec<&str> = listed.lines().collect();
        let own = |file: &str| ["src/", "assets/rehearsal/"].iter().any(|folder| file.starts_with(folder));
        // Outside a git checkout there is none.
        let rest = files.iter().copied().filter(|file| !own(file) && *file != ".cargo_vcs_info.json");
        let rest: Vec<&str> = rest.collect();
        let wanted = [
            "CHANGELOG.md",
            "Cargo.lock",
            "Cargo.toml",
            "Cargo.toml.orig",
            "LICENSE",
            "README.md",
            "docs/pictures/03-blobs-120x40.svg",
        ];
        assert_eq!(rest, wanted);
        let manifest = table("Cargo.toml");
        for key in ["description", "license", "readme"] {
            assert!(!word(&manifest, &format!("package {key}")).is_empty());
        }
        assert!(at(&manifest, "package keywords").as_array().is_some_and(|words| words.len() <= 5));
    }
}
