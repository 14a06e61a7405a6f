//! What the command says of servers that are no storage account, and of a state file that is none.

use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpListener};
use std::path::PathBuf;
use std::time::{Duration, Instant};

use super::{Simulator, bare, err};
use serde_json::{Value, json};

/// A server that answers every request alike, as long as the test runs.
fn server(status: &'static str, headers: &'static str, body: &'static str) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            std::thread::spawn(move || {
                let mut piece = [0; 8192];
                while stream.read(&mut piece).is_ok_and(|read| read > 0) {
                    let length = body.len();
                    let answer = format!("HTTP/1.1 {status}\r\n{headers}Content-Length: {length}\r\n\r\n{body}");
                    if stream.write_all(answer.as_bytes()).is_err() {
                        return;
                    }
                }
            });
        }
    });
    address
}

const HTML: &str = "<html><body>404 not here</body></html>";
const NO_RESOURCE: &str = "<?xml version=\"1.0\"?><Error><Code>ResourceNotFound</Code><Message>The specified resource does not exist.</Message></Error>";

#[test]
fn an_account_that_is_not_there_is_not_an_empty_one_also_with_resume() {
    let answers = [
        ("404 Not Found", "Content-Type: text/html\r\n", HTML),
        ("404 The specified resource does not exist.", "Content-Type: application/xml\r\n", NO_RESOURCE),
        ("410 Gone", "", ""),
    ];
    for (status, headers, body) in answers {
        let home = tempfile::tempdir().unwrap();
        let endpoint = format!("http://{}/otheraccount", server(status, headers, body));
        for more in [&["--all"][..], &["--all", "--resume"], &["--prefix", "/c/x", "--resume"]] {
            let mut command = bare(home.path());
            command.args(["--blob-endpoint", &endpoint, "--drives", "4TB", "--json"]).args(more);
            let output = command.env("AZURE_STORAGE_KEY", "bm8ga2V5").output().unwrap();
            let said = err(&output);
            assert_eq!(output.status.code(), Some(1), "{status}: {said}");
            assert!(said.contains("no storage account otheraccount at http://127.0.0.1"), "{status}: {said}");
            let counted: Value = serde_json::from_slice(&output.stdout).unwrap();
            assert_eq!((&counted["complete"], &counted["blobs"]), (&json!(false), &json!(0)), "{status}");
            assert!(counted["requests"].as_u64().unwrap() > 0, "{status} with {more:?}");
        }
    }
}

#[test]
fn a_redirect_and_a_sign_in_page_are_said_at_once() {
    let redirect = "Location: https://login.hotel.example/?sig=c2VjcmV0\r\n";
    let answers = [
        ("302 Found", redirect, "", "redirects to login.hotel.example"),
        ("200 OK", "Content-Type: text/html\r\n", HTML, "a web page instead of data"),
        ("200 OK", "Content-Type: application/xml\r\n", HTML, "a web page instead of data"),
        ("407 Proxy Authentication Required", "", "", "a proxy"),
    ];
    for (status, headers, body, words) in answers {
        let home = tempfile::tempdir().unwrap();
        let endpoint = format!("http://{}/acct", server(status, headers, body));
        let mut command = bare(home.path());
        command.args(["--blob-endpoint", &endpoint, "--drives", "4TB", "--all"]);
        let begun = Instant::now();
        let output = command.env("AZURE_STORAGE_KEY", "bm8ga2V5").output().unwrap();
        let said = err(&output);
        assert!(begun.elapsed() < Duration::from_secs(10), "{status}: after {:?}", begun.elapsed());
        assert_eq!(output.status.code(), Some(1), "{status}: {said}");
        assert!(said.contains(words) && !said.contains("c2Vj"), "{status}: {said}");
    }
}

fn state(home: &std::path::Path) -> PathBuf {
    std::fs::read_dir(home.join("scans")).unwrap().map(|entry| entry.unwrap().path()).next().unwrap()
}

#[test]
fn w77_the_json_has_the_bytes_of_the_cool_and_the_cold_tier() {
    let home = tempfile::tempdir().unwrap();
    let simulator = Simulator::start(&[]);
    let cool = simulator.json(home.path(), &["--prefix", "/footage-proxies/"]);
    assert_eq!((&cool["cool_bytes"], &cool["cold_bytes"]), (&cool["bytes"], &json!(0)));
    assert!(cool["bytes"].as_u64().unwrap() > 1_000_000_000, "{cool}");
    let hot = simulator.json(home.path(), &["--prefix", "/footage/2023-tromso/"]);
    assert_eq!((&hot["cool_bytes"], &hot["cold_bytes"]), (&json!(0), &json!(0)));
}

#[test]
fn a_state_file_of_another_version_or_a_damaged_one_is_begun_anew_and_said_so() {
    let home = tempfile::tempdir().unwrap();
    let simulator = Simulator::start(&["--blobs", "9000"]);
    let first = simulator.json(home.path(), &["--all"]);
    let file = state(home.path());
    let endpoint = simulator.end("blob").trim_end_matches('/');
    let old = json!({ "version": 1, "endpoint": endpoint, "rules": [] }).to_string();
    for (text, words) in [(old.as_str(), "another version of this program (layout 1"), ("\0\0\0\0", "is damaged")] {
        std::fs::write(&file, text).unwrap();
        let arguments = ["--all", "--resume", "--drives", "4TB", "--json"];
        let output = simulator.command(home.path(), &arguments).output().unwrap();
        assert_eq!(output.status.code(), Some(0), "{}", err(&output));
        assert!(err(&output).contains("counted anew") && err(&output).contains(words), "{}", err(&output));
        let counted: Value = serde_json::from_slice(&output.stdout).unwrap();
        assert_eq!((&counted["blobs"], &counted["bytes"]), (&first["blobs"], &first["bytes"]));
        assert!(counted["began_anew"].as_str().unwrap().contains(words));
    }
    // What was written meanwhile is gone on with as usual.
    assert_eq!(simulator.json(home.path(), &["--all", "--resume"])["requests"], json!(0));
}

#[cfg(unix)]
#[test]
fn a_state_file_that_is_a_link_or_a_pipe_is_refused_and_its_folder_is_private() {
    use std::os::unix::fs::PermissionsExt as _;
    let home = tempfile::tempdir().unwrap();
    let simulator = Simulator::start(&["--blobs", "100"]);
    simulator.json(home.path(), &["--all"]);
    let file = state(home.path());
    let mode = std::fs::metadata(home.path().join("scans")).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o700);
    let refused = |what: &str| {
        let arguments = ["--all", "--resume", "--drives", "4TB"];
        let output = simulator.command(home.path(), &arguments).output().unwrap();
        assert_eq!(output.status.code(), Some(1), "{what}: {}", err(&output));
        assert!(err(&output).contains(what) && err(&output).contains("not a regular file"), "{}", err(&output));
        std::fs::remove_file(&file).unwrap();
    };
    std::fs::rename(&file, home.path().join("elsewhere.json")).unwrap();
    std::os::unix::fs::symlink(home.path().join("elsewhere.json"), &file).unwrap();
    refused("a symbolic link");
    assert!(std::process::Command::new("mkfifo").arg(&file).status().unwrap().success());
    refused("a pipe");
}
