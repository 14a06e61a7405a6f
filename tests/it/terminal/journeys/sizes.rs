//! Any size of terminal draws something and ends nothing.

use crate::support::pty::Home;

#[test]
fn w45_the_resize_ladder_down_to_one_cell_and_back() {
    let home = Home::new();
    let mut program = home.blobfreight(&["rehearse"]).start();
    program.shows("northlight");
    for (columns, rows) in [(200, 60), (60, 15), (40, 10), (20, 5), (10, 3), (5, 2), (2, 1), (1, 1)] {
        program.resize(columns, rows);
        for key in ["Down", "j", "?"] {
            program.press(key);
        }
        program.press("F1");
        assert!(program.is_running(), "at {columns}x{rows}");
    }
    program.resize(39, 9).shows("window too small");
    program.resize(80, 24).shows("Storage account");
}
