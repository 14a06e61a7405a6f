//! Moves a cursor through a list of known length. The tree moves its own cursor.

use crate::protocol::action::Motion;

/// The new row of the cursor in a list of `len` rows, of which `page` are visible.
pub fn moved(row: usize, len: usize, motion: Motion, page: usize) -> usize {
    let last = len.saturating_sub(1);
    let target = match motion {
        Motion::Up => row.saturating_sub(1),
        Motion::Down => row.saturating_add(1),
        Motion::PageUp => row.saturating_sub(page),
        Motion::PageDown => row.saturating_add(page),
        Motion::HalfUp => row.saturating_sub(page / 2),
        Motion::HalfDown => row.saturating_add(page / 2),
        Motion::First => 0,
        Motion::Last => last,
        Motion::Left | Motion::Right => row,
    };
    target.min(last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cursor_stays_in_the_list() {
        assert_eq!(moved(0, 3, Motion::Up, 10), 0);
        assert_eq!(moved(1, 3, Motion::PageDown, 10), 2);
        assert_eq!(moved(0, 0, Motion::Down, 10), 0);
        assert_eq!(moved(usize::MAX, 3, Motion::Down, 10), 2);
        assert_eq!(moved(9, 3, Motion::Left, 10), 2, "a list that got shorter");
    }
}
