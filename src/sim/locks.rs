//! Microsoft.Authorization/locks of a storage account: the one that Data Box puts there, `DATABOX_SERVICE`.

use serde_json::{Value, json};

use super::arm::request::nothing_here;
use super::response::{Request, Response};
use super::state::SimState;

/// Name of the lock that Data Box sets.
const NAME: &str = "DATABOX_SERVICE";

/// Answers `{account id}/providers/Microsoft.Authorization/locks[/NAME]`; `rest` is the path after the namespace, in lower case.
pub(super) fn handle(state: &mut SimState, request: &Request, account: &str, rest: &[&str]) -> Response {
    let locked = is_locked(state, account);
    match (request.method.as_str(), rest) {
        ("GET", ["locks"]) => {
            let found: Vec<Value> = locked.then(|| described(account)).into_iter().collect();
            Response::json(200, &json!({ "value": found }))
        }
        ("GET", ["locks", name]) if locked && name.eq_ignore_ascii_case(NAME) => {
            Response::json(200, &described(account))
        }
        ("GET", ["locks", name]) => {
            let text = format!("The lock '{name}' could not be found.");
            Response::arm_error(404, "LockNotFound", &text)
        }
        ("DELETE", ["locks", name]) if locked && name.eq_ignore_ascii_case(NAME) => {
            remove(state, account);
            Response::empty(200)
        }
        ("DELETE", ["locks", _]) => Response::empty(204),
        _ => nothing_here(request),
    }
}

/// Sets the lock on an account.
pub(super) fn set(state: &mut SimState, account: &str) {
    state.locked.insert(account.to_ascii_lowercase());
}

/// Takes the lock off an account.
pub(super) fn remove(state: &mut SimState, account: &str) {
    state.locked.remove(&account.to_ascii_lowercase());
    state.changed = true;
}

/// Whether the account has the lock.
pub(super) fn is_locked(state: &SimState, account: &str) -> bool {
    state.locked.contains(&account.to_ascii_lowercase())
}

/// The refusal of a deletion.
pub(super) fn scope_locked(account: &str) -> Response {
    let text = format!(
        "The scope '{account}' cannot perform delete operation because following scope(s) are locked: '{account}'. Please remove the lock and try again."
    );
    Response::arm_error(409, "ScopeLocked", &text)
}

fn described(account: &str) -> Value {
    json!({
        "properties": { "level": "CanNotDelete", "notes": "Data Box Service to copy data from device to storage account." },
        "id": format!("{account}/providers/Microsoft.Authorization/locks/{NAME}"), "type": "Microsoft.Authorization/locks", "name": NAME,
    })
}
