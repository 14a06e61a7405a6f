//! What a rule exports, by its documented meaning: the model that the program's own counting and listing are compared with.

use blobfreight::select::Rule;

/// Whether a rule exports the blob at `path` (`container/name`), or with `snapshot` its snapshot of that time.
pub(crate) fn takes(rule: &Rule, path: &str, snapshot: Option<&str>) -> bool {
    match (rule, snapshot) {
        (Rule::Prefix(prefix), _) => prefix.strip_prefix('/').is_some_and(|rest| path.starts_with(rest)),
        (Rule::Blob { path: own, .. }, None) => own == path,
        (Rule::Blob { path: own, snapshots }, Some(_)) => *snapshots && own == path,
        (Rule::Snapshot { .. }, None) => false,
        (Rule::Snapshot { path: own, time: own_time }, Some(time)) => own == path && own_time == time,
    }
}
