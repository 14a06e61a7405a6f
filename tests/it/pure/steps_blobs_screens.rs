//! How the blobs step looks: names of every kind, narrow and wide bodies, what is said in words.

use crate::support::blobs_harness::{BlobsHarness, Service};
use blobfreight::azure::fault::{Fault, FaultKind};
use blobfreight::protocol::key::{Key, KeyPress};
use blobfreight::protocol::message::Msg;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

/// The screen as cells, and where the hardware cursor is.
fn cells(harness: &BlobsHarness) -> (Buffer, Option<Position>) {
    let (columns, rows) = harness.app.model.size;
    let area = Rect::new(0, 0, columns, rows);
    let mut buffer = Buffer::empty(area);
    let cursor = blobfreight::ui::paint(&harness.app.model, area, &mut buffer).cursor;
    (buffer, cursor)
}

/// The column in which a text begins, on each row that has it.
fn columns_of(buffer: &Buffer, text: &str) -> Vec<u16> {
    let wanted: Vec<String> = text.chars().map(String::from).collect();
    let width = u16::try_from(wanted.len()).unwrap();
    let at = |x: u16, y: u16| (0..width).all(|i| buffer[(x + i, y)].symbol() == wanted[usize::from(i)]);
    let area = buffer.area;
    let last = area.width.saturating_sub(width);
    (0..area.height).filter_map(|y| (0..last).find(|x| at(*x, y))).collect()
}

#[test]
fn t16_names_of_every_kind_stay_in_their_column_and_send_nothing_to_the_terminal() {
    let names = [
        "c/plain.txt",
        "c/東京タワー.tif",
        "c/zu\u{308}rich.jpg",
        "c/\u{202e}gpj.exe",
        "c/👩‍🚀 astronaut.raw",
        "c/tab\there",
        "c/line\nend",
        "c/\u{1b}[31mred\u{7}",
    ];
    let mut harness = BlobsHarness::browsing(Service::new(50, &names));
    harness.go_to("c").enter();
    let (buffer, _) = cells(&harness);
    let columns = columns_of(&buffer, "1.50 kB");
    assert_eq!(columns.len(), names.len(), "{}", harness.screen());
    assert!(columns.iter().all(|column| *column == columns[0]), "{columns:?}\n{}", harness.screen());
    let all: String = buffer.content.iter().map(ratatui::buffer::Cell::symbol).collect();
    assert!(!all.contains(['\u{1b}', '\t', '\n', '\u{7}', '\u{202e}']));
    assert!(all.contains("^[[31mred^G") && all.contains("tab^Ihere"), "control characters are visible");
}

#[test]
fn t17_a_name_too_long_keeps_its_extension_and_stands_whole_in_the_details() {
    let long = format!("c/{}-the-last-take.mp4", "interview-with-the-engineer-".repeat(4));
    let mut harness = BlobsHarness::browsing(Service::new(50, &[&long]));
    harness.go_to("c").enter();
    let row = harness.line(" ›  ");
    assert!(row.contains("interview") && row.contains('…') && row.contains("take.mp4"), "{row}");
    harness.types("i");
    let screen = harness.screen();
    let below = screen.lines().map(|line| line.split('│').next_back().unwrap_or("").trim()).collect::<String>();
    assert!(below.contains(&long), "{screen}");
}

#[test]
fn t18_the_path_is_shown_from_the_account_down_and_cut_in_its_middle() {
    let mut harness =
        BlobsHarness::browsing(Service::new(50, &["container/first/second/third/fourth/fifth/sixth/seventh/x.txt"]));
    harness.go_to("container").enter().enter().enter();
    assert!(harness.screen().contains("mediaarchive › container › first › second"), "{}", harness.screen());
    harness.enter().enter().enter().enter().enter();
    let screen = harness.screen();
    let crumbs = screen.lines().find(|line| line.contains("mediaarchive › ")).unwrap();
    assert!(crumbs.contains('…') && crumbs.ends_with("x.txt"), "{crumbs}");
}

