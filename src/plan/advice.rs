//! What to tell a person besides the count: a spare drive, other sizes side by side, and a split into several jobs.

use super::{Drive, DrivePlan, Load, Overheads, Purchase, pack};

/// A job takes at most this many drives (Microsoft page: Import/Export requirements).
pub const DRIVES_PER_JOB: usize = 10;

/// A last drive fuller than this many percent leaves no room for what is added before the copy starts.
const NEARLY_FULL: u64 = 90;

/// Why one spare drive is worth shipping, as one sentence; `None` when there is room.
pub fn spare(plan: &DrivePlan) -> Option<String> {
    let last = plan.drives.last()?;
    let percent = last.percent();
    (percent > NEARLY_FULL).then(|| {
        format!(
            "The last drive would be {percent} % full and blobs may be added before the copy: ship one spare {} drive.",
            last.drive
        )
    })
}

/// The same blobs on drives of one other size.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alternative {
    /// The size.
    pub drive: Drive,
    /// How many of them.
    pub drives: usize,
    /// How many jobs of ten drives that makes.
    pub jobs: usize,
    /// Blobs that are too large for this size.
    pub too_large: u64,
}

/// How many drives of 4, 8 and 16 TB it would take, side by side.
pub fn alternatives(load: &Load, overheads: &Overheads) -> Vec<Alternative> {
    let sizes = [("4TB", 4), ("8TB", 8), ("16TB", 16)];
    let look = |(label, terabytes): (&str, u64)| {
        let drive = Drive { bytes: terabytes * 1_000_000_000_000, label: label.to_owned() };
        let plan = pack(load, &Purchase::of(drive.clone()), overheads);
        let too_large = plan.too_large_count();
        Alternative { drive, drives: plan.count(), jobs: plan.count().div_ceil(DRIVES_PER_JOB), too_large }
    };
    sizes.map(look).to_vec()
}

/// One job of a split.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JobShare {
    /// Which of the rules it takes, by their place in the list.
    pub rules: Vec<usize>,
    /// Its own drives.
    pub plan: DrivePlan,
}

impl JobShare {
    /// A single rule that fills more drives than a job takes: it has to be split into narrower prefixes first.
    pub fn too_big(&self) -> bool {
        self.plan.count() > DRIVES_PER_JOB
    }
}

/// Splits `rules` into jobs of at most ten drives each, whole rules only, largest first into the first job with room.
pub fn jobs(rules: &[Load], purchase: &Purchase, overheads: &Overheads) -> Vec<JobShare> {
    let one = Purchase::of(purchase.more.clone());
    let room = overheads.usable(one.more.bytes).saturating_mul(DRIVES_PER_JOB as u64);
    let mut order: Vec<(u64, usize)> = rules.iter().map(|load| load.needed(overheads)).zip(0..).collect();
    order.sort_unstable_by(|a, b| b.cmp(a));
    let mut shares: Vec<(Load, u64, JobShare)> = Vec::new();
    for (needed, rule) in order.into_iter().filter(|(needed, _)| *needed > 0) {
        let joined =
            shares.iter_mut().filter(|(_, filled, _)| filled.saturating_add(needed) <= room).find_map(|share| {
                let mut load = share.0.clone();
                load.merge(&rules[rule]);
                let plan = pack(&load, &one, overheads);
                (plan.count() <= DRIVES_PER_JOB).then_some((share, load, plan))
            });
        if let Some(((held, filled, job), load, plan)) = joined {
            *held = load;
            *filled = filled.saturating_add(needed);
            job.rules.push(rule);
            job.plan = plan;
        } else {
            let plan = pack(&rules[rule], &one, overheads);
            shares.push((rules[rule].clone(), needed, JobShare { rules: vec![rule], plan }));
        }
    }
    let mut jobs: Vec<JobShare> = shares.into_iter().map(|(_, _, job)| job).collect();
    for job in &mut jobs {
        job.rules.sort_unstable();
    }
    jobs
}
