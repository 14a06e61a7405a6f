//! The terminal guard in a real pseudo-terminal, and the harness itself. The program here is this test file, started again
//! in the terminal with a task.

use std::io;

use crate::support::pty::{Home, Modes, Pty, Start};
use blobfreight::protocol::key::{Key, KeyPress};
use blobfreight::term::{Caps, Input, Screen, Signal, Signals, input};
use futures_util::StreamExt;

/// Names the task; without it `inner_program` does nothing.
const TASK: &str = "BLOBFREIGHT_TEST_TASK";

/// Starts this file again in a terminal.
fn start_inner(home: &Home, task: &str) -> Start {
    let this = std::env::current_exe().unwrap();
    home.program(
        this.to_str().unwrap(),
        &["--exact", "terminal::modes::inner_program", "--nocapture", "--test-threads=1"],
    )
    .env(TASK, task)
}

/// The program inside the terminal: shows what arrives, ends on `q` or by signal. Not a check of its own.
#[test]
fn inner_program() {
    let Ok(task) = std::env::var(TASK) else { return };
    if task == "panic without a session" {
        blobfreight::term::end_on_panic();
        panic!("the cargo\x1b[5m shifted");
    }
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let status = runtime.block_on(run_inner(&task)).unwrap();
    std::process::exit(i32::from(status));
}

async fn run_inner(task: &str) -> io::Result<u8> {
    let mut signals = Signals::listen()?;
    let mut screen = Screen::open(Caps::from_process())?;
    let mut inputs = input::stream();
    let mut last = String::from("ready");
    loop {
        screen.draw(|frame| {
            let size = format!("{}x{}", frame.area().width, frame.area().height);
            frame.render_widget(format!("{last}\n{size}"), frame.area());
            frame.set_cursor_position((0, 1));
        })?;
        tokio::select! {
            signal = signals.next() => match signal {
                Signal::Continue => screen.resume()?,
                Signal::Suspend => screen.suspend()?,
                end => return Ok(end.exit_status().unwrap_or(0)),
            },
            input = inputs.next() => match input {
                Some(Ok(Input::Key(key))) if key == KeyPress::ctrl('z') => screen.suspend()?,
                Some(Ok(Input::Key(key))) if key == KeyPress::char('q') => {
                    screen.print_after("good\x1b[31mbye");
                    return Ok(0);
                }
                Some(Ok(Input::Key(key))) if key == KeyPress::char('!') => act(task, &mut screen)?,
                Some(Ok(input)) => last = said(input, &last),
                Some(Err(_)) | None => return Ok(1),
            },
        }
    }
}

/// What `!` does in each task.
fn act(task: &str, screen: &mut Screen) -> io::Result<()> {
    match task {
        "panic" => panic!("the cargo\x1b[5m shifted"),
        "panic elsewhere" => {
            let other = std::thread::spawn(|| panic!("the cargo shifted"));
            let _joined = other.join();
            Ok(())
        }
        "error" => Err(io::Error::other("the crane is out of order")),
        "mouse" => screen.set_mouse(true),
        _ => screen.copy("8001 Zürich").map_err(io::Error::other),
    }
}

fn said(input: Input, last: &str) -> String {
    match input {
        Input::Key(key) if key.key == Key::Enter => "Enter".to_owned(),
        Input::Key(key) => format!("key {key}"),
        Input::Paste(text) => format!("paste {text:?}"),
        _ => last.to_owned(),
    }
}

fn started(home: &Home, task: &str) -> Pty {
    let mut terminal = start_inner(home, task).start();
    terminal.shows("ready").has_modes(|modes| modes.alternate_screen && !modes.cooked, "a session");
    terminal
}

#[test]
fn a_session_takes_the_modes_it_needs_and_gives_them_back() {
    let home = Home::new();
    let mut terminal = started(&home, "");
    let session = terminal.modes();
    assert!(session.bracketed_paste && !session.mouse && !session.cursor_hidden, "{session:?}");
    terminal.press("q");
    assert_eq!(terminal.wait_exit(), 0);
    assert_eq!(terminal.modes(), Modes::SANE);
    assert!(terminal.screen().contains("good[31mbye"), "{}", terminal.screen());
}

#[test]
fn signals_give_the_terminal_back_and_end_with_128_and_their_number() {
    for (name, status) in [("TERM", 143), ("HUP", 129), ("INT", 130), ("QUIT", 131)] {
        let home = Home::new();
        let mut terminal = started(&home, "");
        terminal.signal(name);
        assert_eq!(terminal.wait_exit(), status, "SIG{name}");
        assert_eq!(terminal.modes(), Modes::SANE, "SIG{name}");
    }
}

