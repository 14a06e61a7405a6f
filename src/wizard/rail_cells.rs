//! Where each step stands on the rail: in a column beside the page on a wide terminal, in one line above it on a narrower one. The screen
//! draws the cells.

use crate::layout::Area;
use crate::protocol::step::Step;
use crate::wizard::progress::{StepMark, StepProgress};
use crate::wizard::rail;
use crate::wizard::shared::Shared;

/// Columns of a line from which it has a cell for every step. On a narrower one it has one cell, for the named step.
const ALL_FROM: u16 = 66;
/// Empty columns between two cells of a line.
const GAP: u16 = 2;

/// A step on the rail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RailCell {
    /// The step.
    pub step: Step,
    /// Its mark.
    pub mark: StepMark,
    /// Where it stands; of the column with the row of its summary.
    pub area: Area,
    /// What of it is written there.
    pub words: CellWords,
}

/// What is written in a cell of the rail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CellWords {
    /// Number and mark: `4○`.
    Short,
    /// Number, mark and name: `3● Blobs`.
    Named,
    /// A row of the column: ` 3 ● Blobs`.
    Row,
    /// The same, and the answer in a second row.
    WithSummary(String),
    /// The place among all steps, the name and the answer: `3/12 ● Blobs  1 rule`.
    Alone(String),
}

/// The cells of a rail in this area; `named` is the step with the focus, or else the one on screen. Without a draft all steps but the
/// first are locked.
pub fn cells(shared: Option<&Shared>, named: Step, area: Area) -> Vec<RailCell> {
    match area {
        Area { height: 0, .. } => Vec::new(),
        Area { height: 1, width: ALL_FROM.., .. } => line(shared, named, area),
        Area { height: 1, .. } => {
            let only = marked(shared).into_iter().filter(|(step, ..)| *step == named);
            only.map(|(step, mark, summary)| RailCell { step, mark, area, words: CellWords::Alone(summary) }).collect()
        }
        _ => column(shared, area),
    }
}

fn line(shared: Option<&Shared>, named: Step, area: Area) -> Vec<RailCell> {
    let mut x = area.x + 1;
    let cell = |(step, mark, _summary): (Step, StepMark, String)| {
        let (number, name) = (if step.index() < 9 { 1 } else { 2 }, 1 + step.name().len());
        let width = number + 1 + if step == named { u16::try_from(name).unwrap_or(0) } else { 0 };
        let words = if step == named { CellWords::Named } else { CellWords::Short };
        let cell = RailCell { step, mark, area: Area { x, width, ..area }, words };
        x += width + GAP;
        cell
    };
    marked(shared).into_iter().map(cell).collect()
}

fn column(shared: Option<&Shared>, area: Area) -> Vec<RailCell> {
    let steps = marked(shared);
    let answered = steps.iter().filter(|(_, _, summary)| !summary.is_empty()).map(|(step, ..)| *step).collect();
    let with_summary = with_summary(shared, answered, usize::from(area.height));
    let mut y = area.y;
    let mut cells = Vec::new();
    for (step, mark, summary) in steps {
        let summed = with_summary.contains(&step);
        let words = if summed { CellWords::WithSummary(summary) } else { CellWords::Row };
        let height = 1 + u16::from(summed);
        if y + height > area.bottom() {
            break;
        }
        cells.push(RailCell { step, mark, area: Area { y, height, ..area }, words });
        y += height;
    }
    cells
}

/// The steps with a second row for their answer: of those with an answer the nearest to the person, as many as there is room for.
fn with_summary(shared: Option<&Shared>, mut steps: Vec<Step>, rows: usize) -> Vec<Step> {
    let here = shared.map_or(0, |shared| shared.draft.step.index());
    steps.sort_by_key(|step| step.index().abs_diff(here));
    steps.truncate(rows.saturating_sub(Step::ALL.len()));
    steps
}

/// The answer of a step in a few words, or why it may no longer fit.
pub fn summary(shared: Option<&Shared>, step: Step) -> String {
    shared.map(|shared| in_words(rail::progress(shared, step))).unwrap_or_default()
}

fn in_words(progress: StepProgress) -> String {
    progress.stale.unwrap_or(progress.summary)
}

/// Every step with its mark and its answer in a few words.
fn marked(shared: Option<&Shared>) -> Vec<(Step, StepMark, String)> {
    let Some(shared) = shared else {
        let mark = |step| if step == Step::SignIn { StepMark::Open } else { StepMark::Locked };
        return Step::ALL.iter().map(|step| (*step, mark(*step), String::new())).collect();
    };
    let steps = rail::all(shared).into_iter();
    steps.map(|(step, progress)| (step, rail::mark_with(shared, step, &progress), in_words(progress))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn w45_no_two_cells_share_a_place_and_none_leaves_the_rail() {
        for named in Step::ALL {
            for (width, height) in (40..200).flat_map(|width| [(width, 1), (36, width / 8)]) {
                let area = Area { x: 0, y: 1, width, height };
                let cells = cells(None, *named, area);
                assert!(!cells.is_empty(), "{width}x{height}");
                for (index, cell) in cells.iter().enumerate() {
                    assert!(cell.area.right() <= area.right() && cell.area.bottom() <= area.bottom(), "{cell:?}");
                    let meets = |other: &RailCell| other.area.holds(cell.area.x, cell.area.y);
                    assert!(!cells[index + 1..].iter().any(meets), "{cell:?}");
                }
            }
        }
    }
}
