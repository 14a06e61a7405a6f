//! The mouse: what is drawn can be clicked, and a click does what the key does.

use crate::pure::steps_forms::answers::created;
use crate::support::app_harness::{
    AppHarness, account, empty_draft, full_draft, location, now, signed_in, subscription,
};
use crate::support::listed;
use blobfreight::draft::Draft;
use blobfreight::protocol::hit::{FieldClick, HitArea, HitTarget, RowClick};
use blobfreight::protocol::key::{Key, KeyPress, MouseAction};
use blobfreight::protocol::message::{Opening, Reply, Slot};
use blobfreight::protocol::step::Step;

const SIZES: [(u16, u16); 3] = [(40, 12), (80, 24), (120, 40)];

/// Makes the same screen again and again: each click is tried on one of its own.
type Scene = (&'static str, fn() -> AppHarness);

fn scenes() -> Vec<Scene> {
    vec![
        ("start", || {
            let mut app = AppHarness::started(Opening::Start);
            let row = |id: &str| listed::entry(id, now(), listed::row(listed::ready(Step::Blobs, "media", None, None)));
            let rows = vec![row("20261122-0900-00000001"), row("20261122-0900-00000002")];
            app.answer(Slot::Drafts, Ok(Reply::Drafts(rows)));
            app
        }),
        ("sign in, nobody yet", || AppHarness::with(empty_draft())),
        ("sign in", || AppHarness::signed_in(full_draft(Step::SignIn))),
        ("account", || {
            let mut app = AppHarness::with(empty_draft());
            app.key(Key::Down).key(Key::Down).key(Key::Enter).answer(Slot::SignIn, Ok(signed_in()));
            app.answer(Slot::Subscriptions, Ok(Reply::Subscriptions(vec![subscription()])));
            let list = ["alpha", "beta", "gamma"].map(|name| account(name, "westeurope")).to_vec();
            app.answer(Slot::Accounts, Ok(Reply::Accounts(list)));
            app
        }),
        ("blobs", || AppHarness::signed_in(full_draft(Step::Blobs))),
        ("drives", || AppHarness::signed_in(full_draft(Step::Drives))),
        ("address", || AppHarness::signed_in(full_draft(Step::Address))),
        ("location", || {
            let mut app = AppHarness::signed_in(full_draft(Step::Location));
            let list = vec![location("elsewhere", &["elsewhere"]), location("faraway", &["faraway"])];
            app.answer(Slot::Locations, Ok(Reply::Locations(list)));
            app
        }),
        ("job", || AppHarness::signed_in(full_draft(Step::Options))),
        ("review", || AppHarness::signed_in(full_draft(Step::Review))),
        ("ship", || AppHarness::signed_in(with_job(Step::Ship))),
        ("follow", || AppHarness::signed_in(with_job(Step::Follow))),
        ("keys", || AppHarness::signed_in(with_job(Step::Keys))),
        ("verify", || AppHarness::signed_in(with_job(Step::Verify))),
        ("help", || {
            let mut app = AppHarness::signed_in(full_draft(Step::Review));
            app.key(Key::F(1));
            app
        }),
        ("steps", || {
            let mut app = AppHarness::signed_in(full_draft(Step::Review));
            app.key(Key::F(2));
            app
        }),
    ]
}

fn with_job(step: Step) -> Draft {
    Draft { step, ..created() }
}

/// The scene in this size, with the mouse on.
fn shown(scene: Scene, size: (u16, u16)) -> AppHarness {
    let mut app = scene.1();
    app.on_screen(size.0, size.1);
    app.model.mouse = true;
    app
}

/// What a person can tell two programs apart by.
fn looks(app: &AppHarness) -> (Vec<String>, Vec<String>) {
    (app.frame(), app.told())
}

fn each(mut check: impl FnMut(&str, (u16, u16), Scene, &HitArea)) {
    for scene in scenes() {
        for size in SIZES {
            let areas: Vec<HitArea> = shown(scene, size).hits().iter().cloned().collect();
            assert!(!areas.is_empty(), "{} {size:?}", scene.0);
            for area in areas {
                check(scene.0, size, scene, &area);
            }
        }
    }
}

#[test]
fn w103_a_click_on_the_name_of_a_key_is_the_key_and_a_click_on_the_button_is_ctrl_n() {
    each(|name, size, scene, area| {
        let key = match area.target {
            HitTarget::Press(key) => key,
            HitTarget::Next => KeyPress::ctrl('n'),
            _ => return,
        };
        let (mut clicked, mut pressed) = (shown(scene, size), shown(scene, size));
        clicked.click(area.columns.end - 1, area.row);
        pressed.press(key);
        assert_eq!(looks(&clicked), looks(&pressed), "{name} {size:?} {key}");
    });
}

#[test]
fn w103_every_word_of_the_hints_the_button_and_the_steps_can_be_clicked() {
    for scene in scenes() {
        for size in SIZES {
            let app = shown(scene, size);
            let (frame, hits) = (app.frame(), app.hits());
            let last = size.1 - 1;
            let foot = &frame[usize::from(last)];
            for (column, (at, c)) in foot.char_indices().enumerate() {
                // Two blanks stand between two hints.
                if c != ' ' && foot[..at].ends_with("  ") {
                    let found = hits.at(u16::try_from(column).unwrap(), last);
                    assert!(found.is_some(), "{} {size:?}: column {column} of {foot}", scene.0);
                }
            }
            let over = app.model.overlay.is_some() || app.model.wizard.is_none();
            let button = hits.iter().filter(|area| area.target == HitTarget::Next).count();
            assert_eq!(button, usize::from(!over), "{} {size:?}", scene.0);
            let on_rail = hits.iter().filter(|area| matches!(area.target, HitTarget::Goto(_))).count();
            assert!(over || on_rail >= if size.0 < 62 { 1 } else { Step::ALL.len() }, "{} {size:?}", scene.0);
        }
    }
}

#[test]
fn w103_a_click_on_a_row_puts_the_cursor_on_it_and_a_second_click_is_enter() {
    let mut rows = 0;
    each(|name, size, scene, area| {
        let HitTarget::Row { then: RowClick::Focus | RowClick::Activate, .. } = area.target else { return };
        if name == "steps" {
            return;
        }
        let mut app = shown(scene, size);
        let columns = usize::from(area.columns.start)..usize::from(area.columns.end);
        let line =
            app.frame()[usize::from(area.row)].chars().skip(columns.start).take(columns.len()).collect::<String>();
        let words: Vec<&str> = line.split_whitespace().filter(|word| word.chars().count() > 4).collect();
        let again = matches!(area.target, HitTarget::Row { then: RowClick::Activate, .. });
        app.click(area.columns.start, area.row);
        if again {
            let mut pressed = shown(scene, size);
            pressed.press(KeyPress::plain(Key::Enter));
            return assert_eq!(looks(&app), looks(&pressed), "{name} {size:?}: {line}");
        }
        let frame = app.frame();
        let under = frame.iter().find(|line| line.contains('›') && words.iter().all(|word| line.contains(word)));
        assert!(under.is_some(), "{name} {size:?}: {line}\n{}", frame.join("\n"));
        rows += 1;
    });
    assert!(rows > 20, "{rows}");
}

#[test]
fn w103_a_click_on_a_box_or_a_choice_is_space_there() {
    let scene = scenes().into_iter().find(|(name, _)| *name == "sign in, nobody yet").unwrap();
    let mut app = shown(scene, (80, 24));
    let row = u16::try_from(app.row_with("( ) ")).unwrap();
    app.click(4, row);
    assert!(app.screen(80, 24).contains("› (*) Device code"), "{}", app.screen(80, 24));
    // The check box of a row that is no list.
    let row = u16::try_from(app.row_with("[ ] stay signed in"));
    if let Ok(row) = row {
        app.click(8, row);
        assert!(app.screen(80, 24).contains("[x] stay signed in"), "{}", app.screen(80, 24));
    }
}

/// The step's form: which field has the focus, and where its cursor is.
fn field(app: &AppHarness) -> (usize, usize) {
    let wizard = app.model.wizard.as_ref().unwrap();
    let page = wizard.step().page_form(&wizard.shared).unwrap();
    assert!(page.focused);
    (page.form.focus(), page.form.cursor())
}

#[test]
fn w103_a_click_in_a_field_gives_it_the_focus_and_the_cursor_the_clicked_character() {
    let mut fields = 0;
    each(|name, size, scene, area| {
        let HitTarget::Field { field: wanted, then: FieldClick::PutCursor(at) } = area.target else { return };
        let mut app = shown(scene, size);
        let before = app.draft().clone();
        app.click(area.columns.start + 2, area.row);
        let (focus, cursor) = field(&app);
        let length = {
            let wizard = app.model.wizard.as_ref().unwrap();
            let form = wizard.step().page_form(&wizard.shared).unwrap().form;
            form.value(focus).len()
        };
        assert_eq!(focus, wanted, "{name} {size:?}");
        if at == area.columns.start {
            assert_eq!(cursor, length.min(2), "{name} {size:?} field {focus}");
        }
        assert!(app.draft().answers_like(&before), "{name}: looking changes nothing");
        fields += 1;
    });
    assert!(fields > 20, "{fields}");
}

#[test]
fn w103_the_cursor_goes_between_wide_letters_and_behind_the_last_one() {
    let mut app = AppHarness::signed_in(full_draft(Step::Address));
    app.on_screen(80, 24).press(KeyPress::ctrl('u')).types("a東é京x");
    app.model.mouse = true;
    let target = |app: &AppHarness| {
        let hits = app.hits();
        let first = hits
            .iter()
            .find(|area| matches!(area.target, HitTarget::Field { field: 0, then: FieldClick::PutCursor(_) }));
        first.cloned().unwrap()
    };
    for (column, typed) in [(3, "a東!é京x"), (40, "a東!é京x!")] {
        let area = target(&app);
        app.click(area.columns.start + column, area.row).types("!");
        let wizard = app.model.wizard.as_ref().unwrap();
        assert_eq!(wizard.step().page_form(&wizard.shared).unwrap().form.value(0usize), typed);
    }
}

#[test]
fn w103_fixed_values_are_clicked_and_the_text_field_is_left_for_them() {
    let mut app = AppHarness::signed_in(full_draft(Step::Options));
    app.on_screen(80, 40);
    app.model.mouse = true;
    let (hits, hits_frame) = (app.hits(), app.frame());
    let word = |frame: &[String], area: &HitArea| -> String {
        let columns = usize::from(area.columns.start) + 4..usize::from(area.columns.end);
        frame[usize::from(area.row)].chars().skip(columns.start).take(columns.len()).collect()
    };
    let choices: Vec<&HitArea> = hits
        .iter()
        .filter(|area| matches!(area.target, HitTarget::Field { then: FieldClick::Choose(by), .. } if by != 0))
        .collect();
    assert!(!choices.is_empty());
    for area in choices {
        let mut app = AppHarness::signed_in(full_draft(Step::Options));
        app.on_screen(80, 40);
        app.model.mouse = true;
        app.click(area.columns.start, area.row);
        assert!(app.screen(80, 40).contains(&format!("(*) {}", word(&hits_frame, area))), "{}", app.screen(80, 40));
    }
}

#[test]
fn w103_the_wheel_scrolls_every_page_that_is_longer_than_the_screen_and_leaves_the_focus() {
    for scene in scenes() {
        let mut app = shown(scene, (40, 12));
        let view = app.model.view().drawn().clone();
        let longer = view.extent.lines > view.extent.rows;
        app.mouse(MouseAction::WheelDown, 20, 6);
        let after = app.model.view().drawn().clone();
        if longer && view.top + view.extent.rows < view.extent.lines {
            assert!(after.top > view.top, "{}:\n{}", scene.0, app.frame().join("\n"));
        }
        // The tree shows a window of itself: there the wheel moves the cursor.
        assert!(scene.0 == "blobs" || after.extent.focus == view.extent.focus, "{}", scene.0);
        for _ in 0..30 {
            app.mouse(MouseAction::WheelUp, 20, 6);
        }
        assert_eq!(app.model.view().drawn().top, 0, "{}", scene.0);
    }
}

#[test]
fn w103_m_and_f3_switch_the_mouse_on_every_step_and_while_it_is_off_nothing_is_clicked() {
    for scene in scenes() {
        let mut app = scene.1();
        app.on_screen(80, 24);
        let before = app.frame();
        for area in app.hits().iter() {
            app.click(area.columns.start, area.row);
        }
        assert_eq!(app.frame(), before, "{}: the mouse is off", scene.0);
        app.key(Key::F(3));
        assert!(app.model.mouse, "{}", scene.0);
        app.key(Key::F(3));
        assert!(!app.model.mouse, "{}", scene.0);
        let typing =
            app.model.wizard.as_ref().is_some_and(|wizard| wizard.is_typing()) || ["help", "steps"].contains(&scene.0);
        app.press(KeyPress::char('m'));
        assert_eq!(app.model.mouse, !typing, "{}", scene.0);
    }
}

#[test]
fn w103_a_question_is_answered_before_the_button_or_a_step_can_be_clicked() {
    let mut app = AppHarness::signed_in(full_draft(Step::Address));
    app.on_screen(80, 24).paste("Ana Example\n1 Way\n9000 Ghent\nBelgium");
    app.model.mouse = true;
    let before = app.frame();
    assert!(before.join("\n").contains("y yes"), "{}", before.join("\n"));
    for area in app.hits().iter().filter(|area| !matches!(area.target, HitTarget::Press(_))) {
        app.click(area.columns.start, area.row);
        assert_eq!(app.frame(), before, "{area:?}");
    }
}

#[test]
fn w103_a_click_on_a_filter_that_is_kept_goes_on_typing_it() {
    let mut app = scenes()[0].1();
    app.on_screen(80, 24).press(KeyPress::char('m')).press(KeyPress::char('/')).types("media").key(Key::Enter);
    assert!(!app.model.start.typing);
    let row = app.row_with("Filter: media");
    app.click(12, u16::try_from(row).unwrap()).types("x");
    assert!(app.model.start.typing && app.screen(80, 24).contains("Filter: mediax"), "{}", app.screen(80, 24));
}

#[test]
fn w103_whatever_the_keys_can_give_the_focus_can_be_clicked() {
    let mut seen = 0;
    for scene in scenes() {
        for size in SIZES {
            let app = shown(scene, size);
            let drawn = app.model.view().drawn().clone();
            let (Some((focus, _)), frame) = (drawn.extent.focus, app.frame()) else { continue };
            let Some(cursor) = frame.iter().position(|line| line.contains('›')) else { continue };
            let in_view = |line: &&usize| drawn.top <= **line && **line < drawn.top + drawn.extent.rows;
            for line in drawn.extent.stops.iter().filter(in_view) {
                let row = u16::try_from(cursor + line - focus).unwrap();
                let is_there = app.hits().iter().any(|area| {
                    let target = &area.target;
                    area.row == row && !matches!(target, HitTarget::Press(_) | HitTarget::Next | HitTarget::Goto(_))
                });
                assert!(is_there, "{} {size:?} row {row}\n{}", scene.0, frame.join("\n"));
                seen += 1;
            }
        }
    }
    assert!(seen > 100, "{seen}");
}
