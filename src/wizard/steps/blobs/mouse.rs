//! The mouse over the rows. A click moves the cursor; on the sign it opens or closes the row, on the box it checks it. The wheel
//! scrolls.

use crate::protocol::action::{Action, Motion};
use crate::protocol::key::{Mouse, MouseAction};
use crate::protocol::message::Effect;
use crate::tree::RowItem;
use crate::wizard::shared::Shared;
use crate::wizard::steps::blobs::layout;
use crate::wizard::steps::blobs::mode::BlobsMode;
use crate::wizard::steps::blobs::state::BlobsStep;

/// Rows the wheel goes at a time.
const WHEEL: usize = 3;

impl BlobsStep {
    pub(super) fn point_at(&mut self, shared: &mut Shared, mouse: Mouse) -> Vec<Effect> {
        match mouse.action {
            MouseAction::WheelUp => self.wheel(shared, Motion::Up),
            MouseAction::WheelDown => self.wheel(shared, Motion::Down),
            MouseAction::Press => self.click(shared, mouse),
        }
    }

    fn wheel(&mut self, shared: &mut Shared, motion: Motion) -> Vec<Effect> {
        let mut effects = Vec::new();
        for _ in 0..WHEEL {
            effects.extend(match &self.mode {
                BlobsMode::Rows | BlobsMode::Filter(_) => self.act_on_rows(shared, &Action::Move(motion)),
                BlobsMode::Found(_) => self.act_on_found(shared, Action::Move(motion)),
                BlobsMode::Rules { .. } => self.act_on_rules(shared, &Action::Move(motion)),
                BlobsMode::Details | BlobsMode::Typing(_) => Vec::new(),
            });
        }
        effects
    }

    fn click(&mut self, shared: &mut Shared, mouse: Mouse) -> Vec<Effect> {
        if !matches!(self.mode, BlobsMode::Rows) {
            return Vec::new();
        }
        let Some((index, column)) = layout::row_at(shared.size, self.shows_details(), (mouse.column, mouse.row)) else {
            return Vec::new();
        };
        let rows = self.tree.rows();
        let Some(row) = rows.get(index) else { return Vec::new() };
        let sign = layout::indent(shared.size, self.shows_details(), row.depth) + 1;
        let on_node = matches!(row.item, RowItem::Node { .. });
        let here = rows.iter().position(|row| row.cursor).unwrap_or(index);
        drop(rows);
        let (motion, times) = if index < here { (Motion::Up, here - index) } else { (Motion::Down, index - here) };
        let mut effects = Vec::new();
        for _ in 0..times {
            effects.extend(self.act_on_rows(shared, &Action::Move(motion)));
        }
        if on_node && column >= sign && column < sign + 2 {
            effects.extend(self.act_on_rows(shared, &Action::Activate));
        } else if on_node && column >= sign + 2 && column < sign + 5 {
            effects.extend(self.act_on_rows(shared, &Action::Toggle));
        }
        effects
    }
}
