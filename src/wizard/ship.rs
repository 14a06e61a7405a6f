//! (being written)
use super::conduct::{Conduct, Turn};
use super::desk::Desk;
use super::rail::Progress;
use crate::app::action::Action;
use crate::app::keymap::Context;
use crate::app::protocol::{Effect, Reply, Slot};
use crate::azure::fault::Fault;
/// s
#[derive(Debug)]
pub struct Ship;
/// p
pub fn progress(_desk: &Desk) -> Progress {
    Progress::default()
}
impl Ship {
    /// n
    pub fn new(_desk: &Desk) -> Self {
        Self
    }
}
impl Conduct for Ship {
    fn enter(&mut self, _desk: &mut Desk) -> Vec<Effect> {
        Vec::new()
    }
    fn contexts(&self, _desk: &Desk) -> Vec<Context> {
        Vec::new()
    }
    fn act(&mut self, _desk: &mut Desk, _action: Action) -> Turn {
        Turn::stay()
    }
    fn done(&mut self, _desk: &mut Desk, _slot: Slot, _outcome: Result<Reply, Fault>) -> Turn {
        Turn::stay()
    }
    fn leave(&mut self, _desk: &mut Desk) -> Result<Vec<Effect>, String> {
        Ok(Vec::new())
    }
}
