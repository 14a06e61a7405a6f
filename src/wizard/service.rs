//! Which service takes the job. The question is sent once an account is chosen, and again once the country of the return address is
//! known.
//!
//! The program proposes a service once and writes it into the draft. From then on only the person changes it.

use crate::azure::model::{LocationQuery, Offer, Provider, ServiceName, ServiceOffer};
use crate::form::country;
use crate::protocol::action::Action;
use crate::protocol::message::{Call, Effect, Slot};
use crate::select::{Compiled, Rule, compile, compile_for_data_box};
use crate::wizard::inquiry::Inquiry;
use crate::wizard::shared::Shared;

/// Why the list of a service cannot say a rule, and what it says instead; `None` where it can.
pub fn cannot_say(rule: &Rule, service: ServiceName) -> Option<&'static str> {
    match rule {
        _ if service.selects_snapshots() => None,
        Rule::Prefix(_) | Rule::Blob { snapshots: true, .. } => None,
        Rule::Blob { .. } => Some(
            "Azure Data Box cannot be told to leave snapshots out: it gets the blob, and what comes of its snapshots is documented nowhere.",
        ),
        Rule::Snapshot { .. } => Some("Azure Data Box cannot be told a single snapshot: it gets the whole blob."),
    }
}

/// What a rule takes with a service, in words, e.g. `films/a.mov + snapshots`.
pub fn rule_words(rule: &Rule, service: ServiceName) -> String {
    match rule {
        Rule::Blob { path, .. } | Rule::Snapshot { path, .. } if !service.selects_snapshots() => path.clone(),
        rule => rule.to_string(),
    }
}

/// What Microsoft's own page says of the classic service.
const RETIRED: &str =
    "Microsoft's page says the API of the classic service was retired on 28 February 2023, so it may refuse the job.";

/// The question to the services: the account, its region and the country of the return address. `None` while no account is chosen.
pub fn query(shared: &Shared) -> Option<LocationQuery> {
    let typed = &shared.draft.address.address.country;
    let code = country::exact(typed).map_or("", |country| country.alpha2);
    shared.draft.account.as_ref().map(|chosen| chosen.location_query(code))
}

/// Asks which service takes the job, unless that is known for this account and country.
pub fn ask(shared: &mut Shared) -> Vec<Effect> {
    let Some(query) = query(shared) else { return Vec::new() };
    if shared.draft.service.is_none() && may_switch(shared) {
        shared.draft.service = shared.wanted_service;
    }
    let sent = shared.catalogue.services.as_ref().filter(|inquiry| inquiry.question == query);
    let known_or_coming =
        sent.is_some_and(|inquiry| inquiry.answer.is_some() || shared.requests.is_busy(Slot::Services));
    if shared.session.is_none() || shared.is_ordered() || known_or_coming {
        return Vec::new();
    }
    shared.catalogue.services = Some(Inquiry::new(query.clone()));
    vec![shared.start(Slot::Services, Call::Services(query))]
}

/// Takes in the answers of the services. A draft without a service gets one.
pub fn learn(shared: &mut Shared, offers: Vec<ServiceOffer>) {
    let proposed = proposal(&offers);
    let Some(inquiry) = &mut shared.catalogue.services else { return };
    inquiry.answer = Some(offers);
    if shared.draft.service.is_none() && may_switch(shared) {
        shared.draft.service = proposed;
        say_sentence(shared);
    }
}

fn say_sentence(shared: &mut Shared) {
    if let Some(sentence) = sentence(shared) {
        shared.say(sentence);
    }
}

/// The first service that takes the job or may take it; `None` when each says no.
fn proposal(offers: &[ServiceOffer]) -> Option<ServiceName> {
    let may = |offer: &&ServiceOffer| !matches!(offer.offer, Offer::NotOffered(_));
    offers.iter().find(may).map(|offer| offer.service)
}

/// The answer of a service for this account and country; `None` until it comes.
pub fn offer(shared: &Shared, service: ServiceName) -> Option<&ServiceOffer> {
    let offers = shared.catalogue.services.as_ref()?.answer_to(&query(shared)?)?;
    offers.iter().find(|offer| offer.service == service)
}

/// Whether the draft's service takes the job only once the subscription is registered for it.
pub fn needs_registration(shared: &Shared) -> bool {
    let asked = shared.draft.service.and_then(|service| offer(shared, service));
    !shared.is_ordered() && asked.is_some_and(|offer| offer.offer == Offer::NotRegistered)
}

/// Whether nothing is known of the services although they can be asked: the last question failed.
pub fn is_unasked(shared: &Shared) -> bool {
    let Some(question) = query(shared) else { return false };
    let asked = shared.catalogue.services.as_ref().is_some_and(|inquiry| inquiry.question == question);
    shared.session.is_some() && !shared.is_ordered() && !asked
}

/// Registers the subscription for the draft's service.
pub fn register(shared: &mut Shared) -> Vec<Effect> {
    let subscription = shared.draft.account.as_ref().map(|chosen| chosen.subscription.id.clone());
    let Some(id) = subscription.filter(|_| shared.session.is_some() && needs_registration(shared)) else {
        return Vec::new();
    };
    if shared.requests.is_busy(Slot::Provider) {
        return Vec::new();
    }
    let service = shared.draft.service();
    shared.say(format!("Registering the subscription for {}; it takes a minute or two.", service.title()));
    vec![shared.start(Slot::Provider, Call::Register(service, id))]
}