#[test]
fn the_row_under_the_cursor_is_reversed_and_holds_the_hardware_cursor() {
    let mut harness = BlobsHarness::browsing(Service::new(50, &["a/x", "b/x"]));
    harness.go_to("b");
    let (buffer, cursor) = cells(&harness);
    let at = cursor.expect("a cursor");
    assert_eq!(buffer[(at.x, at.y)].symbol(), "›");
    let reversed = |x: u16| buffer[(x, at.y)].modifier.contains(ratatui::style::Modifier::REVERSED);
    assert!((at.x..78).all(reversed), "{}", harness.screen());
}

/// The details beside the tree as one line.
fn squeezed(harness: &BlobsHarness) -> String {
    let screen = harness.screen();
    let right = |line: &str| line.rsplit('│').next().unwrap_or("").trim().to_owned();
    screen.lines().map(right).collect::<Vec<_>>().join(" ")
}

#[test]
fn details_stand_beside_the_tree_where_there_is_room_and_below_it_on_i_where_not() {
    let service = Service::new(50, &["c/cold.vhd", "c/what?.txt", "c/a", "c/a/b"]);
    let mut harness = BlobsHarness::browsing(service);
    harness.go_to("c").enter();
    harness.go_to("c/cold.vhd");
    assert!(!harness.screen().contains("Rehydrate"));
    assert!(harness.line("[ ] cold.vhd").contains("archive"));
    harness.types("i");
    assert!(harness.screen().contains("archive tier, from which nothing"), "{}", harness.screen());
    // Once more for the page with all of it, and once more to be rid of it.
    harness.types("ii");
    assert!(!harness.screen().contains("archive tier, from which nothing"), "{}", harness.screen());
    harness.send(Msg::Resize(140, 40));
    assert!(harness.line("cold.vhd").contains('│'));
    assert!(squeezed(&harness).contains("Rehydrate it first."), "{}", harness.screen());
    harness.go_to("c/what?.txt");
    assert!(squeezed(&harness).contains("NTFS refuses this name (it holds ?)"), "{}", harness.screen());
    harness.go_to("c/a");
    assert!(squeezed(&harness).contains("A folder of the same name stands beside it"), "{}", harness.screen());
}

#[test]
fn the_details_say_what_a_drive_refuses_of_a_name_and_nothing_of_a_container() {
    let long = "x".repeat(256);
    let mut harness =
        BlobsHarness::browsing(Service::new(50, &["c/aux.txt", "c/con/a", &format!("c/{long}"), "c/slash/"]));
    harness.send(Msg::Resize(140, 60)).go_to("c");
    assert!(!squeezed(&harness).contains("NTFS"), "{}", harness.screen());
    harness.enter().go_to("c/aux.txt");
    assert!(
        squeezed(&harness).contains("a device of Windows, as CON or COM1): the blob would fail."),
        "{}",
        harness.screen()
    );
    harness.go_to("c/con/");
    assert!(squeezed(&harness).contains("as CON or COM1): all in it would fail."), "{}", harness.screen());
    harness.go_to(&format!("c/{long}"));
    assert!(squeezed(&harness).contains("longer than 255 characters"), "{}", harness.screen());
    harness.go_to("c/slash/");
    assert!(!squeezed(&harness).contains("NTFS"), "a folder ends so: {}", harness.screen());
}

#[test]
fn the_smallest_terminal_still_shows_rows_marks_and_sizes() {
    let mut harness = BlobsHarness::browsing(Service::new(50, &["c/a.txt", "c/b.txt", "c/c.txt", "c/d.txt"]));
    harness.send(Msg::Resize(40, 12));
    harness.go_to("c").enter().space();
    let screen = harness.screen();
    assert!(screen.contains("[x] a.txt") && screen.contains("1.50 kB"), "{screen}");
    assert!(screen.contains("1 path"), "{screen}");
    harness.types("p");
    assert!(harness.screen().contains("c/a.txt + snapshots"), "{}", harness.screen());
    harness.key(Key::Esc).types("a");
    assert!(harness.screen().contains("Rule: /c/"), "{}", harness.screen());
}

