//! The panel of rules: each rule with the findings about it, and a key to remove one.

use crate::protocol::action::Action;
use crate::protocol::message::Effect;
use crate::select::{AccountKnowledge, ListingKey, Rule, RuleMark, findings};
use crate::wizard::list;
use crate::wizard::shared::Shared;
use crate::wizard::steps::blobs::layout;
use crate::wizard::steps::blobs::mode::BlobsMode;
use crate::wizard::steps::blobs::state::BlobsStep;

impl AccountKnowledge for BlobsStep {
    fn names(&self, level: &str, start: &str, limit: usize) -> Vec<String> {
        self.tree.loaded_names(level, start, limit)
    }

    fn count(&self, rule: &Rule) -> Option<u64> {
        self.counted.get(rule).copied().or_else(|| self.nothing(rule).then_some(0))
    }
}

impl BlobsStep {
    /// The rules that match nothing, as far as complete listings and finished queries show.
    pub(super) fn unmatched(&self) -> Vec<Rule> {
        self.selection.rules().into_iter().filter(|rule| self.count(rule) == Some(0)).collect()
    }

    /// Whether a complete listing shows that nothing matches.
    fn nothing(&self, rule: &Rule) -> bool {
        let text = rule.text();
        let ends = text.match_indices('/').map(|(slash, _)| slash + 1);
        let mut levels = ends.map(|end| text.split_at(end));
        levels.any(|(level, rest)| {
            let part = rest.split_inclusive('/').next().unwrap_or_default();
            let whole = part.ends_with('/') || !matches!(rule, Rule::Prefix(_));
            self.tree.is_complete(&ListingKey::Names(level.to_owned())) && !self.shows(level, part, whole)
        })
    }

    /// Whether a listing has a name that begins with a text, or is that text.
    fn shows(&self, level: &str, part: &str, whole: bool) -> bool {
        // Containers are found without their closing slash and named with it.
        let start = if level == "/" { part.trim_end_matches('/') } else { part };
        let names = self.tree.loaded_names(level, start, 1);
        names.first().is_some_and(|name| !whole || name == part)
    }

    pub(super) fn open_rules(&mut self) {
        self.mode = BlobsMode::Rules { row: 0, marks: Vec::new() };
    }

    /// The findings about the present rules.
    pub(super) fn marks(&self) -> Vec<RuleMark> {
        findings(&self.selection.rules(), self)
    }

    pub(super) fn act_on_rules(&mut self, shared: &mut Shared, action: &Action) -> Vec<Effect> {
        let BlobsMode::Rules { row, .. } = &mut self.mode else { return Vec::new() };
        match *action {
            Action::Move(motion) => {
                let page = layout::rows(shared.size, false).max(1);
                *row = list::moved(*row, self.selection.len(), motion, page);
            }
            Action::Panel => self.mode = BlobsMode::Rows,
            Action::Remove => {
                let rule = self.selection.rules().into_iter().nth(*row);
                if !shared.refuses()
                    && let Some(rule) = rule
                    && self.selection.remove(&rule)
                {
                    shared.say(format!("Removed: {rule}; {} takes it back.", shared.key(&Action::Undo)));
                }
            }
            Action::Undo | Action::Redo => return self.change_selection(shared, action),
            _ => {}
        }
        Vec::new()
    }
}
