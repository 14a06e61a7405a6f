//! The mouse over the rows of the tree. A click moves the cursor; on the sign it opens or closes the row, on the box it checks it. The wheel
//! moves the cursor.

use crate::protocol::action::{Action, Motion};
use crate::protocol::hit::TreePart;
use crate::protocol::message::Effect;
use crate::tree::RowItem;
use crate::wizard::shared::Shared;
use crate::wizard::steps::blobs::mode::BlobsMode;
use crate::wizard::steps::blobs::state::BlobsStep;

/// Rows the wheel goes at a time.
const WHEEL: usize = 3;

impl BlobsStep {
    pub(super) fn wheel_over(&mut self, shared: &mut Shared, motion: Motion) -> Option<Vec<Effect>> {
        let mut effects = Vec::new();
        for _ in 0..WHEEL {
            effects.extend(match &self.mode {
                BlobsMode::Rows | BlobsMode::Filter(_) => self.act_on_rows(shared, &Action::Move(motion)),
                BlobsMode::Found(_) => self.act_on_found(shared, Action::Move(motion)),
                BlobsMode::Rules { .. } => self.act_on_rules(shared, &Action::Move(motion)),
                BlobsMode::Details | BlobsMode::Typing(_) => return None,
            });
        }
        Some(effects)
    }

    /// A click on a row in view. A click on the name of the row under the cursor opens or closes it.
    pub(super) fn click(&mut self, shared: &mut Shared, index: usize, part: TreePart) -> Vec<Effect> {
        if !matches!(self.mode, BlobsMode::Rows) {
            return Vec::new();
        }
        let rows = self.tree.rows();
        let Some(row) = rows.get(index) else { return Vec::new() };
        let on_node = matches!(row.item, RowItem::Node { .. });
        let here = rows.iter().position(|row| row.cursor).unwrap_or(index);
        drop(rows);
        let (motion, times) = if index < here { (Motion::Up, here - index) } else { (Motion::Down, index - here) };
        let mut effects = Vec::new();
        for _ in 0..times {
            effects.extend(self.act_on_rows(shared, &Action::Move(motion)));
        }
        let action = match part {
            TreePart::Sign if on_node => Some(Action::Activate),
            TreePart::Box if on_node => Some(Action::Toggle),
            TreePart::Name if here == index => Some(Action::Activate),
            _ => None,
        };
        effects.extend(action.into_iter().flat_map(|action| self.act_on_rows(shared, &action)));
        effects
    }
}
