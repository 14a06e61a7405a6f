//! The pictures of the book are drawn so that every browser shows them alike.

use std::fs;

use super::pages::book;

#[test]
fn pictures_have_no_blanks_that_a_browser_takes_away_and_no_folder_of_a_test() {
    let mut pictures = 0;
    for entry in fs::read_dir(book().join("pictures")).unwrap() {
        let path = entry.unwrap().path();
        let picture = fs::read_to_string(&path).unwrap();
        for line in picture.lines().filter(|line| line.starts_with("<text ")) {
            let text = line.split_once('>').unwrap().1.trim_end_matches("</text>");
            let kept = text == text.trim_matches(' ') && !text.contains("  ");
            assert!(kept, "{}: the letters of {text:?} would be drawn apart", path.display());
        }
        assert!(!picture.contains("/tmp/"), "{} names a folder of the machine it was drawn on", path.display());
        pictures += 1;
    }
    assert!(pictures > 12, "{pictures} pictures");
}
