//! Job name and options: the form, and what is known about the resource groups.

use super::fields;
use crate::app::Wizard;
use crate::app::protocol::Slot;
use crate::form::job;
use crate::ui::sheet::{Pen, Sheet};
use crate::ui::theme;
use crate::wizard::options::frozen;

pub fn sheet(wizard: &Wizard, pen: &Pen) -> Sheet {
    let mut sheet = Sheet::default();
    let (desk, step) = (&wizard.desk, &wizard.steps.options);
    if let Some(why) = frozen(desk) {
        sheet.say(pen, &why, theme::caution());
    }
    fields::draw(&mut sheet, pen, &step.form, &job::warnings(&step.form), true);
    if desk.requests.is_busy(Slot::Groups) {
        sheet.busy(pen, Slot::Groups, "Reading the resource groups; a name can be typed all the same");
    }
    if let Some(fault) = &step.fault {
        sheet.blank();
        sheet.fault(pen, fault);
    }
    sheet
}
