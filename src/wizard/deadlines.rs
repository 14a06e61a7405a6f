//! The time of the service, and the deadline of the open draft's job by what the draft knows and what was read in this session.

use jiff::Timestamp;

use crate::draft::{ExportFacts, JobDeadline};
use crate::wizard::shared::Shared;

impl Shared {
    /// The time of the service: that of the simulated Azure in a rehearsal, else this machine's.
    pub fn service_time(&self) -> Timestamp {
        self.clock.map_or(self.now, |clock| clock.at(self.now))
    }

    /// What is known of the export: by the draft, and by the job as it was read in this session.
    pub fn facts(&self) -> ExportFacts {
        let facts = ExportFacts::of_draft(&self.draft);
        match &self.catalogue.job {
            Some(job) if !facts.gone => facts.with_job(job),
            _ => facts,
        }
    }

    /// The deadline of the job.
    pub fn job_deadline(&self) -> Option<JobDeadline> {
        self.draft.job.as_ref().and_then(|_| JobDeadline::of(&self.facts()))
    }

    /// The time that deadlines are compared with; `None` before the first reading of a rehearsal's clock.
    pub fn deadline_clock(&self) -> Option<Timestamp> {
        (!self.draft.rehearsal || self.clock.is_some()).then(|| self.service_time())
    }
}
