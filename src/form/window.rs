//! A field shows a part of a long value. This file computes that part and the column of the cursor in it.

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// The visible part of a field. A mark for hidden text takes one column at its edge; `text` stands between the marks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FieldWindow {
    /// Visible text, without the marks.
    pub text: String,
    /// Column of the cursor from the left edge of the field, the left mark included.
    pub cursor: usize,
    /// More text to the left: draw a mark in the first column.
    pub cut_left: bool,
    /// More text to the right: draw a mark in the last column.
    pub cut_right: bool,
}

/// The window of `width` columns around the cursor, which stands before byte `cursor` of `text` (on a grapheme boundary).
///
/// Marks and text together take at most `width` columns, and the cursor stands inside. Nothing is shown at width 0.
pub fn window(text: &str, cursor: usize, width: usize) -> FieldWindow {
    if width == 0 {
        return FieldWindow::default();
    }
    let graphemes: Vec<(usize, &str, usize)> =
        text.grapheme_indices(true).map(|(at, grapheme)| (at, grapheme, UnicodeWidthStr::width(grapheme))).collect();
    let total: usize = graphemes.iter().map(|(.., columns)| columns).sum();
    let before: usize = graphemes.iter().filter(|(at, ..)| *at < cursor).map(|(.., columns)| columns).sum();
    // One column is kept free at the end, for the cursor behind the last character.
    if total < width {
        return FieldWindow { text: text.to_owned(), cursor: before, cut_left: false, cut_right: false };
    }
    let here = graphemes.iter().position(|(at, ..)| *at >= cursor).unwrap_or(graphemes.len());
    let first = first_visible(&graphemes, here, width);
    let cut_left = first > 0 && width > 1;
    let room = width.saturating_sub(usize::from(cut_left));
    let rest = graphemes.get(first..).unwrap_or_default();
    let fits_whole = rest.iter().map(|(.., columns)| columns).sum::<usize>() <= room;
    let cut_right = !fits_whole && room > 1;
    let room = room.saturating_sub(usize::from(cut_right));
    let mut window = FieldWindow { text: String::new(), cursor: usize::from(cut_left), cut_left, cut_right };
    let mut used = 0;
    for (at, grapheme, columns) in rest {
        if used + columns > room {
            break;
        }
        used += columns;
        window.text.push_str(grapheme);
        if *at < cursor {
            window.cursor += columns;
        }
    }
    window.cursor = window.cursor.min(width - 1);
    window
}

/// How many characters the cursor at byte `cursor` has to go on, or back if negative, to stand `columns` further on than byte `from`.
pub fn graphemes_to(text: &str, (cursor, from): (usize, usize), columns: i32) -> isize {
    let width = |part: &str| i32::try_from(UnicodeWidthStr::width(part)).unwrap_or(i32::MAX);
    let wanted = width(text.get(..from).unwrap_or_default()).saturating_add(columns);
    let mut used = 0;
    let fits = |grapheme: &&str| {
        used += width(grapheme);
        used <= wanted
    };
    let target = text.graphemes(true).take_while(fits).count().cast_signed();
    target - text.get(..cursor).unwrap_or_default().graphemes(true).count().cast_signed()
}

/// The first visible grapheme: scrolls just far enough that the one under the cursor, or the blank behind the end, is visible.
fn first_visible(graphemes: &[(usize, &str, usize)], here: usize, width: usize) -> usize {
    let under = graphemes.get(here).map_or(1, |(.., columns)| (*columns).max(1));
    let at_end = here >= graphemes.len();
    let marks = usize::from(!at_end);
    let before: usize = graphemes.iter().take(here).map(|(.., columns)| columns).sum();
    if before + under + marks <= width {
        return 0;
    }
    let mut left = width.saturating_sub(under + marks + 1);
    let mut first = here;
    while let Some((.., columns)) = first.checked_sub(1).and_then(|index| graphemes.get(index)) {
        if *columns > left {
            break;
        }
        left -= columns;
        first -= 1;
    }
    first
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn w29_the_cursor_is_measured_in_columns() {
        assert_eq!(window("東京", 3, 10).cursor, 2);
        assert_eq!(window("e\u{301}x", 3, 10).cursor, 1);
        assert_eq!(window("Zürich", 7, 10).cursor, 6);
    }

    #[test]
    fn w30_a_long_value_scrolls_and_says_so_at_its_edges() {
        let text = "Speicherstadtlager am Sandtorkai";
        let end = window(text, text.len(), 10);
        assert_eq!(end, FieldWindow { text: "ndtorkai".into(), cursor: 9, cut_left: true, cut_right: false });
        let start = window(text, 0, 10);
        assert_eq!(start, FieldWindow { text: "Speichers".into(), cursor: 0, cut_left: false, cut_right: true });
        let middle = window(text, 16, 10);
        assert!(middle.cut_left && middle.cut_right);
        assert!(middle.text.len() == 8 && middle.cursor < 9);
    }

    #[test]
    fn a_value_that_fits_beside_the_cursor_is_shown_whole() {
        assert_eq!(
            window("abc", 3, 4),
            FieldWindow { text: "abc".into(), cursor: 3, cut_left: false, cut_right: false }
        );
        assert!(window("abcd", 4, 4).cut_left);
        assert_eq!(window("abcd", 4, 0), FieldWindow::default());
    }
}
