//! What came of the answers: what is missing, what is doubtful, and the job. Read from the model of the wizard, whose steps have checked
//! the answers.

use std::collections::BTreeMap;

use super::answers::AnswersFile;
use crate::app::{Model, Wizard};
use crate::azure::model::{Job, LocationName, ServiceName};
use crate::driver::unattended::Refusal;
use crate::form::{FieldWarning, Form, address, job};
use crate::protocol::step::Step;
use crate::wizard::shared::Shared;
use crate::wizard::steps::review::{self, CreateRequest, JobEstimate};
use crate::wizard::{rail, service};

/// Something that has to be answered, or answered otherwise, before a job can be created.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct MissingAnswer {
    /// The step it belongs to.
    pub(super) step: Step,
    /// The field of the step's form, by its label.
    pub(super) field: Option<&'static str>,
    /// What is missing or wrong, and what to do.
    pub(super) reason: String,
}

/// What came of the answers.
#[derive(Debug, Default)]
pub(super) struct NewOutcome {
    /// The service that would take the job, or has it.
    pub(super) service: Option<ServiceName>,
    /// The create request; `None` while an answer is missing.
    pub(super) request: Option<CreateRequest>,
    /// The address of Azure Resource Manager.
    pub(super) arm: String,
    /// Each step with its answer in a few words.
    pub(super) answers: Vec<(Step, String)>,
    pub(super) missing: Vec<MissingAnswer>,
    /// Warnings about this job.
    pub(super) doubts: Vec<String>,
    /// What holds for every job of the service.
    pub(super) facts: Vec<String>,
    /// How long the export takes, and what is charged for it.
    pub(super) estimate: JobEstimate,
    /// The job as it was read back from the service.
    pub(super) job: Option<Job>,
    /// Why it was not created, or why that is not known.
    pub(super) fault: Option<String>,
    /// A create request was sent, and it is not known whether the job exists.
    pub(super) unsettled: bool,
}

impl NewOutcome {
    /// Reads the model after its draft went through all steps. `registered` is whether the subscription was to be registered.
    pub(super) fn of(model: &Model, answers: &AnswersFile, refusals: Vec<Refusal>, registered: bool) -> Self {
        let Some(wizard) = &model.wizard else { return Self::default() };
        let shared = &wizard.shared;
        let missing = missing(wizard, answers, refusals, registered);
        Self {
            service: shared.draft.service,
            request: review::create_request(shared).ok().filter(|_| missing.is_empty()),
            arm: shared.session.as_ref().map(|session| session.cloud.arm.clone()).unwrap_or_default(),
            answers: Step::ANSWERS.iter().map(|step| (*step, rail::progress(shared, *step).summary)).collect(),
            missing,
            doubts: doubts(wizard),
            facts: review::facts(shared),
            estimate: review::estimate(shared),
            ..Self::default()
        }
    }

    /// Takes in what came of creating the job.
    pub(super) fn take_creation(&mut self, model: &Model) {
        let Some(wizard) = &model.wizard else { return };
        self.job.clone_from(&wizard.shared.catalogue.job);
        self.unsettled = wizard.shared.draft.open_create().is_some();
        if self.job.is_none() {
            let fault = wizard.steps.review.fault.as_ref().map(ToString::to_string);
            self.fault = fault.or_else(|| model.notice().map(|notice| notice.text.clone()));
        }
    }
}

fn missing(wizard: &Wizard, answers: &AnswersFile, refusals: Vec<Refusal>, registered: bool) -> Vec<MissingAnswer> {
    let refusals: BTreeMap<Step, String> = refusals.into_iter().collect();
    let mut open: BTreeMap<Step, String> = rail::missing(&wizard.shared).into_iter().collect();
    open.extend(refusals);
    let mut missing = Vec::new();
    for (step, reason) in open {
        let fields = form_of(wizard, step).map(wrong_fields).unwrap_or_default();
        if fields.is_empty() {
            let fault = fault_of(wizard, step).map(|fault| format!(" {fault}")).unwrap_or_default();
            missing.push(MissingAnswer { step, field: None, reason: format!("{reason}{fault}") });
        }
        missing.extend(fields.into_iter().map(|(field, reason)| MissingAnswer { step, field: Some(field), reason }));
    }
    missing.extend(other_location(&wizard.shared, answers));
    missing.extend(unregistered(wizard, registered));
    missing
}

fn form_of(wizard: &Wizard, step: Step) -> Option<&Form> {
    match step {
        Step::Drives => Some(&wizard.steps.drives.form),
        Step::Address => Some(&wizard.steps.address.form),
        Step::Options => Some(&wizard.steps.options.form),
        _ => None,
    }
}

fn wrong_fields(form: &Form) -> Vec<(&'static str, String)> {
    let wrong = |index: usize| Some((form.spec(index)?.label, form.error(index)?.to_owned()));
    form.shown().filter_map(wrong).collect()
}

/// Why a request of the step failed, where its page would show that.
fn fault_of(wizard: &Wizard, step: Step) -> Option<String> {
    let steps = &wizard.steps;
    let fault = match step {
        Step::SignIn => steps.signin.fault.as_ref(),
        Step::Account => steps.account.fault.as_ref().map(|(_, fault)| fault),
        Step::Drives => steps.drives.fault.as_ref(),
        Step::Location => steps.location.fault.as_ref(),
        Step::Options => steps.options.fault.as_ref(),
        _ => None,
    };
    fault.map(ToString::to_string)
}

/// The answers name a location, and the service ships to another one.
fn other_location(shared: &Shared, answers: &AnswersFile) -> Option<MissingAnswer> {
    let wanted = answers.location.as_deref()?;
    let chosen = shared.draft.location.as_ref().filter(|chosen| chosen.ships_to != LocationName::new(wanted))?;
    let reason = format!(
        "the answers name {wanted}, and {} ships to {}: write that one, or leave `location` out",
        shared.draft.service().title(),
        chosen.ships_to
    );
    Some(MissingAnswer { step: Step::Location, field: None, reason })
}

/// The subscription is not registered for the service. `tried` is whether `--register` was given.
fn unregistered(wizard: &Wizard, tried: bool) -> Option<MissingAnswer> {
    let shared = &wizard.shared;
    if !service::needs_registration(shared) {
        return None;
    }
    let title = shared.draft.service().title();
    let reason = match &wizard.steps.review.fault {
        Some(fault) if tried => format!("the subscription is not registered for {title}: {fault}"),
        _ if tried => format!("the subscription is being registered for {title}: run this once more in some minutes"),
        _ => format!("the subscription is not registered for {title}: --register registers it, as the wizard can"),
    };
    Some(MissingAnswer { step: Step::Account, field: None, reason })
}

/// The warnings of Review about this job, and those of the forms.
fn doubts(wizard: &Wizard) -> Vec<String> {
    let steps = &wizard.steps;
    let mut doubts = review::doubts(&wizard.shared);
    doubts.extend(of_form(Step::Address, &steps.address.form, address::warnings(&steps.address.form)));
    doubts.extend(of_form(Step::Options, &steps.options.form, job::warnings(&steps.options.form)));
    doubts
}

fn of_form(step: Step, form: &Form, warnings: Vec<FieldWarning>) -> impl Iterator<Item = String> {
    let sentence = move |warning: FieldWarning| {
        let label = form.spec(warning.field).map_or("", |spec| spec.label);
        format!("{}, {label}: {}", step.name(), warning.text)
    };
    warnings.into_iter().map(sentence)
}
