//! The pages over the form: what to check of the drives, and packing slip and label. And the parcels of other drafts, for the warning that
//! two have the same tracking number.

use strum::VariantArray;

use super::page::ShipPage;
use super::step::ShipStep;
use crate::azure::fault::Fault;
use crate::draft::DriveCheck;
use crate::papers::{Papers, page, text};
use crate::protocol::action::Action;
use crate::protocol::message::{Call, Effect, NamedText, Reply, Slot};
use crate::wizard::list;
use crate::wizard::shared::Shared;

impl ShipStep {
    /// Reads the tracking numbers of the other drafts.
    pub(super) fn read_others(shared: &mut Shared) -> Option<Effect> {
        let except = shared.draft.id.clone();
        let rehearsal = shared.draft.rehearsal;
        let free = shared.draft.has_job() && !shared.requests.is_busy(Slot::OtherParcels);
        free.then(|| shared.start(Slot::OtherParcels, Call::Parcels { except, rehearsal }))
    }

    pub(super) fn show_papers(&mut self, shared: &mut Shared) {
        match Papers::of(&shared.draft) {
            Ok(papers) => {
                self.saved.clear();
                self.over = Some(ShipPage::Papers(Box::new(papers)));
            }
            Err(why) => shared.warn(why.to_string()),
        }
    }

    /// Acts on a key while a page is open.
    pub(super) fn act_over(&mut self, shared: &mut Shared, action: &Action) -> Vec<Effect> {
        match (&mut self.over, action) {
            (Some(ShipPage::Checklist(row)), Action::Move(motion)) => {
                *row = list::moved(*row, DriveCheck::VARIANTS.len(), *motion, 5);
            }
            (Some(ShipPage::Checklist(row)), Action::Toggle) if !shared.refuses() => {
                let checked = &mut shared.draft.parcel.checked;
                if let Some(check) = DriveCheck::VARIANTS.get(*row).filter(|check| !checked.remove(check)) {
                    checked.insert(*check);
                }
            }
            (Some(ShipPage::Papers(papers)), Action::Copy) => {
                shared.say("Packing slip and label are on the clipboard, if the terminal allows it.");
                return vec![Effect::Copy(text(papers))];
            }
            (Some(ShipPage::Papers(papers)), Action::Save) => return Self::save_papers(papers, shared),
            _ => {}
        }
        Vec::new()
    }

    fn save_papers(papers: &Papers, shared: &mut Shared) -> Vec<Effect> {
        if shared.refuses() || shared.requests.is_busy(Slot::Papers) {
            return Vec::new();
        }
        let named =
            |ending: &str, text: String| NamedText { name: format!("{}-packing-slip.{ending}", papers.job), text };
        let texts = vec![named("txt", text(papers)), named("html", page(papers))];
        vec![shared.start(Slot::Papers, Call::SavePapers(texts))]
    }

    /// Takes the answer about the files or the other parcels.
    pub(super) fn done_over(&mut self, shared: &mut Shared, outcome: Result<Reply, Fault>) {
        match outcome {
            Ok(Reply::Parcels(others)) => self.others = others,
            Ok(Reply::SavedPapers(files)) => {
                self.saved = shared.note_saved_files(&files);
                shared.say("Saved; this page says where. Print the .html file from a browser, also to PDF.");
            }
            Ok(other) => shared.warn_of(&other.unexpected()),
            // The form works without the other drafts; what they hold is then not compared.
            Err(fault) => shared.warn_of(&fault),
        }
    }
}
