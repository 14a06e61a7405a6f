//! The pictures of the book and of the README, drawn from the real program by walking a rehearsal. They are written only when asked for:
//! `cargo test --test terminal pictures -- --ignored`.
use std::fs;
use std::path::Path;

use super::walk::{Walk, with_folder_named};
use crate::support::picture::{self, Look};
use crate::support::pty::Home;

#[test]
#[ignore = "writes docs/pictures; run it with --ignored after a change of the screens"]
fn every_step_at_80x24_and_120x40_and_on_a_light_background() {
    for (columns, rows, look) in [(80, 24, &picture::DARK), (120, 40, &picture::DARK), (80, 24, &picture::LIGHT)] {
        let home = Home::new();
        let program = home.blobfreight(&[]).size(columns, rows).on(Some(look.background)).start();
        Walk::whole(program, &mut |program, name, title| {
            let svg = picture::svg(program, columns, rows, title, look);
            keep(&with_folder_named(&home, &svg), &file(name, columns, rows, look));
        });
    }
}

fn file(name: &str, columns: u16, rows: u16, look: &Look) -> String {
    let suffix = if std::ptr::eq(look, &picture::LIGHT) { "-light" } else { "" };
    format!("{name}-{columns}x{rows}{suffix}.svg")
}

fn keep(svg: &str, file: &str) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/pictures");
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join(file), svg).unwrap();
}
