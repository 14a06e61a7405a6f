//! (being written)

use crate::app::Wizard;
use crate::ui::sheet::{Pen, Sheet};
pub fn sheet(_wizard: &Wizard, _pen: &Pen) -> Sheet {
    Sheet::default()
}