#[test]
fn a_panic_on_any_thread_gives_the_terminal_back_and_says_where() {
    for task in ["panic", "panic elsewhere"] {
        let home = Home::new();
        let mut terminal = started(&home, task);
        terminal.press("!");
        assert_eq!(terminal.wait_exit(), 101);
        assert_eq!(terminal.modes(), Modes::SANE);
        let said = terminal.screen().replace('\n', "");
        assert!(said.contains("tests/it/terminal/modes.rs:") && said.contains("the cargo"), "{said}");
        assert!(said.contains("Your draft is kept") && said.contains("`blobfreight doctor`"), "{said}");
        assert!(!terminal.raw_output().contains("\x1b[5m"), "the message is not sent raw");
    }
}

#[test]
fn a_panic_without_a_session_says_where_and_nothing_of_a_draft() {
    let home = Home::new();
    let terminal = start_inner(&home, "panic without a session").start();
    assert_eq!(terminal.wait_exit(), 101);
    let said = terminal.screen().replace('\n', "");
    assert!(said.contains("tests/it/terminal/modes.rs:") && said.contains("the cargo"), "{said}");
    assert!(!said.contains("draft") && said.contains("`blobfreight doctor`"), "{said}");
    assert!(!terminal.raw_output().contains("\x1b[5m"), "the message is not sent raw");
}

#[test]
fn an_error_gives_the_terminal_back() {
    let home = Home::new();
    let mut terminal = started(&home, "error");
    terminal.press("!");
    assert_ne!(terminal.wait_exit(), 0);
    assert_eq!(terminal.modes(), Modes::SANE);
}

#[test]
fn the_mouse_is_taken_only_when_asked_and_given_back() {
    let home = Home::new();
    let mut terminal = started(&home, "mouse");
    terminal.press("!").has_modes(|modes| modes.mouse, "mouse capture");
    terminal.press("q");
    terminal.wait_exit();
    assert_eq!(terminal.modes(), Modes::SANE);
}

#[test]
fn keys_arrive_as_they_are_named() {
    let home = Home::new();
    let mut terminal = started(&home, "");
    for (pressed, shown) in [
        ("a", "key a"),
        ("Ctrl-c", "key Ctrl-C"),
        ("Alt-Left", "key Alt-←"),
        ("Shift-Tab", "key Shift-Tab"),
        ("Ctrl-/", "key Ctrl-_"),
        ("Ctrl-h", "key Backspace"),
        ("Backspace", "key Backspace"),
        ("PgDn", "key PgDn"),
        ("F1", "key F1"),
        ("F12", "key F12"),
        ("Ctrl-Left", "key Ctrl-←"),
        ("Del", "key Del"),
        ("Space", "key Space"),
        ("Enter", "Enter"),
        ("Esc", "key Esc"),
        ("ü", "key ü"),
        ("-", "key -"),
    ] {
        terminal.press(pressed).shows(shown);
    }
}