#[test]
fn the_window_of_the_rules_is_as_high_as_the_screen_has_it() {
    for columns in (40..150).step_by(7) {
        for rows in 10..50 {
            let mut harness = BlobsHarness::new(Service::numbered(200, 120));
            harness.send(Msg::Resize(columns, rows)).answer_all();
            harness.key(Key::Down).enter().press(KeyPress::ctrl('f'));
            let shown = harness.step().tree.rows().len();
            let (buffer, _) = cells(&harness);
            assert_eq!(
                columns_of(&buffer, "1.50 kB").len().max(1),
                shown.max(1),
                "{columns}x{rows}\n{}",
                harness.screen()
            );
        }
    }
}

#[test]
fn ascii_terminals_get_words_and_signs_they_can_draw() {
    let mut harness = BlobsHarness::browsing(Service::new(50, &["c/f/x", "c/y"]));
    harness.app.model.settings.ascii = true;
    harness.go_to("c").enter().space();
    let screen = harness.screen();
    assert!(screen.contains("/ [x] f/") && screen.is_ascii(), "{screen}");
}

#[test]
fn the_help_page_is_whole_on_the_smallest_terminal_and_takes_the_digits_together() {
    let mut harness = BlobsHarness::browsing(Service::new(10, &["c/a"]));
    harness.press(KeyPress::char('?'));
    let narrow = harness.app.screen(40, 200);
    let words: Vec<&str> = narrow.split_whitespace().collect();
    assert!(words.join(" ").contains("Check or uncheck the row for export"), "{narrow}");
    let wide = harness.app.screen(80, 200);
    assert_eq!(wide.matches("A count for the next movement").count(), 1, "{wide}");
    assert!(wide.contains("0-9  "), "{wide}");
}

#[test]
fn the_help_page_says_what_the_signs_before_a_row_mean() {
    let mut harness = BlobsHarness::browsing(Service::new(50, &["c/x"]));
    harness.send(Msg::Resize(80, 70));
    harness.types("?");
    for sign in ["[+]", "[-]", "[o]", "no box"] {
        assert!(harness.screen().contains(sign), "{sign}\n{}", harness.screen());
    }
}

#[test]
fn t27_a_rule_too_long_for_the_panel_keeps_its_end_and_what_it_does() {
    let long = format!("c/{}the-end.txt", "a-folder-with-a-name/".repeat(6));
    let time = "2026-01-01T10:20:30.0000000Z";
    let mut draft = crate::support::blobs_harness::nothing_checked();
    let rules = [
        blobfreight::select::Rule::Blob { path: long.clone(), snapshots: false },
        blobfreight::select::Rule::Snapshot { path: format!("{long}2"), time: time.into() },
    ];
    draft.selection.rules = std::sync::Arc::new(rules.to_vec());
    let mut harness = BlobsHarness::with(draft, Service::new(50, &[&long]));
    harness.answer_all().types("p");
    assert!(harness.line("1 path  ").contains("the-end.txt alone"), "{}", harness.screen());
    assert!(harness.line("2 single").contains("end.txt2 @ 2026-01-01 10:20"), "{}", harness.screen());
}

