//! Which service answers a request, by the first part of its path.

use super::faults::Faults;
use super::response::{Request, Response};
use super::state::SimState;
use super::{arm, auth, blob, control, data_box, jobs};

/// Whether a path belongs to Azure Resource Manager.
pub(super) fn is_arm(request: &Request) -> bool {
    ["subscriptions", "providers", "tenants"].contains(&first_segment(request).as_str())
}

/// Whether a path belongs to the simulator itself, on which faults and latency have no effect.
pub(super) fn is_control(request: &Request) -> bool {
    request.path.starts_with("/simulator/")
}

fn first_segment(request: &Request) -> String {
    request.segments().first().map(|segment| segment.to_ascii_lowercase()).unwrap_or_default()
}

/// Does the work of a request and answers it.
pub(super) fn respond(state: &mut SimState, faults: &Faults, request: &Request) -> Response {
    let path = request.segments();
    state.answered += 1;
    jobs::settle(state);
    data_box::finish(state);
    if first_segment(request) == "simulator" {
        return control::handle(state, faults, request, &path);
    }
    if is_arm(request) {
        return arm::handle(state, request, &path);
    }
    match auth::handle(state, request, &path) {
        Some(response) => response,
        None => blob::handle(state, request),
    }
}
