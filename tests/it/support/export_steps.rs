//! The parts of an export that more than one test goes through as a person does. Each test makes its own checks between them.

use super::pty::Pty;

/// Into the first answer of a rehearsal, after which its draft is kept: back on the account step, with an account chosen.
pub(crate) fn choose_an_account(program: &mut Pty) {
    program.shows("Storage account");
    into_the_blobs(program);
    program.press("Alt-Left").shows("Whose blobs are exported").shows("draft saved");
}

/// On the sign-in step of a program without a browser: with the service principal of the environment.
pub(crate) fn sign_in_by_principal(program: &mut Pty) {
    program.shows("Way to sign in");
    for _ in 0..3 {
        program.press("Down");
    }
    program.shows("Set AZURE_TENANT_ID").press("Enter");
}

/// From the account step, with its list read, into the blobs step with the containers listed.
pub(crate) fn into_the_blobs(program: &mut Pty) {
    program.shows("northlightarchive").press("Tab").shows("›   northlightarchive").press("Enter").shows("▸ [ ] book");
}

/// Fills in the return address and the carrier; the cursor is behind the last field.
pub(crate) fn fill_in_address(program: &mut Pty) {
    program.shows("Return address and carrier");
    // Data Box has a third street line and an address type.
    let more = program.screen().contains("Street, line 3").then_some("");
    let name = ["Ana Example", "", "1 Way", ""].into_iter().chain(more);
    let place = ["Ghent", "", "9000", "Belgium", "+32 9 000 00 00", "ops@contoso.example"].into_iter().chain(more);
    for answer in name.chain(place).chain(["FedEx", "123456789"]) {
        program.type_text(answer).press("Enter");
    }
}

/// From the account step of a rehearsal to the review of a job that exports the container `book` on one drive.
pub(crate) fn into_the_review(program: &mut Pty) {
    into_the_blobs(program);
    program.press("Down").press("Down").press("Down").press("Space").shows("▸ [x] book").press("Alt-Right");
    program.shows("1 drive of 4TB is needed").press("Alt-Right");
    fill_in_address(program);
    program.press("Alt-Right").shows("Ship drives to").press("Enter");
    program.shows("Job name and options").shows("export-northlight").press("Alt-Right");
}

/// Types the word at the end of the review, on a screen that shows every warning at once; Enter twice then creates the job.
pub(crate) fn type_the_word(program: &mut Pty) {
    program.shows("Review and create").shows("Type create").press("Tab").type_text("create");
    program.shows("create the job: create");
}

/// Fills in the parcel.
pub(crate) fn announce_the_parcel(program: &mut Pty) {
    program.shows("Ship the drives").press("Enter");
    for answer in ["FedEx", "7712345678"] {
        program.type_text(answer).press("Enter");
    }
}

/// To the step before the one that is open.
pub(crate) fn back(program: &mut Pty) {
    let before = open_step(&program.screen());
    program.press("Alt-Left").shows_matching(|screen| open_step(screen) != before, "the step before");
}

/// The step that is open, e.g. `● Ship`: in the line of the steps, or on a wide screen in their column.
fn open_step(screen: &str) -> Option<String> {
    let line = screen.lines().nth(1).filter(|line| line.contains('●'));
    let column = || screen.lines().find(|line| line.chars().take(5).any(|sign| sign == '●'));
    let (_, name) = line.or_else(column)?.split_once('●')?;
    name.trim_start().split("  ").next().map(str::to_owned)
}