#[test]
fn the_edges_of_the_tree_tell_that_there_are_rows_beyond_them() {
    let names: Vec<String> = (0..40).map(|number| format!("c/take-{number:02}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let mut harness = BlobsHarness::browsing(Service::new(50, &names));
    harness.go_to("c").enter();
    let marks = |harness: &BlobsHarness| (harness.screen().contains('↑'), harness.screen().contains('↓'));
    harness.key(Key::Home);
    assert_eq!(marks(&harness), (false, true), "{}", harness.screen());
    harness.key(Key::PageDown);
    assert_eq!(marks(&harness), (true, true), "{}", harness.screen());
    harness.key(Key::End);
    assert_eq!(marks(&harness), (true, false), "{}", harness.screen());
}

/// A listing that was refused with a long reason, long advice, a code and a request id; the cursor is on its line.
fn refused(columns: u16, rows: u16) -> BlobsHarness {
    let mut harness = BlobsHarness::new(Service::new(50, &["c/a"]));
    harness.app.on_screen(columns, rows);
    harness.refuse(Fault {
        kind: FaultKind::Denied,
        status: Some(403),
        code: Some("AuthorizationPermissionMismatch".into()),
        request_id: Some("5f3c1d2e-901e-0042-7d11-8c9a1b000000".into()),
        advice: Some("Ask for the role Storage Blob Data Reader. ".repeat(6).trim().into()),
        ..Fault::local("list the containers of mediaarchive", "this sign-in may not read blobs, ".repeat(6) + "it said")
    });
    harness.key(Key::End);
    assert!(harness.step().failed_here().is_some(), "{}", harness.screen());
    harness
}

#[test]
fn t05_w36_a_long_failure_can_be_read_to_its_code_and_request_id_and_the_screen_says_how() {
    for (columns, rows) in [(80, 24), (40, 12)] {
        let mut harness = refused(columns, rows);
        assert!(
            harness.screen().contains(if rows > 12 { "… i shows all of it" } else { " i why " }),
            "{}",
            harness.screen()
        );
        harness.types("i");
        let mut seen = String::new();
        for _ in 0..40 {
            seen += &harness.screen();
            harness.key(Key::Down);
        }
        for part in ["it said.", "Data Reader.", "HTTP 403", "AuthorizationPermissionMismatch", "5f3c1d2e-901e"] {
            assert!(seen.contains(part), "{columns}x{rows} never shows {part:?}:\n{seen}");
        }
        assert!(seen.contains("Ctrl-T tries again") && seen.contains("i close"), "{}", harness.screen());
        harness.key(Key::Esc);
        assert!(harness.screen().contains("forbidden"), "back at the row: {}", harness.screen());
        harness.types("i").press(KeyPress::ctrl('t'));
        assert_eq!(harness.wanted(), ["containers"], "the page retries as the row does");
    }
}

#[test]
fn t31_what_a_kept_filter_finds_and_hides_is_never_cut() {
    for size in [(80, 24), (40, 12)] {
        let mut harness =
            BlobsHarness::browsing(Service::new(50, &["c/a-folder-called-readings/2024.csv", "c/other.txt"]));
        harness.app.on_screen(size.0, size.1);
        harness.go_to("c").enter();
        harness.types("/").types("a-folder-called-readings").key(Key::Enter);
        harness.go_to("c/a-folder-called-readings/").enter();
        let screen = harness.screen();
        assert!(screen.contains(" in 3 loaded rows") || screen.contains(" in 4 loaded rows"), "{screen}");
        assert!(
            screen.contains("1 row is hidden by the filter; Esc") || screen.contains("1 hidden; Esc shows"),
            "{screen}"
        );
    }
}

#[test]
fn the_whole_of_a_rule_that_its_row_cuts_can_be_read_under_the_cursor() {
    let folders = (1..=9).map(|number| format!("folder-{number}-of-9")).collect::<Vec<_>>().join("/");
    let path = format!("/c/{folders}/take.mxf");
    for (columns, rows) in [(80, 24), (40, 12)] {
        let mut draft = crate::support::blobs_harness::nothing_checked();
        draft.selection.rules = std::sync::Arc::new(vec![blobfreight::select::Rule::Prefix(path.clone())]);
        let mut harness = BlobsHarness::with(draft, Service::new(50, &["c/x"]));
        harness.app.on_screen(columns, rows);
        harness.answer_all().key(Key::Char('p'));
        let body = |harness: &BlobsHarness| -> Vec<String> {
            let last =
                |line: &str| line.rsplit('│').next().unwrap_or_default().trim_end_matches(['↓', '↑']).trim().to_owned();
            harness.app.frame().iter().map(|line| last(line)).collect()
        };
        let mut read = body(&harness).concat();
        if !read.contains(&path) {
            harness.key(Key::PageDown);
            read.push_str(&body(&harness).concat());
        }
        assert!(path.split_inclusive('/').all(|part| read.contains(part)), "{}", harness.screen());
        assert!(rows < 24 || read.contains(&path), "{}", harness.screen());
    }
}
