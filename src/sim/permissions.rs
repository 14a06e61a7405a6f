//! What the person's roles allow: Microsoft.Authorization/permissions, and the refusal of what they do not allow.

use serde_json::{Value, json};

use super::directory::DirectoryAccount;
use super::response::{Request, Response};
use super::state::SimState;
use super::switches::{Acceptance, PersonRoles};

/// Answers `{scope}/providers/Microsoft.Authorization/permissions`; `account` is the storage account of the scope, if it is one.
pub(super) fn handle(state: &SimState, account: Option<&DirectoryAccount>) -> Response {
    if state.switches.see_permissions == Acceptance::Refused {
        return refused("Microsoft.Authorization/permissions/read");
    }
    let roles = state.switches.permissions;
    let data = account.is_some_and(|account| account.data_role);
    let mut all = vec![entry(
        match roles {
            PersonRoles::Owner | PersonRoles::NoKeyRight => "*",
            PersonRoles::Reader | PersonRoles::DataRoleOnly => "*/read",
        },
        if roles == PersonRoles::NoKeyRight { &KEYS } else { &[] },
    )];
    if data && roles != PersonRoles::Reader {
        let blobs = "Microsoft.Storage/storageAccounts/blobServices/containers/blobs";
        let data_actions = ["read", "write", "delete", "add/action"].map(|action| format!("{blobs}/{action}"));
        all.push(json!({
            "actions": ["Microsoft.Storage/storageAccounts/blobServices/containers/*"], "notActions": [],
            "dataActions": data_actions, "notDataActions": [],
        }));
    }
    Response::json(200, &json!({ "value": all }))
}

/// Answers `{scope}/providers/Microsoft.Authorization/denyAssignments`: one for everybody where the switch denies an operation.
pub(super) fn deny_assignments(state: &SimState) -> Response {
    let assignment = |action: &String| {
        json!({
            "name": "5e4e5a1e-0000-4000-8000-0000000000de", "type": "Microsoft.Authorization/denyAssignments",
            "properties": {
                "denyAssignmentName": "rehearsal-lock-down", "isSystemProtected": true,
                "permissions": [entry(action, &[])],
                "principals": [{ "id": "00000000-0000-0000-0000-000000000000", "type": "SystemDefined" }],
            },
        })
    };
    let all: Vec<Value> = state.switches.denied.iter().map(assignment).collect();
    Response::json(200, &json!({ "value": all }))
}

/// The operations that read BitLocker keys.
const KEYS: [&str; 2] =
    ["Microsoft.DataBox/jobs/listCredentials/action", "Microsoft.ImportExport/jobs/listBitLockerKeys/action"];

fn entry(action: &str, left_out: &[&str]) -> Value {
    json!({ "actions": [action], "notActions": left_out, "dataActions": [], "notDataActions": [] })
}

/// The refusal of a request below a provider that the roles do not allow; `path` is in lower case.
pub(super) fn refusal(state: &SimState, request: &Request, path: &[&str]) -> Option<Response> {
    let last = path.last().copied().unwrap_or_default();
    let reads_keys = ["listcredentials", "listbitlockerkeys"].contains(&last);
    let reading = matches!(request.method.as_str(), "GET" | "HEAD");
    let forbidden = match state.switches.permissions {
        PersonRoles::Owner => false,
        PersonRoles::NoKeyRight => reads_keys,
        PersonRoles::Reader | PersonRoles::DataRoleOnly => !reading,
    };
    forbidden.then(|| refused(last))
}

fn refused(action: &str) -> Response {
    let text = format!(
        "The client 'rehearsal@northlight.example' does not have authorization to perform action '{action}' over the scope, or the scope is invalid."
    );
    Response::arm_error(403, "AuthorizationFailed", &text)
}

/// Whether the sign-in reads the data of an account.
pub(super) fn reads_data(state: &SimState, account: &DirectoryAccount) -> bool {
    account.data_role && state.switches.permissions != PersonRoles::Reader
}
