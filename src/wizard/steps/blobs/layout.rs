//! How the body of the blobs step is divided, in columns and rows. The step needs it to know how many rows the tree has; the screen
//! draws into it.

use crate::layout::{Area, page, shell};

/// Columns of the body from which details stand beside the tree.
const BESIDE_FROM: usize = 80;
/// Columns of the details beside the tree, the line between included.
const BESIDE: usize = 36;

/// A divided body.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct BodyAreas {
    /// Lines above the rows: the summary and the path.
    pub head: usize,
    /// Rows of the tree.
    pub rows: usize,
    /// Columns of the tree.
    pub columns: usize,
    /// Lines of the details below the tree.
    pub below: usize,
    /// Columns of the details beside the tree, the line between included.
    pub beside: usize,
}

/// Divides a body of this many columns and rows; `details` when the person wants to see them.
pub fn divide(width: usize, height: usize, details: bool) -> BodyAreas {
    let head = if height >= 4 { 2 } else { usize::from(height >= 2) };
    let left = height - head;
    if width >= BESIDE_FROM {
        return BodyAreas { head, rows: left, columns: width - BESIDE, below: 0, beside: BESIDE };
    }
    let below = if details && left >= 4 { (left / 2).min(8) } else { 0 };
    BodyAreas { head, rows: left - below, columns: width, below, beside: 0 }
}

/// Rows of the tree in a terminal of this size.
pub fn rows(size: (u16, u16), details: bool) -> usize {
    let (width, height) = body(size);
    divide(width, height, details).rows
}

/// Columns a name keeps, however deep it lies.
pub const NAME: usize = 14;
/// Columns of a size.
pub const SIZE: usize = 8;

/// Columns of the tree's rows in a divided body, without the line to the details.
pub fn tree_columns(room: BodyAreas) -> usize {
    room.columns.saturating_sub(usize::from(room.beside > 0))
}

/// Columns a row of this depth is indented by, in a tree of this many columns.
pub fn indented(columns: usize, depth: u16) -> usize {
    (usize::from(depth) * 2).min(columns.saturating_sub(NAME + SIZE + 8))
}

/// Whether details are on the screen of this size.
pub fn shows_details(size: (u16, u16), details: bool) -> bool {
    let (width, height) = body(size);
    let room = divide(width, height, details);
    room.beside > 0 || room.below > 0
}

/// Columns and rows that the shell leaves to the body of this step in a terminal of this size.
pub fn body(size: (u16, u16)) -> (usize, usize) {
    let body = area(size);
    (usize::from(body.width), usize::from(body.height))
}

/// Where the body of this step is in a terminal of this size. Its title and its purpose are one line each.
fn area(size: (u16, u16)) -> Area {
    page(shell(Area::of(size), 1).page, 2).body
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_body_has_one_owner() {
        for width in 0..200 {
            for height in 0..60 {
                for details in [false, true] {
                    let room = divide(width, height, details);
                    assert_eq!(room.head + room.rows + room.below, height, "{width}x{height}");
                    assert_eq!(room.columns + room.beside, width, "{width}x{height}");
                }
            }
        }
    }

    #[test]
    fn the_smallest_terminals_have_rows_left() {
        assert_eq!(body((80, 24)), (78, 15));
        assert_eq!(divide(78, 15, false).rows, 13);
        assert!(divide(body((40, 12)).0, body((40, 12)).1, true).rows >= 2);
    }
}
