//! `blobfreight new` from its arguments to its exit status.

use std::path::Path;
use std::sync::Arc;

use super::answers::AnswersFile;
use super::args::{NewArgs, NewPurpose};
use super::outcome::NewOutcome;
use super::{fill, from_job, look_up, parse, print_outcome};
use crate::app::Settings;
use crate::azure::fault::Fault;
use crate::azure::jobs::automation;
use crate::azure::model::{AutomationForm, Identity, LocationName};
use crate::cli::common_args::SessionArgs;
use crate::cli::effective_config::EffectiveConfig;
use crate::cli::failure::CommandFailure;
use crate::cli::notifier::Notifier;
use crate::cli::output::OutputFormat;
use crate::cli::person;
use crate::cli::print;
use crate::cli::select;
use crate::draft::{ChosenAccount, Draft, DraftId, Journal, SignedIn};
use crate::driver::backend::Backend as _;
use crate::driver::live::{CLOCK_RATE, LiveBackend, Rehearsal};
use crate::driver::unattended::Unattended;
use crate::protocol::message::{Call, Reply};
use crate::protocol::palette::Palette;
use crate::wizard::service::needs_registration;
use crate::wizard::steps::review::CreateRequest;

/// Exit status when an answer is missing or doubtful, so that no job was created.
const INCOMPLETE: u8 = 3;
/// Exit status when the job was not created, or when that is not known.
const FAILED: u8 = 1;

/// Checks the answers, and creates the job with `--create`. Returns the exit status.
///
/// # Errors
/// The file is wrong, signing in fails, the draft cannot be written, or there is no such job.
pub(crate) async fn run(setting: &EffectiveConfig, args: NewArgs) -> Result<u8, CommandFailure> {
    if args.schema {
        print::json(&schemars::schema_for!(AnswersFile).to_value());
        return Ok(0);
    }
    if let Some(name) = args.from_job {
        from_job::run(setting, &args.session, name, args.resource_group).await?;
        return Ok(0);
    }
    let Some(file) = &args.answers else { return Ok(0) };
    let answers = parse::read(file)?;
    let mut ask = args.session;
    ask.subscription = ask.subscription.or_else(|| answers.subscription.clone());
    let live = LiveBackend::new(setting.places.data.clone(), rate(setting));
    let backend = Arc::new(live.with_person(person::options(&setting.config)).without_commands());
    let (chosen, identity) = look_up::look_up(&backend, setting, &ask, &answers.account).await?;
    let draft = make_draft(&backend, setting, &ask, &answers, chosen, identity).await?;
    let purpose = args.purpose;
    let notifier = Notifier::begin(setting.config.notifications);
    let outcome = match carry_out(&purpose, setting, &backend, draft.clone(), &answers).await {
        Ok(outcome) => outcome,
        Err(failure) => {
            tidy_up(&backend, draft, purpose.keep).await;
            return Err(failure);
        }
    };
    if outcome.fault.is_some() {
        notifier.tell("the job was not created, or that is not known");
    } else if let Some(job) = &outcome.job {
        notifier.tell(&format!("job {} was created", job.name));
    }
    let kept = keep_draft(&backend, draft, purpose.keep || outcome.job.is_some() || outcome.unsettled).await?;
    if let (Some(form), Some(request)) = (purpose.print, &outcome.request) {
        print_request(form, &outcome.arm, request, purpose.list_out.as_deref())?;
        return Ok(0);
    }
    match ask.output.format() {
        OutputFormat::Json => print::json(&print_outcome::json(&outcome, kept.as_ref())),
        OutputFormat::Tsv => print::tsv(print_outcome::rows(&outcome)),
        OutputFormat::Table => print::out(&print_outcome::text(&outcome, kept.as_ref())),
    }
    Ok(status(&outcome))
}

/// Prints the create request, and writes the list file it needs. Nothing is sent.
fn print_request(
    form: AutomationForm,
    arm: &str,
    request: &CreateRequest,
    list_out: Option<&Path>,
) -> Result<(), CommandFailure> {
    match (&request.list, list_out) {
        (Some(list), Some(path)) => select::save(path, &list.xml, false)?,
        (Some(list), None) => print::note(&format!(
            "The job needs the blob list {}/{} in its account. --list-out FILE writes that list to a file.",
            list.container, list.name
        )),
        (None, Some(_)) => print::note("The job needs no blob list, so no file was written."),
        (None, None) => {}
    }
    print::out(&automation::text(form, arm, &request.job, &request.new));
    Ok(())
}

fn status(outcome: &NewOutcome) -> u8 {
    match outcome {
        NewOutcome { job: Some(_), .. } => 0,
        NewOutcome { fault: Some(_), .. } => FAILED,
        NewOutcome { missing, doubts, .. } if missing.is_empty() && doubts.is_empty() => 0,
        _ => INCOMPLETE,
    }
}

