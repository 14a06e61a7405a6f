//! The two requests that are the simulator's own: hurrying the clock and scripting faults. No service is simulated here.

use jiff::SignedDuration;
use serde_json::{Value, json};

use super::faults::{Fault, Faults};
use super::message::{Reply, Request};
use super::world::World;

/// Answers `/simulator/...`.
pub fn handle(world: &mut World, faults: &Faults, request: &Request, path: &[String]) -> Reply {
    match (request.method.as_str(), path.get(1).map(String::as_str)) {
        ("POST", Some("clock")) => clock(world, &request.body),
        ("GET", Some("clock")) => Reply::json(200, &json!({ "now": world.now().to_string() })),
        ("POST", Some("faults")) => script(faults, &request.body),
        ("DELETE", Some("faults")) => {
            faults.clear();
            Reply::empty(204)
        }
        _ => Reply::arm_error(
            404,
            "NotFound",
            "The simulator answers POST /simulator/clock and POST or DELETE /simulator/faults.",
        ),
    }
}

fn clock(world: &mut World, body: &[u8]) -> Reply {
    let hours = serde_json::from_slice::<Value>(body).ok().and_then(|v| v.get("advanceHours").and_then(Value::as_f64));
    let Some(by) = hours.filter(|h| *h >= 0.0).and_then(|h| SignedDuration::try_from_secs_f64(h * 3600.0).ok()) else {
        return Reply::arm_error(400, "InvalidRequestContent", "Send {\"advanceHours\": N} with N zero or more.");
    };
    world.clock.advance(by);
    world.changed = true;
    Reply::json(200, &json!({ "now": world.now().to_string() }))
}

fn script(faults: &Faults, body: &[u8]) -> Reply {
    let list = serde_json::from_slice::<Vec<Fault>>(body)
        .or_else(|_| serde_json::from_slice::<Fault>(body).map(|one| vec![one]));
    match list {
        Ok(list) => {
            for fault in list {
                faults.add(fault);
            }
            Reply::json(200, &json!({ "pending": faults.pending() }))
        }
        Err(error) => {
            Reply::arm_error(400, "InvalidRequestContent", &format!("This is not a fault or a list of faults: {error}"))
        }
    }
}
