//! The mouse over the rows: a click puts the cursor there, on the sign opens or closes, on the box checks; the wheel scrolls.

use super::layer::Layer;
use super::{Blobs, layout};
use crate::app::action::{Action, Motion};
use crate::app::key::{Mouse, MouseAction};
use crate::app::protocol::Effect;
use crate::tree::RowItem;
use crate::wizard::desk::Desk;

/// Rows the wheel goes at a time.
const WHEEL: usize = 3;

impl Blobs {
    pub(super) fn point_at(&mut self, desk: &mut Desk, mouse: Mouse) -> Vec<Effect> {
        match mouse.action {
            MouseAction::WheelUp => self.wheel(desk, Motion::Up),
            MouseAction::WheelDown => self.wheel(desk, Motion::Down),
            MouseAction::Press => self.click(desk, mouse),
        }
    }

    fn wheel(&mut self, desk: &mut Desk, motion: Motion) -> Vec<Effect> {
        let mut effects = Vec::new();
        for _ in 0..WHEEL {
            effects.extend(match &self.layer {
                Layer::Rows | Layer::Filter(_) => self.act_on_rows(desk, &Action::Move(motion)),
                Layer::Found(_) => self.act_on_found(desk, Action::Move(motion)),
                Layer::Rules { .. } => self.act_on_rules(desk, &Action::Move(motion)),
                Layer::Details | Layer::Typing(_) => Vec::new(),
            });
        }
        effects
    }

    fn click(&mut self, desk: &mut Desk, mouse: Mouse) -> Vec<Effect> {
        if !matches!(self.layer, Layer::Rows) {
            return Vec::new();
        }
        let Some((index, column)) = layout::row_at(desk.size, self.shows_details(), (mouse.column, mouse.row)) else {
            return Vec::new();
        };
        let rows = self.tree.rows();
        let Some(row) = rows.get(index) else { return Vec::new() };
        let sign = layout::indent(desk.size, self.shows_details(), row.depth) + 1;
        let on_node = matches!(row.item, RowItem::Node { .. });
        let here = rows.iter().position(|row| row.cursor).unwrap_or(index);
        drop(rows);
        let (motion, times) = if index < here { (Motion::Up, here - index) } else { (Motion::Down, index - here) };
        let mut effects = Vec::new();
        for _ in 0..times {
            effects.extend(self.act_on_rows(desk, &Action::Move(motion)));
        }
        if on_node && column >= sign && column < sign + 2 {
            effects.extend(self.act_on_rows(desk, &Action::Activate));
        } else if on_node && column >= sign + 2 && column < sign + 5 {
            effects.extend(self.act_on_rows(desk, &Action::Toggle));
        }
        effects
    }
}