fn rate(setting: &EffectiveConfig) -> f64 {
    setting.config.clock_rate.unwrap_or(CLOCK_RATE)
}

/// The settings of the session. The clouds of the configuration stand beside that of a rehearsal, as in the wizard.
fn settings(setting: &EffectiveConfig) -> Result<Settings, CommandFailure> {
    Ok(Settings {
        clouds: if setting.is_rehearsal() { setting.config.clouds.clone() } else { setting.clouds()? },
        ascii: true,
        palette: Palette::OWN,
        motion: false,
        overheads: setting.config.plan,
        service: setting.config.service,
        inline_slash: setting.config.inline_slash,
        has_browser: false,
        remember: setting.config.remember_sign_in,
        notifications: setting.config.notifications,
        keys: crate::protocol::keymap::KeyChoices::default(),
    })
}

/// A new draft with the answers, on disk and closed.
async fn make_draft(
    backend: &LiveBackend,
    setting: &EffectiveConfig,
    ask: &SessionArgs,
    answers: &AnswersFile,
    chosen: ChosenAccount,
    identity: Identity,
) -> Result<DraftId, CommandFailure> {
    let rehearsal = setting.is_rehearsal();
    let Reply::Opened { draft, .. } = backend.call(Call::NewDraft { rehearsal }, Arc::new(|_| {})).await? else {
        return Err(Fault::local("make a draft", "the program got the answer of another call").into());
    };
    let mut draft: Draft = *draft;
    let chosen_cloud = if rehearsal { None } else { setting.clouds()?.into_iter().next() };
    let cloud = chosen_cloud.map_or_else(|| Rehearsal::NAME.to_owned(), |cloud| cloud.name);
    draft.sign_in = Some(SignedIn { cloud, tenant: ask.tenant.clone(), identity });
    let filled = fill::fill(&mut draft, answers, chosen);
    let saved = filled.and_then(|()| backend.save(&draft).map_err(CommandFailure::from));
    backend.close_draft();
    saved.map(|()| draft.id)
}

/// Goes through the steps, and creates the job where that is wanted and nothing is against it.
async fn carry_out(
    purpose: &NewPurpose,
    setting: &EffectiveConfig,
    backend: &Arc<LiveBackend>,
    draft: DraftId,
    answers: &AnswersFile,
) -> Result<NewOutcome, CommandFailure> {
    let mut session = Unattended::new(settings(setting)?, Arc::clone(backend), person::print_prompt)?;
    let location = answers.location.as_deref().map(LocationName::new);
    let mut refusals = session.go_through(draft, location.clone()).await?;
    if let Some(fault) = session.unopened() {
        session.leave().await;
        return Err(fault.into());
    }
    let unregistered = session.model().wizard.as_ref().is_some_and(|wizard| needs_registration(&wizard.shared));
    if purpose.register && unregistered {
        refusals = session.register(location).await?;
    }
    let mut outcome = NewOutcome::of(session.model(), answers, refusals, purpose.register);
    let wanted = purpose.create && outcome.missing.is_empty() && (purpose.accept_doubts || outcome.doubts.is_empty());
    if wanted && !session.is_over() {
        session.create().await?;
        outcome.take_creation(session.model());
    }
    let ending = session.leave().await;
    outcome.unsettled |= ending.unanswered;
    if ending.status != 0 {
        outcome.fault.get_or_insert_with(|| "A signal ended the program before it was done.".to_owned());
    }
    Ok(outcome)
}

/// After a failure: moves the draft to the trash, unless something of it was sent or it is to be kept.
async fn tidy_up(backend: &LiveBackend, draft: DraftId, keep: bool) {
    let read = backend.call(Call::ReadDraft(draft.clone()), Arc::new(|_| {})).await;
    let unsent = matches!(&read, Ok(Reply::Opened { draft, .. }) if draft.journal == Journal::default());
    match keep_draft(backend, draft, keep || !unsent).await {
        Ok(Some(kept)) => {
            print::note(&format!("The draft is kept; go on in the wizard with: blobfreight resume {kept}"));
        }
        Ok(None) => {}
        Err(failure) => failure.note(),
    }
}

/// Keeps the draft, or moves it to the trash. Returns its name where it was kept.
async fn keep_draft(backend: &LiveBackend, draft: DraftId, keep: bool) -> Result<Option<DraftId>, CommandFailure> {
    if keep {
        return Ok(Some(draft));
    }
    backend.close_draft();
    backend.call(Call::DiscardDraft(draft), Arc::new(|_| {})).await?;
    Ok(None)
}
