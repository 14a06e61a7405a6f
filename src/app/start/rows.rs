//! The rows of the start screen: drafts and jobs in one list, by what comes next and its deadline. A job that belongs to a draft is one
//! row with it.

use std::cmp::Ordering;

use crate::azure::model::JobAddress;
use crate::draft::{DraftEntry, ExportFacts, NextTask, ReadyDraft, TaskGroup};
use crate::form::job::tags::DRAFT_TAG;
use crate::protocol::overview::FoundJob;

/// What a row stands for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Choice<'a> {
    /// A draft, with its job as it was found at the service.
    Draft(&'a DraftEntry, Option<&'a FoundJob>),
    /// A job without a draft: made in the portal, by another program or on another machine.
    Job(&'a FoundJob),
    /// A new export.
    New,
    /// A rehearsal.
    Rehearse,
}

/// The parts of the list, in their order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Section {
    /// A job needs the person.
    NeedsYou,
    /// Answers are being given.
    Answers,
    /// The carrier or the service is at work.
    UnderWay,
    /// Rehearsals, whose deadlines are simulated.
    Rehearsals,
    /// Drafts that cannot be opened.
    SetAside,
    /// New export and rehearsal.
    Begin,
    /// Nothing more has to be done.
    Finished,
    /// The person put them away.
    Archived,
}

/// A row of the list.
#[derive(Clone, Debug, PartialEq)]
pub struct StartRow<'a> {
    /// The part it is in.
    pub section: Section,
    /// What it stands for.
    pub choice: Choice<'a>,
    /// What comes next with it.
    pub next: Option<NextTask>,
}

impl Section {
    /// Its heading.
    pub fn title(self) -> &'static str {
        match self {
            Self::NeedsYou => TaskGroup::NeedsYou.title(),
            Self::Answers => TaskGroup::Answers.title(),
            Self::UnderWay => TaskGroup::UnderWay.title(),
            Self::Rehearsals => "Rehearsals",
            Self::SetAside => "Cannot be opened",
            Self::Begin => "Begin",
            Self::Finished => TaskGroup::Finished.title(),
            Self::Archived => "Archived",
        }
    }
}

impl From<TaskGroup> for Section {
    fn from(group: TaskGroup) -> Self {
        match group {
            TaskGroup::NeedsYou => Self::NeedsYou,
            TaskGroup::Answers => Self::Answers,
            TaskGroup::UnderWay => Self::UnderWay,
            TaskGroup::Finished => Self::Finished,
        }
    }
}

impl StartRow<'_> {
    /// Whether it has all the words of a filter: in its names, its state or what comes next.
    fn has(&self, words: &[String]) -> bool {
        let text = self.text().to_lowercase();
        words.iter().all(|word| text.contains(word))
    }

    fn text(&self) -> String {
        let next = self.next.as_ref().map(|next| next.words(None)).unwrap_or_default();
        let of_job = |found: &FoundJob| {
            let job = &found.job;
            let JobAddress { name, resource_group, service, .. } = &found.address;
            format!("{name} {resource_group} {} {} {}", service.title(), job.status, job.storage_account)
        };
        match self.choice {
            Choice::Draft(entry, found) => {
                let draft = entry.ready();
                let names = |draft: &ReadyDraft| {
                    [draft.job.clone(), draft.account.clone()].into_iter().flatten().collect::<Vec<_>>().join(" ")
                };
                let names = draft.map(names).unwrap_or_default();
                format!("{} {names} {} {next}", entry.id, found.map(of_job).unwrap_or_default())
            }
            Choice::Job(found) => format!("{} {next}", of_job(found)),
            Choice::New | Choice::Rehearse => String::new(),
        }
    }
}

/// The rows of the list. Archived drafts are among them only where they are wanted, and only what fits the filter, where there is one.
pub(super) fn rows<'a>(
    drafts: &'a [DraftEntry],
    jobs: &'a [FoundJob],
    archived: bool,
    filter: Option<&str>,
) -> Vec<StartRow<'a>> {
    let of_drafts = drafts.iter().filter(|entry| archived || !entry.archived).map(|entry| {
        // What was seen in an earlier run may be older than what the draft knows.
        let job = jobs.iter().find(|found| found.seen_before.is_none() && belongs(entry, found));
        of_draft(entry, job)
    });
    let owned = |found: &&FoundJob| drafts.iter().any(|entry| belongs(entry, found));
    let of_jobs = jobs.iter().filter(|found| !owned(found)).map(of_job);
    let begin = [Choice::New, Choice::Rehearse].map(|choice| StartRow { section: Section::Begin, choice, next: None });
    let mut rows: Vec<StartRow<'a>> = of_drafts.chain(of_jobs).chain(begin).collect();
    // Rows that are alike in this stay in their order: the last changed draft first.
    rows.sort_by(|one, other| one.section.cmp(&other.section).then_with(|| by_deadline(one, other)));
    if let Some(filter) = filter {
        let words: Vec<String> = filter.split_whitespace().map(str::to_lowercase).collect();
        rows.retain(|row| row.has(&words));
    }
    rows
}

/// Whether the job is the one that the draft made, or may have made: its create request got no answer, and the job has its tag.
pub(super) fn belongs(entry: &DraftEntry, found: &FoundJob) -> bool {
    let Some(draft) = entry.ready().filter(|draft| !draft.rehearsal) else { return false };
    let at_address = draft.address.as_ref().is_some_and(|address| address.is_same(&found.address));
    // Before the job is known its name may still be another one; the tag names the draft. A tag alone may be copied to another job.
    let tagged = draft.facts.create_open && found.job.tag(DRAFT_TAG) == Some(entry.id.as_str());
    (at_address && (draft.facts.status.is_some() || draft.facts.create_open)) || tagged
}

fn by_deadline(one: &StartRow<'_>, other: &StartRow<'_>) -> Ordering {
    match (&one.next, &other.next) {
        (Some(one), Some(other)) => one.order(other),
        _ => Ordering::Equal,
    }
}

fn of_draft<'a>(entry: &'a DraftEntry, job: Option<&'a FoundJob>) -> StartRow<'a> {
    let choice = Choice::Draft(entry, job);
    let Some(draft) = entry.ready() else { return StartRow { section: Section::SetAside, choice, next: None } };
    let facts = draft.facts.clone();
    let next = NextTask::of(&job.map_or(facts.clone(), |found| facts.with_job(&found.job)));
    let section = match next.group() {
        _ if entry.archived => Section::Archived,
        TaskGroup::Finished => Section::Finished,
        _ if draft.rehearsal => Section::Rehearsals,
        group => group.into(),
    };
    StartRow { section, choice, next: Some(next) }
}

fn of_job(found: &FoundJob) -> StartRow<'_> {
    let next = NextTask::of(&ExportFacts::of_job(&found.job));
    StartRow { section: next.group().into(), choice: Choice::Job(found), next: Some(next) }
}
