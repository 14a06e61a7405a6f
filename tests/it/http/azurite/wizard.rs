//! The program in a terminal on one account of the emulator, opened by its key: pick, count, leave, resume.

use jiff::Timestamp;

use crate::http::azurite::emulator::{ACCOUNT, azurite};
use crate::http::azurite::shown::KEY;
use crate::http::azurite::stock::{CONTAINERS, upload};
use crate::http::azurite::upload::Service;
use crate::support::pty::Home;

#[tokio::test]
async fn an_account_opened_by_key_is_picked_from_counted_and_resumed() {
    let Some(azurite) = azurite(KEY) else { return };
    let service = Service::new(&azurite.endpoint, KEY);
    let uploads = upload(&service).await;
    let home = Home::new();
    let start = |arguments: &[&str]| home.blobfreight(arguments).env("AZURE_STORAGE_KEY", KEY).start();

    let mut program = start(&["--blob-endpoint", &azurite.endpoint]);
    program.shows("Blobs to export").shows("account by key").shows(ACCOUNT);
    for container in CONTAINERS {
        program.shows(&format!("[ ] {container}"));
    }
    program.shows("5 rows, complete");
    for _ in 0..3 {
        program.press("Down");
    }
    program.press("Right").shows("▾ [ ] alpha").shows("▸ [ ] logs/").shows("[ ] meta.txt");
    for folder in ["logs/", "set/"] {
        let mut name = name_under_cursor(&program.screen());
        while name != folder {
            program
                .press("Down")
                .shows_matching(|screen| name_under_cursor(screen) != name, &format!("a row below {name}"));
            name = name_under_cursor(&program.screen());
        }
        program.press("Space").shows(&format!("[x] {folder}"));
    }
    program.press("Alt-Right").shows("Drives to buy").shows("Counted just now");
    let picked = uploads
        .iter()
        .filter(|stored| stored.path().starts_with("alpha/logs/") || stored.path().starts_with("alpha/set/"));
    let (blobs, bytes) = picked.fold((0, 0), |(blobs, bytes), stored| (blobs + 1, bytes + stored.size));
    program.shows(&format!("{blobs} blobs, {bytes} B")).shows("1 drive of 4TB is needed");
    program.shows("In the archive tier").shows("alpha/set/archive.txt");
    program.press("Alt-5").shows("a key opens only");
    program.press("q");
    assert_eq!(program.wait_exit(), 0);
    let draft = program.after_exit().split("resume ").nth(1).unwrap().trim().to_owned();

    // The service's dates have whole seconds, so a blob counts as changed from the next second on.
    let counted = Timestamp::now().as_second();
    while Timestamp::now().as_second() <= counted {
        service.put("alpha/logs/new.log", "BlockBlob", &[], b"x").await;
    }
    service.put("alpha/logs/new.log", "BlockBlob", &[], b"x").await;
    let mut again = home.blobfreight(&["resume", &draft]).env("AZURE_STORAGE_KEY", KEY).size(80, 40).start();
    again.shows("Drives to buy").shows(&format!("{blobs} blobs, {bytes} B")).press("r");
    again.shows(&format!("{} blobs, {} B", blobs + 1, bytes + 1)).shows("In the archive tier");
    again.shows("Changed since the previous scan").shows("alpha/logs/new.log");
    again.press("Alt-Left").shows("Blobs to export").shows("[x] logs/").shows("[x] set/").press("q");
    assert_eq!(again.wait_exit(), 0);
    let kept = std::fs::read_to_string(home.data().join("drafts").join(format!("{draft}.json"))).unwrap();
    assert!(kept.contains("/alpha/set/") && !kept.contains(KEY), "{kept}");
}

/// The name in the row of the tree under the cursor. Not the whole row: what stands behind the name changes when it has loaded.
fn name_under_cursor(screen: &str) -> String {
    let row = screen.lines().find(|line| line.contains('›') && line.contains('['));
    let name = row.and_then(|row| row.split_once("] ")).map(|(_, name)| name.split("  ").next().unwrap_or_default());
    name.unwrap_or_default().to_owned()
}
