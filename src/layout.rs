//! How the terminal is divided, in columns and rows: the shell's header, rail, page, remark and hints, and a page's title, body and
//! button. The screen draws into these areas; the wizard needs them to know how many rows a page has and which row a click is on.

/// Columns from which the rail stands beside the page. On a narrower terminal the rail is one line above it.
const RAIL_FROM: u16 = 110;
/// Columns of the rail beside the page, at least and at most; between them it has a quarter of the terminal.
const RAIL: (u16, u16) = (28, 36);
/// Lines of a remark at most.
pub const REMARK: usize = 3;
/// Rows of a page from which an empty line sets its title and its button apart.
const ROOMY_FROM: u16 = 14;

/// A rectangle of the terminal.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Area {
    /// Its first column.
    pub x: u16,
    /// Its first row.
    pub y: u16,
    /// Its columns.
    pub width: u16,
    /// Its rows.
    pub height: u16,
}

impl Area {
    /// A whole terminal of this many columns and rows.
    pub fn of((width, height): (u16, u16)) -> Self {
        Self { x: 0, y: 0, width, height }
    }

    /// The column after its last one.
    pub fn right(self) -> u16 {
        self.x.saturating_add(self.width)
    }

    /// The row after its last one.
    pub fn bottom(self) -> u16 {
        self.y.saturating_add(self.height)
    }

    /// Whether it holds this column and row.
    pub fn holds(self, column: u16, row: u16) -> bool {
        (self.x..self.right()).contains(&column) && (self.y..self.bottom()).contains(&row)
    }

    /// One of its rows; the last one where it has not that many.
    fn row(self, row: u16) -> Self {
        Self { y: self.y.saturating_add(row).min(self.bottom().saturating_sub(1)), height: 1, ..self }
    }
}

/// The parts of the screen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ShellAreas {
    /// Name, session, whether the draft is saved.
    pub header: Area,
    /// The line below the header.
    pub rule: Area,
    /// The steps: a column beside the page, or one line above it.
    pub rail: Area,
    /// Rail and page together: what an overlay covers.
    pub middle: Area,
    /// The page of the step, or the start screen.
    pub page: Area,
    /// The passing remark.
    pub notice: Area,
    /// The keys that work here.
    pub hints: Area,
}

/// Divides the terminal. A remark of several lines takes the lines after its first from the page.
pub fn shell(area: Area, remark: usize) -> ShellAreas {
    let more = u16::try_from(remark.saturating_sub(1)).unwrap_or(0);
    let middle = Area { y: area.y + 2, height: area.height.saturating_sub(4 + more), ..area };
    let inset =
        |columns: u16| Area { x: middle.x + columns + 1, width: middle.width.saturating_sub(columns + 2), ..middle };
    let columns = (area.width / 4).clamp(RAIL.0, RAIL.1);
    let beside = area.width >= RAIL_FROM;
    // The steps stay where they are while a remark comes and goes.
    let steps =
        Area { width: columns, height: area.height.saturating_sub(3 + u16::try_from(REMARK).unwrap_or(0)), ..middle };
    let (rail, page) = if beside { (steps, inset(columns)) } else { (area.row(1), inset(0)) };
    let last = area.height.saturating_sub(1);
    let notice = Area { height: 1 + more, ..area.row(last.saturating_sub(1 + more)) };
    ShellAreas { header: area.row(0), rule: area.row(1), rail, middle, page, notice, hints: area.row(last) }
}

/// The parts of a step's page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PageAreas {
    /// Title and purpose.
    pub head: Area,
    /// The step's own part.
    pub body: Area,
    /// The button, and beside it what is not in view.
    pub foot: Area,
}

/// Divides a step's page; `words` are the lines of its title and purpose.
pub fn page(area: Area, words: usize) -> PageAreas {
    let roomy = u16::from(area.height >= ROOMY_FROM);
    let head = u16::try_from(words).unwrap_or(u16::MAX).saturating_add(roomy).min(area.height);
    let foot = u16::from(area.height > head.saturating_add(1)) + roomy;
    PageAreas {
        head: Area { height: head, ..area },
        body: Area { y: area.y + head, height: area.height.saturating_sub(head.saturating_add(foot)), ..area },
        foot: Area { y: area.bottom().saturating_sub(1), height: 1, ..area },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_between_header_and_hints_has_one_owner() {
        for (width, height) in (0..200).flat_map(|width| (6..60).map(move |height| (width, height))) {
            for remark in [0, 1, 2, 3] {
                let parts = shell(Area::of((width, height)), remark);
                let rows = parts.middle.height + parts.notice.height;
                assert!(rows + 3 <= height.max(4 + parts.notice.height), "{width}x{height}: {parts:?}");
                let page = page(parts.page, 2);
                assert!(page.head.height + page.body.height <= parts.page.height, "{width}x{height}: {page:?}");
                assert!(parts.page.x + parts.page.width <= width.max(parts.page.x), "{width}x{height}: {parts:?}");
            }
        }
    }

    #[test]
    fn the_page_leaves_the_rail_its_columns() {
        for (width, x, columns) in
            [(40, 1, 38), (80, 1, 78), (109, 1, 107), (110, 29, 80), (120, 31, 88), (200, 37, 162)]
        {
            let page = shell(Area::of((width, 24)), 1).page;
            assert_eq!((page.x, page.y, page.width, page.height), (x, 2, columns, 20), "{width} columns");
        }
    }
}
