//! Splits an export that is too large for one job: whole rules where they fit into a job, their parts where not. The step Drives
//! makes drafts of the jobs.

use super::count::{RuleReport, RuleStatus};
use super::folders::gather;
use super::widen::widen;
use super::{DriveLoad, DrivePlan, DriveSize, Overheads, Part, Purchase, pack};
use crate::select::Rule;

/// A job takes at most this many drives (Microsoft page: Import/Export requirements).
pub const DRIVES_PER_JOB: usize = 10;

/// Folders small enough that so many of them fit into a job stay whole.
const FOLDERS_PER_JOB: u64 = 8;

/// One job of a split.
#[derive(Clone, Debug, PartialEq)]
pub struct JobShare {
    /// Its rules, in the order of a list.
    pub rules: Vec<Rule>,
    /// The drives it is planned for: its share of the given ones, else as many as needed.
    pub purchase: Purchase,
    /// The blobs of its rules.
    pub load: DriveLoad,
    /// The packing onto these drives.
    pub plan: DrivePlan,
}

impl JobShare {
    /// How many drives it needs beyond those of one job. Then it is a single part, and the person has to narrow it.
    pub fn over(&self) -> usize {
        self.plan.count().saturating_sub(DRIVES_PER_JOB)
    }
}

/// An export as several jobs.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Split {
    /// The jobs, each of at most ten drives where its parts allow that. Empty when nothing was split.
    pub jobs: Vec<JobShare>,
    /// Rules too large for one job, replaced by their parts. Blobs created later outside of the parts are in no job.
    pub cut: Vec<Rule>,
}

/// Splits counted rules. A rule that needs more drives than a job takes is replaced by its parts, where it has some. A rule inside a
/// wider one goes into the job of that one.
pub fn split(rules: &[RuleReport], purchase: &Purchase, overheads: &Overheads) -> Split {
    let one = Purchase::of(largest(purchase));
    let (mut parts, mut cut) = (Vec::new(), Vec::new());
    for rule in rules.iter().filter(|rule| rule.standing == RuleStatus::Counted) {
        let load = &rule.totals.load;
        if rule.parts.len() > 1 && pack(load, &one, overheads).count() > DRIVES_PER_JOB {
            cut.push(rule.rule.clone());
            let most = overheads.usable(one.more.bytes).saturating_mul(DRIVES_PER_JOB as u64) / FOLDERS_PER_JOB;
            parts.extend(gather(&rule.rule.text(), rule.parts.clone(), most, overheads));
        } else {
            parts.push(Part { rule: rule.rule.clone(), load: load.clone() });
        }
    }
    let mut jobs = jobs(&parts, purchase, overheads);
    for rule in &cut {
        widen_parts(&mut jobs, rule);
    }
    for rule in rules.iter().filter(|rule| rule.standing != RuleStatus::Counted) {
        add_to_wider(&mut jobs, &rule.rule);
    }
    for job in &mut jobs {
        job.rules.sort_unstable();
        job.rules.dedup();
    }
    Split { jobs, cut }
}

/// Replaces the parts of a cut rule by as few prefixes as keep the jobs apart.
fn widen_parts(jobs: &mut [JobShare], cut: &Rule) {
    let above = cut.text();
    let mut parts: Vec<(String, usize)> = Vec::new();
    for (at, job) in jobs.iter_mut().enumerate() {
        let inside = |rule: &mut Rule| rule.text().starts_with(&above);
        parts.extend(job.rules.extract_if(.., inside).map(|rule| (rule.text(), at)));
    }
    parts.sort_unstable();
    let (texts, job_of): (Vec<String>, Vec<usize>) = parts.into_iter().unzip();
    for (rule, job) in widen(&above, &texts, &job_of) {
        jobs[job].rules.push(rule);
    }
}

/// Adds a rule inside another one to the job of the wider rule. A rule wider than the parts of a cut rule is in them already.
fn add_to_wider(jobs: &mut [JobShare], rule: &Rule) {
    let wider = jobs.iter().position(|job| job.rules.iter().any(|own| covers(own, rule)));
    let in_parts = jobs.iter().any(|job| job.rules.iter().any(|own| covers(rule, own)));
    let job = wider.or((!in_parts).then_some(0));
    if let Some(job) = job.and_then(|index| jobs.get_mut(index)) {
        job.rules.push(rule.clone());
    }
}

/// Whether one rule selects all blobs of another, judged by their texts.
fn covers(wide: &Rule, narrow: &Rule) -> bool {
    match wide {
        Rule::Prefix(prefix) => narrow.text().starts_with(prefix.as_str()),
        Rule::Blob { path, snapshots: true } => match narrow {
            Rule::Blob { path: own, .. } | Rule::Snapshot { path: own, .. } => own == path,
            Rule::Prefix(_) => false,
        },
        Rule::Blob { .. } | Rule::Snapshot { .. } => wide == narrow,
    }
}

