//! Listing jobs by subscription or by group, with `$top`, `$filter` and continuation; drive lists are left out as documented.

use serde_json::Value;

use super::super::arm::request::paged;
use super::super::jobs::job::{JobProvider, StoredJob};
use super::super::jobs::life;
use super::super::response::{Request, Response};
use super::super::state::SimState;
use super::render;
use super::states::state_name;

/// The largest `$top`, and the page size without one.
const MOST: usize = 100;

/// Answers GET `.../jobs`.
pub(super) fn handle(
    state: &SimState,
    request: &Request,
    version: &str,
    subscription: &str,
    group: Option<&str>,
) -> Response {
    let top = match request.query("$top").map(str::parse::<usize>) {
        None => MOST,
        Some(Ok(top)) if (1..=MOST).contains(&top) => top,
        Some(_) => {
            return Response::arm_error(
                400,
                "InvalidQueryParameter",
                "The value of $top must be a number from 1 to 100.",
            );
        }
    };
    let conditions = match request.query("$filter").map(|f| conditions(&f.replace('+', " "))) {
        None => Vec::new(),
        Some(Ok(conditions)) => conditions,
        Some(Err(text)) => return Response::arm_error(400, "InvalidFilter", &text),
    };
    let jobs: Vec<Value> = state
        .jobs_in(JobProvider::ImportExport, subscription, group)
        .filter(|job| conditions.iter().all(|(field, wanted)| matches(state, job, field, wanted)))
        .map(|job| render::job(state, job, version, render::JobOperation::Listed))
        .collect();
    paged(state, request, &jobs, top)
}

/// Reads `type eq 'Export' and state eq 'Shipping'`, the grammar the first API description spelled out.
fn conditions(filter: &str) -> Result<Vec<(String, String)>, String> {
    let one = |part: &str| {
        let (field, value) = part.trim().split_once(" eq ")?;
        let value = value.trim().strip_prefix('\'')?.strip_suffix('\'')?;
        let field = field.trim().to_ascii_lowercase();
        ["type", "jobtype", "state", "trackingnumber"].contains(&field.as_str()).then(|| (field, value.to_owned()))
    };
    filter
        .split(" and ")
        .map(|part| {
            one(part).ok_or_else(|| {
                format!("The filter '{filter}' is invalid. Filter by type, state or trackingnumber, joined by 'and'.")
            })
        })
        .collect()
}

fn matches(state: &SimState, job: &StoredJob, field: &str, wanted: &str) -> bool {
    let tracking =
        |package: &str| job.properties.get(package).and_then(|p| p["trackingNumber"].as_str()).unwrap_or("").to_owned();
    match field {
        "state" => state_name(life::phase(job, state.now())).eq_ignore_ascii_case(wanted),
        "trackingnumber" => tracking("deliveryPackage") == wanted,
        _ => job.text("jobType").eq_ignore_ascii_case(wanted),
    }
}
