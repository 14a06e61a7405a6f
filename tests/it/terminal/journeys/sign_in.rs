//! A person without the Azure CLI signs in; the test does the browser's part.

use std::time::{Duration, Instant};

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;

use crate::support::export_steps;
use crate::support::pty::{Home, Pty};
use crate::terminal::journeys::azure::{Azure, page};
use crate::terminal::journeys::whole_export;

/// Asks until there is an answer; fails after half a minute.
fn eventually<T>(what: &str, ask: impl Fn() -> Option<T>) -> T {
    let give_up = Instant::now() + Duration::from_secs(30);
    loop {
        if let Some(answer) = ask() {
            return answer;
        }
        assert!(Instant::now() < give_up, "{what}");
        std::thread::yield_now();
    }
}

fn copied(program: &Pty) -> String {
    let copied = eventually("nothing was copied", || program.clipboard());
    String::from_utf8(BASE64_STANDARD.decode(copied).unwrap()).unwrap()
}

/// Copies the code that is on the screen and types it on its page.
fn type_the_code(program: &mut Pty, azure: &Azure) {
    program.shows("enter this code").press("c").shows("on the clipboard");
    let code = copied(program);
    assert!(code.len() == 9 && program.screen().contains(&code), "{code}");
    let text = page(&format!("{}/devicelogin?code={code}&answer=yes", azure.get("authority")));
    assert!(text.contains("signed in on the device"), "{text}");
}

/// No refresh token, no code and no access token in any file that the program wrote.
fn nothing_secret_on_disk(home: &Home) {
    let mut open = vec![home.path().to_path_buf()];
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(folder).unwrap().map(Result::unwrap) {
            if entry.path().is_dir() {
                open.push(entry.path());
            } else {
                let text = String::from_utf8_lossy(&std::fs::read(entry.path()).unwrap()).into_owned();
                for secret in ["refresh.", "code.", "device.", "eyJ"] {
                    let found = text.match_indices(secret).any(|(at, _)| is_secret(&text[at + secret.len()..]));
                    assert!(!found, "{secret} in {}", entry.path().display());
                }
            }
        }
    }
}

/// The random part of what the simulated authority gives out.
fn is_secret(rest: &str) -> bool {
    rest.bytes().take_while(u8::is_ascii_alphanumeric).count() >= 24
}

#[cfg(unix)]
fn browser(home: &Home) -> std::path::PathBuf {
    use std::os::unix::fs::PermissionsExt as _;
    let script = home.path().join("browser");
    let page = home.path().join("page");
    let line = format!("printf '%s' \"$1\" > {0}.part && mv {0}.part {0}", page.display());
    std::fs::write(&script, format!("#!/bin/sh\n{line}\n")).unwrap();
    std::fs::set_permissions(&script, std::fs::Permissions::from_mode(0o755)).unwrap();
    script
}

#[cfg(unix)]
fn opened(home: &Home) -> String {
    let file: &std::path::Path = &home.path().join("page");
    eventually("no browser was started", || std::fs::read_to_string(file).ok())
}

#[cfg(unix)]
#[test]
fn a_person_signs_in_in_the_browser_that_opens() {
    let home = Home::new();
    let azure = Azure::start();
    azure.switch("{\"consent\": \"granted\"}");
    let mut program = azure.program(&home, &[]).env("BROWSER", browser(&home)).start();
    program.shows("New export").press("Enter").shows("Way to sign in").shows("Opens the sign-in page").press("Enter");
    program.shows("on the page that opens in your browser");
    let address = opened(&home);
    program.press("c").shows("on the clipboard");
    assert_eq!(copied(&program), address, "the whole address");
    let text = page(&address);
    assert!(text.contains("You are signed in") && text.contains("goes on in the terminal"), "{text}");
    export_steps::into_the_blobs(&mut program);
    program.press("Alt-1").shows("Way to sign in").press("Right").shows("(Right for others)");
    program.press("Right").shows("Fjordlight Museum").press("Down").press("Enter");
    program.shows("Fjordlight Collections").press("q");
    assert_eq!(program.wait_exit(), 0);
    std::fs::remove_file(home.path().join("page")).unwrap();
    nothing_secret_on_disk(&home);
}

#[test]
fn w33_a_person_signs_in_with_a_code_on_another_machine() {
    let home = Home::new();
    let azure = Azure::start();
    azure.switch("{\"deviceInterval\": 1}");
    let mut program = azure.program(&home, &[]).env("SSH_CONNECTION", "192.0.2.1 1 192.0.2.2 22").start();
    program.shows("New export").press("Enter").shows("Way to sign in").shows("Shows a code to type").press("Enter");
    program.shows("/devicelogin").shows("It counts for 14:");
    let first = program.press("c").shows("on the clipboard").screen();
    program.press("n").shows_matching(|screen| screen.contains("enter this code") && screen != first, "a new code");
    program.press("Ctrl-x").shows("Way to sign in").press("Enter");
    type_the_code(&mut program, &azure);
    program.shows("northlightarchive").press("q");
    assert_eq!(program.wait_exit(), 0);
    nothing_secret_on_disk(&home);
}

#[test]
fn a_second_factor_is_asked_for_in_the_middle_of_create_and_one_job_is_made() {
    let home = Home::new();
    let azure = Azure::start();
    let mut program = second_factor_at_create(&home, &azure, &["--service", "classic"], "(classic) takes the job");
    program.shows("Ship the drives").press("q");
    assert_eq!(program.wait_exit(), 0);
    let job = azure.job("media-archive", "journey-export");
    assert_eq!(job["properties"]["returnAddress"]["recipientName"], "Ana Example", "{job}");
    nothing_secret_on_disk(&home);
}

#[test]
fn a_second_factor_is_asked_for_in_the_middle_of_create_with_data_box_too() {
    let home = Home::new();
    let azure = Azure::start();
    let mut program = second_factor_at_create(&home, &azure, &[], "Azure Data Box takes the job");
    program.shows("Ship the drives").press("q");
    assert_eq!(program.wait_exit(), 0);
    let job = azure.data_box_job("media-archive", "journey-export");
    let contact = &job["properties"]["details"]["contactDetails"];
    assert_eq!(contact["contactName"], "Ana Example", "{job}");
    nothing_secret_on_disk(&home);
}

/// Signs in with a code and creates a job; Azure wants one more factor for the request that creates it.
fn second_factor_at_create(home: &Home, azure: &Azure, arguments: &[&str], location: &str) -> Pty {
    azure.switch("{\"deviceInterval\": 1, \"createSeconds\": 1, \"retryAfter\": 1}");
    let mut program = azure.program(home, arguments).size(120, 80).start();
    program.shows("New export").press("Enter").shows("Way to sign in").shows("Shows a code to type").press("Enter");
    type_the_code(&mut program, azure);
    whole_export::from_the_account_to_the_location(&mut program);
    program.shows(location).shows("Ship drives to").press("Enter");
    whole_export::name_the_job(&mut program);
    program.shows("Review and create");
    let challenge = r#"{"method":"PUT","path":"/jobs/","times":99,"kind":"claimsChallenge","context":"c1"}"#;
    azure.fault(challenge);
    export_steps::type_the_word(&mut program);
    program.press("Enter").press("Enter");
    program.shows("Azure wants you to sign in").shows("What you typed is kept");
    type_the_code(&mut program, azure);
    program
}
