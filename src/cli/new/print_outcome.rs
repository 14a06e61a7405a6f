//! The outcome of `blobfreight new` as text and as JSON.

use std::fmt::Write as _;

use serde_json::{Value, json};

use super::outcome::{MissingAnswer, NewOutcome};
use crate::azure::model::ServiceName;
use crate::draft::DraftId;
use crate::ui::text::clean;
use crate::wizard::steps::review::EstimateLine;

/// The outcome as text. `draft` is the draft that was kept.
pub(super) fn text(outcome: &NewOutcome, draft: Option<&DraftId>) -> String {
    let mut text = String::new();
    let service = outcome.service.map(|service| ("Service", service.title().to_owned()));
    let answers = outcome.answers.iter().map(|(step, answer)| (step.name(), answer.clone())).chain(service);
    for (name, answer) in answers.filter(|(_, answer)| !answer.is_empty()) {
        let _ = writeln!(text, "{name:16}{}", clean(&answer));
    }
    section(&mut text, "Missing or wrong", outcome.missing.iter().map(sentence));
    section(&mut text, "Doubtful", outcome.doubts.iter().cloned());
    section(&mut text, "True for every job of this service", outcome.facts.iter().cloned());
    section(&mut text, "How long it takes", outcome.estimate.time.iter().map(estimated));
    section(&mut text, "What is charged", outcome.estimate.charges.iter().map(estimated));
    let _ = writeln!(text, "\n{}", clean(&conclusion(outcome)));
    if let Some(draft) = draft {
        let _ = writeln!(text, "Go on in the wizard with: blobfreight resume {draft}");
    }
    text
}

/// e.g. `Return address, Phone: write the country code, e.g. +32 9 555 01 99`.
fn sentence(missing: &MissingAnswer) -> String {
    let field = missing.field.map(|field| format!(", {field}")).unwrap_or_default();
    format!("{}{field}: {}", missing.step.name(), missing.reason)
}

/// e.g. `Drives: A handling fee, by drive: 3 drives. (azure.microsoft.com/…)`.
fn estimated(line: &EstimateLine) -> String {
    let page = line.page.map(|page| format!(" ({page})")).unwrap_or_default();
    format!("{}: {}{page}", line.name, line.words)
}

fn section(text: &mut String, title: &str, lines: impl Iterator<Item = String>) {
    for (at, line) in lines.enumerate() {
        if at == 0 {
            let _ = writeln!(text, "\n{title}:");
        }
        let _ = writeln!(text, "- {}", clean(&line));
    }
}

/// The last sentence.
fn conclusion(outcome: &NewOutcome) -> String {
    if let Some(job) = &outcome.job {
        return format!("The job {} exists; it was read back from the service ({}).", job.name, job.status);
    }
    if let Some(fault) = &outcome.fault {
        let known = if outcome.unsettled { "It is not known whether the job exists" } else { "No job was created" };
        return format!("{known}. {fault}");
    }
    match (outcome.missing.is_empty(), outcome.doubts.is_empty()) {
        (false, _) => "No job was created. Complete the answers first.",
        (true, false) => {
            "No job was created. Read what is doubtful; --create --accept-doubts creates the job in spite of it."
        }
        (true, true) => "Nothing is missing and nothing is doubtful. --create creates the job.",
    }
    .to_owned()
}

/// The outcome as rows: `answer`, `missing` or `doubtful`; the step; the field; the text. The last is `outcome` with the conclusion.
pub(super) fn rows(outcome: &NewOutcome) -> Vec<[String; 4]> {
    let row = |kind: &str, step: &str, field: &str, text: &str| [kind, step, field, text].map(str::to_owned);
    let answers = outcome.answers.iter().map(|(step, answer)| row("answer", step.name(), "", answer));
    let missing = outcome.missing.iter();
    let missing = missing.map(|one| row("missing", one.step.name(), one.field.unwrap_or_default(), &one.reason));
    let doubts = outcome.doubts.iter().map(|doubt| row("doubtful", "", "", doubt));
    let conclusion = row("outcome", "", "", &conclusion(outcome));
    answers.chain(missing).chain(doubts).chain([conclusion]).collect()
}

/// The outcome as JSON. Stable: members are added, never renamed or removed.
pub(super) fn json(outcome: &NewOutcome, draft: Option<&DraftId>) -> Value {
    let missing =
        |missing: &MissingAnswer| json!({ "step": missing.step, "field": missing.field, "reason": missing.reason });
    let answers = outcome.answers.iter().map(|(step, answer)| json!({ "step": step, "answer": answer }));
    let job = outcome.job.as_ref().map(
        |job| json!({ "name": job.name, "id": job.id, "service": job.service.word(), "state": job.status.to_string() }),
    );
    let estimated = |line: &EstimateLine| json!({ "name": line.name, "text": line.words, "page": line.page });
    json!({
        "service": outcome.service.map(ServiceName::word),
        "answers": answers.collect::<Vec<_>>(),
        "missing": outcome.missing.iter().map(missing).collect::<Vec<_>>(),
        "doubtful": outcome.doubts,
        "facts": outcome.facts,
        "time": outcome.estimate.time.iter().map(estimated).collect::<Vec<_>>(),
        "charges": outcome.estimate.charges.iter().map(estimated).collect::<Vec<_>>(),
        "job": job,
        "error": outcome.fault,
        "job_may_exist": outcome.job.is_some() || outcome.unsettled,
        "draft": draft.map(DraftId::as_str),
    })
}
