//! `blobfreight simulate` as a program: its one line, its exit statuses, its signals. What it serves is tested elsewhere.

use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};

use serde_json::Value;

fn simulate(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_blobfreight"));
    command.arg("simulate").args(arguments).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

fn ready(child: &mut Child) -> Value {
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    serde_json::from_str(&line).unwrap()
}

#[test]
fn it_says_in_one_line_of_json_where_everything_is() {
    let mut child = simulate(&["--listen", "127.0.0.1:0"]).spawn().unwrap();
    let ends = ready(&mut child);
    child.kill().unwrap();
    child.wait().unwrap();
    let keys: Vec<&str> = ends.as_object().unwrap().keys().map(String::as_str).collect();
    for key in
        ["arm", "authority", "tenant", "subscription", "resourceGroup", "storageAccount", "blob", "storageKey", "token"]
    {
        assert!(keys.contains(&key), "{key} is missing in {keys:?}");
    }
    assert_eq!(keys.len(), 9);
    let (arm, blob) = (ends["arm"].as_str().unwrap(), ends["blob"].as_str().unwrap());
    assert!(arm.starts_with("http://127.0.0.1:") && blob.starts_with(&format!("{arm}/")), "{ends}");
}

#[cfg(unix)]
#[test]
fn it_stops_on_sigterm_and_ctrl_c_with_success() {
    for signal in ["-TERM", "-INT"] {
        let mut child = simulate(&[]).spawn().unwrap();
        ready(&mut child);
        assert!(Command::new("kill").args([signal, &child.id().to_string()]).status().unwrap().success());
        assert_eq!(child.wait().unwrap().code(), Some(0), "{signal}");
    }
}

#[test]
fn it_refuses_what_it_cannot_do_in_one_sentence_with_status_two() {
    let folder = tempfile::tempdir().unwrap();
    let state = folder.path().join("state.json");
    std::fs::write(&state, "not json").unwrap();
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let taken = taken.local_addr().unwrap().to_string();
    let cases = [
        (vec!["--listen", "0.0.0.0:0"], "loopback"),
        (vec!["--listen", taken.as_str()], "could not listen on"),
        (vec!["--state", state.to_str().unwrap()], "could not read the rehearsal state"),
        (vec!["--clock-rate=-1"], "--clock-rate"),
    ];
    for (arguments, words) in cases {
        let output = simulate(&arguments).output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {said}");
        assert!(said.contains(words) && output.stdout.is_empty(), "{arguments:?}: {said}");
    }
}