#[test]
fn w27_a_paste_arrives_clean_and_whole() {
    let home = Home::new();
    let mut terminal = started(&home, "");
    terminal.paste("Contoso\nMain Street 1\x07\n").shows(r#"paste "Contoso\nMain Street 1""#);
}

#[test]
fn w14_ctrl_z_gives_the_shell_a_sane_terminal_and_fg_shows_the_same_screen() {
    let home = Home::new();
    let this = std::env::current_exe().unwrap();
    let mut shell = home.shell().env("THIS", this).env(TASK, "").start();
    shell.shows("$ ");
    shell.type_text("\"$THIS\" --exact terminal::modes::inner_program --nocapture\r").shows("ready");
    shell.press("x").shows("key x");
    shell.press("Ctrl-z").shows("Stopped");
    let suspended = shell.modes();
    assert!(!suspended.alternate_screen && !suspended.cursor_hidden && !suspended.mouse, "{suspended:?}");
    shell
        .type_text("stty -a | tr ' ' '\\n' | grep -e '^-*icanon' -e '^-*echo$' | tr '\\n' '+'\r")
        .shows("icanon+echo+");
    shell.resize(60, 20).type_text("fg\r").shows("key x").shows("60x20");
    shell.has_modes(|modes| modes.alternate_screen && modes.bracketed_paste && !modes.cooked, "the session again");
    shell.press("y").shows("key y");
    shell.press("q").shows("good[31mbye").shows("$ ");
}

#[test]
fn a_suspended_session_that_is_killed_ends_without_touching_the_shell() {
    let home = Home::new();
    let this = std::env::current_exe().unwrap();
    let mut shell = home.shell().env("THIS", this).env(TASK, "").start();
    shell.shows("$ ");
    shell.type_text("\"$THIS\" --exact terminal::modes::inner_program --nocapture\r").shows("ready");
    shell.press("Ctrl-z").shows("Stopped");
    // `wait` would not do: bash answers it from what it last knew, that the job is stopped.
    shell.type_text("p=$(jobs -p); kill %1; while kill -0 $p 2>/dev/null; do :; done; jobs\r").shows("Exit 143");
    assert!(!shell.modes().alternate_screen);
}

#[test]
fn a_session_stopped_from_outside_sets_its_modes_again() {
    let home = Home::new();
    let mut terminal = started(&home, "");
    terminal.signal("STOP");
    terminal.signal("CONT");
    terminal.press("x").shows("key x");
    terminal.has_modes(|modes| modes.alternate_screen && modes.bracketed_paste && !modes.cooked, "the session");
    terminal.press("q");
    assert_eq!(terminal.wait_exit(), 0);
    assert_eq!(terminal.modes(), Modes::SANE);
}

#[test]
fn w45_any_size_is_drawn() {
    let home = Home::new();
    let mut terminal = started(&home, "");
    for (columns, rows) in [(200, 60), (60, 15), (20, 5), (10, 3), (9, 2), (120, 40)] {
        terminal.resize(columns, rows).shows(&format!("{columns}x{rows}"));
    }
    terminal.resize(1, 1).shows_matching(|screen| screen.trim() == "r", "one letter");
    terminal.resize(0, 0);
    terminal.resize(80, 24).shows("80x24");
}

#[test]
fn a_key_that_arrives_together_with_a_new_size_is_not_kept_back() {
    let home = Home::new();
    let mut terminal = started(&home, "");
    // Whether the program finds both at once is a matter of luck, so it is tried many times.
    for round in 0..300_u16 {
        let key = if round % 2 == 0 { "a" } else { "b" };
        terminal.resize(80 + round % 40, 24).press(key).shows(&format!("key {key}"));
    }
}

#[test]
fn w29_the_cursor_stands_where_the_frame_puts_it() {
    let home = Home::new();
    let mut terminal = started(&home, "");
    terminal.press("x").shows("key x").shows_cursor_at(1, 0);
}

#[test]
fn what_is_copied_goes_to_the_clipboard_of_the_terminal() {
    let home = Home::new();
    let mut terminal = started(&home, "");
    terminal.press("!").press("x").shows("key x");
    assert_eq!(terminal.clipboard().as_deref(), Some("ODAwMSBaw7xyaWNo"));
}

#[test]
fn a_key_that_changes_nothing_writes_nothing() {
    let home = Home::new();
    let mut terminal = started(&home, "");
    terminal.press("x").shows("key x");
    let before = terminal.bytes_written();
    terminal.press("x").press("x").press("y").shows("key y");
    let frame = terminal.raw_output()[before..].to_owned();
    assert_eq!(frame.matches("2026h").count(), 1, "one frame for three keys: {frame:?}");
}

#[test]
fn harness_shows_what_a_program_prints_and_its_status() {
    let home = Home::new();
    let mut terminal = home
        .program("sh", &["-c", "printf 'name? '; read n; printf '\\033[7mhello %s\\033[0m\\n' \"$n\"; exit 7"])
        .start();
    terminal.shows("name? ").type_text("東京").press("Enter");
    assert_eq!(terminal.wait_exit(), 7);
    terminal.shows("hello 東京").shows_not("goodbye");
    let row = terminal.row_of("hello");
    assert!(terminal.cell(row, 0).reverse && !terminal.cell(row, 0).is_coloured());
    assert_eq!(terminal.cell(row, 6).text, "東");
}

#[test]
fn harness_keeps_the_person_s_environment_out() {
    let home = Home::new();
    let terminal =
        home.program("sh", &["-c", "env | cut -d= -f1 | sort | tr '\\n' ' '"]).env("EXTRA", "1").size(200, 5).start();
    let names = terminal.after_exit();
    assert!(names.contains("BLOBFREIGHT_DATA_DIR") && names.contains("EXTRA"), "{names}");
    assert!(!names.contains("AZURE") && !names.contains("CARGO"), "{names}");
}

#[test]
#[should_panic(expected = "but the program ended")]
fn harness_does_not_wait_for_a_program_that_ended() {
    let home = Home::new();
    home.program("sh", &["-c", "echo bye"]).start().shows("hello");
}

#[test]
fn harness_kills_a_program_that_cannot_notice() {
    let home = Home::new();
    let mut terminal = home.program("sh", &["-c", "trap '' TERM HUP; echo up; read never"]).start();
    terminal.shows("up").kill_hard();
    assert!(!terminal.is_running());
    assert_eq!(terminal.wait_exit(), -1);
}
