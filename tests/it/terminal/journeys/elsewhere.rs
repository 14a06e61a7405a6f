//! A Resource Manager that reports the blobs of an account at a server outside the cloud: no token goes there before a yes.

use std::fmt::Write as _;

use crate::support::export_steps;
use crate::support::pty::{Home, Pty, Start};
use crate::terminal::journeys::azure::Azure;
use crate::terminal::journeys::relay::Relay;

/// The simulated Azure, said to have its blobs at `elsewhere`.
fn reporting(azure: &Azure, elsewhere: &Relay) -> Relay {
    let (own, blobs) = (azure.get("arm").to_owned(), format!("\"blob\":\"{}/", elsewhere.here));
    Relay::start(azure.get("arm"), |here| {
        let reported = format!("\"blob\":\"{here}/");
        move |body: &str| body.replace(&own, &here).replace(&reported, &blobs)
    })
}

fn elsewhere(azure: &Azure) -> Relay {
    Relay::start(azure.get("arm"), |_| str::to_owned)
}

/// The program, configured for what the relay makes of the simulated Azure.
fn program(home: &Home, azure: &Azure, arm: &Relay, arguments: &[&str]) -> Start {
    let start = azure.program(home, arguments);
    let mut config = "cloud = \"sim\"\n[clouds.sim]\n".to_owned();
    write!(config, "arm = \"{}\"\nauthority = \"{}\"\n", arm.here, arm.here).unwrap();
    std::fs::write(home.config(), config).unwrap();
    start
}

fn draft(home: &Home) -> String {
    let mut files = std::fs::read_dir(home.data().join("drafts")).unwrap().map(|entry| entry.unwrap().path());
    let file = files.find(|path| path.extension().is_some_and(|kind| kind == "json")).expect("a draft is kept");
    file.file_stem().unwrap().to_string_lossy().into_owned()
}

fn is_asked(program: &mut Pty, server: &Relay) {
    program.shows("northlightarchive").shows(&server.here).shows("Send the sign-in there? y yes, n no");
    assert_eq!(server.heads(), Vec::<String>::new(), "asked before the yes");
}

#[test]
fn the_token_goes_to_a_server_outside_the_cloud_only_after_a_yes_which_holds_for_that_server() {
    let home = Home::new();
    let azure = Azure::start();
    let foreign = elsewhere(&azure);
    let arm = reporting(&azure, &foreign);
    let mut first = program(&home, &azure, &arm, &[]).start();
    first.shows("New export").press("Enter");
    export_steps::sign_in_by_principal(&mut first);
    first.shows("northlightarchive").press("Tab").shows("›   northlightarchive").press("Enter");
    is_asked(&mut first, &foreign);
    first.press("n").shows("You said no").press("Enter").press("Ctrl-t");
    is_asked(&mut first, &foreign);
    first.press("y").shows("▸ [ ] book");
    assert!(foreign.heads().iter().all(|head| head.contains("authorization: bearer")), "{:?}", foreign.heads());
    first.press("Down").press("Down").press("Down").press("Space").shows("▸ [x] book");
    first.press("Alt-4").shows("1 drive of 4TB is needed").press("q");
    assert_eq!(first.wait_exit(), 0);

    // The yes is in the draft: for the next start, and for the command without a screen.
    let name = draft(&home);
    let mut again = program(&home, &azure, &arm, &["resume", &name]).start();
    again.shows("Drives to buy").shows("1 drive of 4TB is needed").press("Alt-3").shows("[x] book").press("q");
    assert_eq!(again.wait_exit(), 0);
    let before = foreign.heads().len();
    let counted = program(&home, &azure, &arm, &["scan", "--draft", &name, "--drives", "4TB"]).start();
    assert_eq!(counted.wait_exit(), 0, "{}", counted.screen());
    assert!(foreign.heads().len() > before, "{}", counted.screen());

    // Later the account is said to be at yet another server.
    let third = elsewhere(&azure);
    let arm = reporting(&azure, &third);
    let mut moved = program(&home, &azure, &arm, &["resume", &name]).start();
    moved.shows(" 3!").press("Alt-3");
    is_asked(&mut moved, &third);
    moved.press("Esc").shows("You said no").press("q");
    assert_eq!(moved.wait_exit(), 0);
    assert_eq!(third.heads(), Vec::<String>::new(), "asked after the no");
}
