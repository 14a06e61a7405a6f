//! The requests that control the simulator: moving the clock forward, scripting faults and setting switches.

use jiff::SignedDuration;
use serde_json::{Value, json};

use super::drives;
use super::faults::{FaultRule, Faults};
use super::response::{Request, Response};
use super::state::SimState;

/// Answers `/simulator/...`.
pub(super) fn handle(state: &mut SimState, faults: &Faults, request: &Request, path: &[String]) -> Response {
    match (request.method.as_str(), path.get(1).map(String::as_str)) {
        ("POST", Some("clock")) => clock(state, &request.body),
        ("GET", Some("clock")) => Response::json(200, &json!({ "now": state.now().to_string() })),
        ("POST", Some("faults")) => script(faults, &request.body),
        ("DELETE", Some("faults")) => {
            faults.clear();
            Response::empty(204)
        }
        ("POST", Some("switches")) => switch(state, &request.body),
        ("GET", Some("switches")) => Response::json(200, &json!(state.switches)),
        ("GET" | "POST", Some("drives")) => drives::handle(state, request),
        _ => Response::arm_error(
            404,
            "NotFound",
            "The simulator answers POST /simulator/clock, GET or POST /simulator/drives, POST or DELETE /simulator/faults, GET or POST /simulator/switches.",
        ),
    }
}

fn clock(state: &mut SimState, body: &[u8]) -> Response {
    let hours = serde_json::from_slice::<Value>(body).ok().and_then(|v| v.get("advanceHours").and_then(Value::as_f64));
    let Some(by) = hours.filter(|h| *h >= 0.0).and_then(|h| SignedDuration::try_from_secs_f64(h * 3600.0).ok()) else {
        return Response::arm_error(400, "InvalidRequestContent", "Send {\"advanceHours\": N} with N zero or more.");
    };
    state.clock.advance(by);
    state.changed = true;
    Response::json(200, &json!({ "now": state.now().to_string() }))
}

/// Sets the switches that the body names; the others stay.
fn switch(state: &mut SimState, body: &[u8]) -> Response {
    let mut all = json!(state.switches);
    match (serde_json::from_slice::<Value>(body), &mut all) {
        (Ok(Value::Object(sent)), Value::Object(all)) => all.extend(sent),
        _ => return Response::arm_error(400, "InvalidRequestContent", "Send an object of switches."),
    }
    match serde_json::from_value(all) {
        Ok(switches) => {
            state.switches = switches;
            Response::json(200, &json!(state.switches))
        }
        Err(error) => Response::arm_error(400, "InvalidRequestContent", &format!("This is not a switch: {error}")),
    }
}

fn script(faults: &Faults, body: &[u8]) -> Response {
    let list = serde_json::from_slice::<Vec<FaultRule>>(body)
        .or_else(|_| serde_json::from_slice::<FaultRule>(body).map(|one| vec![one]));
    match list {
        Ok(list) => {
            for fault in list {
                faults.add(fault);
            }
            Response::json(200, &json!({ "pending": faults.pending() }))
        }
        Err(error) => Response::arm_error(
            400,
            "InvalidRequestContent",
            &format!("This is not a fault or a list of faults: {error}"),
        ),
    }
}