/// Puts parts into jobs of at most ten drives each: the largest first, each into the first job with room. Parts without bytes go
/// into the first job. A part too large for a job gets one of its own (see [`JobShare::over`]).
pub fn jobs(parts: &[Part], purchase: &Purchase, overheads: &Overheads) -> Vec<JobShare> {
    let one = Purchase::of(largest(purchase));
    let mut order: Vec<(PackingNeed, &Part)> =
        parts.iter().map(|part| (PackingNeed::of(&part.load, &one, overheads), part)).collect();
    order.sort_by(|(a, one), (b, other)| b.bytes.cmp(&a.bytes).then_with(|| one.rule.cmp(&other.rule)));
    let mut open: Vec<JobBin> = Vec::new();
    for (need, part) in order {
        let at = open.iter().position(|job| need.bytes == 0 || job.holds(&need, part, &one, overheads));
        if let Some(job) = at.and_then(|at| open.get_mut(at)) {
            job.need.add(&need);
            job.load.merge(&part.load);
            job.rules.push(part.rule.clone());
        } else {
            open.push(JobBin { need, load: part.load.clone(), rules: vec![part.rule.clone()] });
        }
    }
    let mut left = purchase.given.clone();
    open.into_iter().map(|job| job.close(&one, &mut left, overheads)).collect()
}

/// The largest kind of drive; jobs are counted in it.
fn largest(purchase: &Purchase) -> DriveSize {
    let all = purchase.given.iter().chain([&purchase.more]);
    all.max_by_key(|drive| drive.bytes).unwrap_or(&purchase.more).clone()
}

/// The need of a load: its bytes with overhead, and the largest single blob. Blobs too large for a drive are left out.
#[derive(Clone, Copy)]
struct PackingNeed {
    bytes: u64,
    largest: u64,
}

impl PackingNeed {
    fn of(load: &DriveLoad, one: &Purchase, overheads: &Overheads) -> Self {
        let most = overheads.usable(one.more.bytes);
        let sums = load.classes.iter().filter(|class| class.count > 0);
        let sums = sums
            .map(|class| (overheads.items(class.count, class.clusters, class.ranges), overheads.item(class.largest)));
        let large = load.large.iter().map(|blob| overheads.item(blob.size)).map(|size| (size, size));
        let fitting = sums.chain(large).filter(|(_, largest)| *largest <= most);
        fitting.fold(Self { bytes: 0, largest: 0 }, |need, (bytes, largest)| Self {
            bytes: need.bytes.saturating_add(bytes),
            largest: need.largest.max(largest),
        })
    }

    fn add(&mut self, other: &Self) {
        self.bytes = self.bytes.saturating_add(other.bytes);
        self.largest = self.largest.max(other.largest);
    }
}

/// A job while parts are put into it.
struct JobBin {
    need: PackingNeed,
    load: DriveLoad,
    rules: Vec<Rule>,
}

impl JobBin {
    /// Whether the part fits in as well. It packs only where the sums do not decide.
    fn holds(&self, more: &PackingNeed, part: &Part, one: &Purchase, overheads: &Overheads) -> bool {
        let usable = overheads.usable(one.more.bytes);
        let of_one_job = |bytes: u64| bytes.saturating_mul(DRIVES_PER_JOB as u64);
        let mut both = self.need;
        both.add(more);
        if both.bytes > of_one_job(usable) {
            return false;
        }
        // First fit opens another drive only when all others have less room than the next blob needs.
        if both.bytes <= of_one_job(usable.saturating_sub(both.largest)) {
            return true;
        }
        let mut load = self.load.clone();
        load.merge(&part.load);
        pack(&load, one, overheads).count() <= DRIVES_PER_JOB
    }

    /// The finished job: on given drives while some are left and ten of them do.
    fn close(self, one: &Purchase, left: &mut Vec<DriveSize>, overheads: &Overheads) -> JobShare {
        let plan = pack(&self.load, one, overheads);
        let given: Vec<DriveSize> = left.iter().take(DRIVES_PER_JOB).cloned().collect();
        let from_given = Purchase { given, more: one.more.clone() };
        let packed = Some(pack(&self.load, &from_given, overheads))
            .filter(|packed| !from_given.given.is_empty() && packed.count() <= plan.count().max(DRIVES_PER_JOB));
        let Some(mut plan) = packed else {
            return JobShare { rules: self.rules, purchase: one.clone(), load: self.load, plan };
        };
        let used: Vec<DriveSize> =
            plan.drives.iter().filter(|fill| !fill.extra).map(|fill| fill.drive.clone()).collect();
        for drive in &used {
            if let Some(at) = left.iter().position(|own| own == drive) {
                left.remove(at);
            }
        }
        plan.unused = 0;
        JobShare {
            rules: self.rules,
            purchase: Purchase { given: used, more: one.more.clone() },
            load: self.load,
            plan,
        }
    }
}
