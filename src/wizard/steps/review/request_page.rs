//! The page with the create request as text for another program. Opening and copying it sends nothing.

use strum::VariantArray as _;

use crate::azure::fault::Fault;
use crate::azure::model::AutomationForm;
use crate::protocol::action::{Action, Motion};
use crate::protocol::message::{Call, Effect, Reply, Slot};
use crate::wizard::rail::missing;
use crate::wizard::shared::Shared;
use crate::wizard::step::StepOutcome;
use crate::wizard::steps::review::create_request::create_request;
use crate::wizard::steps::review::state::{RequestPage, ReviewStep};

impl ReviewStep {
    /// Opens the page, once every answer is there.
    pub(super) fn show_request(&mut self, shared: &mut Shared) -> Vec<Effect> {
        if let Some((step, why)) = missing(shared).first() {
            shared.warn(format!("There is no request yet: {} needs you ({why}).", step.name()));
            return Vec::new();
        }
        self.request = Some(RequestPage::default());
        self.ask_text(shared)
    }

    /// Acts on a key while the page is open.
    pub(super) fn act_on_request(&mut self, shared: &mut Shared, action: &Action) -> StepOutcome {
        match action {
            Action::Move(Motion::Left) => self.change_form(shared, AutomationForm::VARIANTS.len() - 1).into(),
            Action::Move(Motion::Right) => self.change_form(shared, 1).into(),
            Action::Copy => self.copy_text(shared).into(),
            Action::Save => self.save_text(shared).into(),
            _ => StepOutcome::stay(),
        }
    }

    fn change_form(&mut self, shared: &mut Shared, by: usize) -> Vec<Effect> {
        let Some(page) = &mut self.request else { return Vec::new() };
        let forms = AutomationForm::VARIANTS;
        let here = forms.iter().position(|form| *form == page.form).unwrap_or(0);
        page.form = forms.get((here + by) % forms.len()).copied().unwrap_or_default();
        page.text = None;
        self.ask_text(shared)
    }

    fn ask_text(&mut self, shared: &mut Shared) -> Vec<Effect> {
        let Some(form) = self.request.as_ref().map(|page| page.form) else { return Vec::new() };
        match create_request(shared) {
            Ok(request) => {
                let call = Call::RequestText { form, job: request.job, new: Box::new(request.new) };
                vec![shared.start(Slot::RequestText, call)]
            }
            Err(why) => {
                shared.warn(why);
                self.request = None;
                Vec::new()
            }
        }
    }

    fn copy_text(&self, shared: &mut Shared) -> Vec<Effect> {
        let Some(text) = self.request.as_ref().and_then(|page| page.text.clone()) else { return Vec::new() };
        let save = shared.key(&Action::Save);
        shared.say(format!("Sent to the clipboard, where the terminal allows that; {save} saves it to a file."));
        vec![Effect::Copy(text)]
    }

    fn save_text(&self, shared: &mut Shared) -> Vec<Effect> {
        let Some((form, text)) = self.request.as_ref().and_then(|page| Some((page.form, page.text.clone()?))) else {
            return Vec::new();
        };
        let Ok(request) = create_request(shared) else { return Vec::new() };
        let name = format!("{}.{}", request.job.name, form.extension());
        let list = request.list.map(|list| list.xml);
        vec![shared.start(Slot::RequestText, Call::SaveRequest { name, text, list })]
    }

    /// Takes the text, or the places of the saved files.
    pub(super) fn take_text(&mut self, shared: &mut Shared, outcome: Result<Reply, Fault>) {
        match outcome {
            Ok(Reply::RequestText(text)) => {
                if let Some(page) = &mut self.request {
                    page.text = Some(text);
                }
            }
            Ok(Reply::SavedRequest(files)) => {
                let files: Vec<String> = files.iter().map(|file| file.display().to_string()).collect();
                shared.say(format!("Saved: {}", files.join(" and ")));
            }
            Ok(other) => shared.warn_of(&other.unexpected()),
            Err(fault) => shared.warn_of(&fault),
        }
    }
}
