//! An account without rights: what is missing is said before anything is chosen, with the command that grants it.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;

use crate::support::export_steps;
use crate::support::pty::Home;
use crate::terminal::journeys::azure::Azure;

#[test]
fn w63_an_account_without_rights_says_what_is_missing_and_copies_the_command_that_grants_it() {
    let home = Home::new();
    let azure = Azure::start();
    azure.switch("{\"permissions\": \"reader\"}");
    let mut program = azure.program(&home, &["--service", "classic"]).size(120, 40).start();
    program.shows("New export").press("Enter");
    export_steps::sign_in_by_principal(&mut program);
    program.shows("northlightarchive").press("Tab").shows("›   northlightarchive");
    program.shows("No role of yours lets you list and read the blobs");
    program.shows("az role assignment create --role 'Storage Blob Data Contributor'").press("c");
    program.shows_matching(|_| true, "a frame");
    let copied = wait_for_clipboard(&program);
    let scope = azure.get("storageAccount");
    let principal = "rehearsal@northlight.example";
    assert!(copied.contains(&format!("--assignee {principal} --scope {scope}\n")), "{copied}");
    assert!(copied.contains("--role Contributor") && copied.lines().count() == 2, "{copied}");

    // It can be chosen all the same; what follows says what is missing.
    program.press("Enter").shows("Blobs to export").shows("forbidden").press("Alt-8");
    program.shows("Review and create").shows("You have no role to create the job").press("q");
    assert_eq!(program.wait_exit(), 0);
}

fn wait_for_clipboard(program: &crate::support::pty::Pty) -> String {
    let give_up = std::time::Instant::now() + std::time::Duration::from_secs(30);
    loop {
        if let Some(copied) = program.clipboard() {
            return String::from_utf8(BASE64_STANDARD.decode(copied).unwrap()).unwrap();
        }
        assert!(std::time::Instant::now() < give_up, "nothing was copied:\n{}", program.screen());
        std::thread::yield_now();
    }
}

#[test]
fn w62_an_account_of_another_subscription_is_found_by_a_few_letters() {
    let home = Home::new();
    let azure = Azure::start();
    let mut program = azure.program(&home, &[]).start();
    program.shows("New export").press("Enter");
    export_steps::sign_in_by_principal(&mut program);
    program.shows("northlightarchive").press("/").shows("all 3 subscriptions");
    program.type_text("seoul").shows("1 account in all 3 subscriptions").shows("koreasouth").press("Enter");
    program.shows("Blobs to export").shows("northlightseoul").press("q");
    assert_eq!(program.wait_exit(), 0);
}
