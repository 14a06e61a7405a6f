//! The rail: a line of steps above the page, or a column beside it from 110 columns on; by key and by mouse.

use blobfreight::app::Focus;
use blobfreight::protocol::key::{Key, MouseAction};
use blobfreight::protocol::step::Step;

use crate::support::app_harness::{AppHarness, full_draft};

/// The lines of the rail.
fn rail(app: &AppHarness, columns: u16) -> String {
    let lines = app.painted(columns, 30).0;
    if columns < 110 {
        return lines[1].clone();
    }
    lines.iter().filter_map(|line| line.split_once('│')).map(|(rail, _)| rail).collect::<Vec<_>>().join("\n")
}

fn on_review() -> AppHarness {
    let mut app = AppHarness::signed_in(full_draft(Step::Review));
    app.model.mouse = true;
    app
}

#[test]
fn w60_below_110_columns_the_steps_are_a_line_that_names_where_one_is_and_from_there_on_a_column_with_answers() {
    let app = on_review();
    let line = rail(&app, 109);
    assert!(line.contains("7✓  8● Review  9·") && !line.contains("Blobs"), "{line}");
    let column = rail(&app, 110);
    assert!(column.contains(" 3 ✓ Blobs") && column.contains("1 container, 1 rule"), "{column}");
    let small = rail(&app, 40);
    assert!(small.contains("8/12 ● Review"), "{small}");
}

#[test]
fn w60_the_focus_on_the_line_names_the_step_under_it_and_says_its_answer() {
    let mut app = on_review();
    app.on_screen(80, 24).key(Key::Tab).key(Key::Tab);
    let to_rail = |app: &mut AppHarness| {
        while !matches!(app.model.wizard.as_ref().unwrap().focus, Focus::Rail(_)) {
            app.key(Key::Tab);
        }
    };
    to_rail(&mut app);
    for _ in 0..5 {
        app.key(Key::Left);
    }
    let line = rail(&app, 80);
    assert!(line.contains("3✓ Blobs") && line.contains("1 container, 1") && !line.contains("Review"), "{line}");
    app.key(Key::Right).key(Key::Enter);
    assert_eq!(app.step(), Step::Drives);
}

#[test]
fn w60_a_click_on_a_step_opens_it_in_every_form_of_the_rail() {
    for (columns, rows) in [(80, 24), (110, 24), (120, 40), (200, 20)] {
        for step in Step::ANSWERS {
            let mut app = on_review();
            app.on_screen(columns, rows);
            let frame = app.frame();
            let number = format!("{}", step.index() + 1);
            let place = frame.iter().enumerate().skip(1).find_map(|(row, line)| {
                let cells: Vec<char> = line.chars().collect();
                let found =
                    cells.iter().take(if columns < 110 { 80 } else { 3 }).position(|c| number.starts_with(*c))?;
                Some((found, row))
            });
            let (column, row) = place.unwrap_or_else(|| panic!("{step:?} on\n{}", frame.join("\n")));
            let (column, row) = (u16::try_from(column).unwrap(), u16::try_from(row).unwrap());
            app.click(column, row);
            assert_eq!(app.step(), *step, "{columns}x{rows}");
        }
        let mut app = on_review();
        app.on_screen(columns, rows).mouse(MouseAction::WheelDown, 2, 3);
        assert_eq!(app.step(), Step::Review, "the wheel opens nothing");
    }
}

#[test]
fn w61_a_page_with_room_says_why_the_step_is_there_what_comes_next_and_when() {
    for step in Step::ALL.iter().filter(|step| **step < Step::Ship) {
        let app = AppHarness::signed_in(full_draft(*step));
        let roomy = app.screen(120, 70);
        for lead in ["Why   ", "Next  ", "When  "] {
            assert!(*step == Step::Blobs || roomy.contains(lead), "{step:?}:\n{roomy}");
        }
        let crammed = app.screen(40, 12);
        assert!(!crammed.contains("Why  "), "{step:?}: what the step shows comes first:\n{crammed}");
    }
}