/// Takes in how the registration stands, and asks the services again once it is there.
pub fn registered(shared: &mut Shared, provider: &Provider) -> Vec<Effect> {
    let title = shared.draft.service().title();
    if !provider.is_registered() {
        let register = shared.key(&Action::Register);
        shared
            .warn(format!("The subscription is {} for {title} still; {register} looks again.", provider.registration));
        return Vec::new();
    }
    shared.say(format!("The subscription is registered for {title}."));
    shared.catalogue.services = None;
    shared.catalogue.locations = None;
    ask(shared)
}

/// Why the draft's service does not take the job.
pub fn obstacle(shared: &Shared) -> Option<String> {
    match &offer(shared, shared.draft.service?)?.offer {
        Offer::NotOffered(why) => Some(format!("{} does not take this job: {why}", shared.draft.service().title())),
        _ => None,
    }
}

/// Which service takes the job and why, in one or two sentences; `None` while no service is chosen.
pub fn sentence(shared: &Shared) -> Option<String> {
    let service = shared.draft.service?;
    let title = service.title();
    let mut words = match offer(shared, service).map(|offer| &offer.offer) {
        _ if shared.draft.has_job() => format!("{title} has the job."),
        None => format!("{title} takes the job."),
        Some(Offer::Offered) if service == ServiceName::DataBox => {
            format!("{title} takes the job: it is offered for this region and country.")
        }
        Some(Offer::Offered) => format!("{title} takes the job: the subscription is registered for it."),
        Some(Offer::NotRegistered) => {
            let register = shared.key(&Action::Register);
            format!("{title} takes the job once the subscription is registered for it: {register} registers it.")
        }
        Some(Offer::Unknown(why)) => format!("{title} may take the job: {why}."),
        Some(Offer::NotOffered(why)) => format!("{title} does not take this job: {why}."),
    };
    if service == ServiceName::ImportExport && !shared.draft.has_job() {
        words.push(' ');
        if let Some(Offer::NotOffered(why)) = offer(shared, ServiceName::DataBox).map(|offer| &offer.offer) {
            words = format!("{words}{} does not: {why}. ", ServiceName::DataBox.title());
        }
        words.push_str(RETIRED);
    }
    Some(words)
}

/// The selection in the form the draft's service takes.
///
/// # Errors
/// One sentence, when nothing is selected or a name cannot be written.
pub fn compiled(shared: &Shared) -> Result<Compiled, String> {
    let rules = &shared.draft.selection.rules;
    let compiled = match shared.draft.service() {
        ServiceName::DataBox => compile_for_data_box(rules, shared.inline_slash),
        ServiceName::ImportExport => compile(rules),
    };
    compiled.map_err(|why| why.to_string())
}

/// Where the service puts its logs: the path that was chosen, or the container of a service that has one of its own.
pub fn log_container(shared: &Shared) -> &str {
    shared.draft.service().log_container().unwrap_or_else(|| shared.draft.options.diagnostics_path.trim())
}

/// The container that a list file goes into: that of the logs, or one of its own where the service has its own for logs.
pub fn list_container(shared: &Shared) -> String {
    match shared.draft.service() {
        ServiceName::DataBox => "blobfreight".to_owned(),
        ServiceName::ImportExport => {
            shared.draft.options.diagnostics_path.trim().split('/').next().unwrap_or_default().to_owned()
        }
    }
}

/// What people learn too late about a job of the draft's service, one sentence each.
pub fn late_lessons(shared: &Shared) -> &'static [&'static str] {
    match shared.draft.service() {
        ServiceName::DataBox => &DATA_BOX_LESSONS,
        ServiceName::ImportExport => &[RETIRED],
    }
}

const DATA_BOX_LESSONS: [&str; 6] = [
    "Azure puts the lock DATABOX_SERVICE on the storage account and leaves it there: the account cannot be deleted before somebody removes it.",
    "Ship within two weeks after the job waits for the drives, or the service drops the job.",
    "Once the parcel is announced the job cannot be cancelled, and the tracking number cannot be corrected.",
    "The selection and the log level are fixed once the job is created.",
    "Cancelling removes contact name, phone and e-mail addresses from the job.",
    "The keys are deleted 90 days after the job has ended. Whoever has the role Data Box Reader can read them.",
];

/// Whether the person may take the other service.
pub fn may_switch(shared: &Shared) -> bool {
    shared.draft.account.is_some() && !shared.is_ordered() && !shared.is_read_only()
}

/// The service that does not have the draft.
pub fn other(shared: &Shared) -> ServiceName {
    match shared.draft.service() {
        ServiceName::DataBox => ServiceName::ImportExport,
        ServiceName::ImportExport => ServiceName::DataBox,
    }
}

/// The person takes the other service. What rests on the old one is settled again.
pub fn switch(shared: &mut Shared) {
    if !may_switch(shared) {
        return;
    }
    shared.draft.service = Some(other(shared));
    say_sentence(shared);
}
