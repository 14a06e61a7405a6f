//! Permissions and the settings of blobs, read from the JSON of Azure Resource Manager.

use super::json::JsonView;
use crate::azure::model::{DenyAssignment, LifecycleRule, Permission};

/// What one role allows (Microsoft page: Permissions - List For Resource).
pub(crate) fn permission(view: JsonView<'_>) -> Option<Permission> {
    view.is_object().then(|| Permission {
        actions: view.at("actions").words(),
        not_actions: view.at("notActions").words(),
        data_actions: view.at("dataActions").words(),
        not_data_actions: view.at("notDataActions").words(),
        condition: view.at("condition").text(),
    })
}

/// A deny assignment (Microsoft page: Deny Assignments - List For Scope).
pub(crate) fn deny_assignment(view: JsonView<'_>) -> Option<DenyAssignment> {
    let properties = view.at("properties");
    let name = properties.at("denyAssignmentName").word().or_else(|| view.at("name").word()).unwrap_or_default();
    let denied = properties.at("permissions").items().filter_map(permission).collect();
    view.is_object().then_some(DenyAssignment { name, denied })
}

/// The rules of a management policy that are switched on and archive or delete blobs (Microsoft page: Management Policies - Get).
pub(crate) fn lifecycle(view: JsonView<'_>) -> Vec<LifecycleRule> {
    let rule = |rule: JsonView<'_>| {
        let actions = rule.at("definition").at("actions");
        let does =
            |action: &str| ["baseBlob", "snapshot", "version"].iter().any(|of| actions.at(of).at(action).is_object());
        LifecycleRule {
            name: rule.at("name").text(),
            prefixes: rule.at("definition").at("filters").at("prefixMatch").words(),
            archives: does("tierToArchive"),
            deletes: does("delete"),
        }
    };
    let enabled = view.at("properties").at("policy").at("rules").items().filter(|rule| rule.at("enabled").flag(true));
    enabled.map(rule).filter(|rule| rule.archives || rule.deletes).collect()
}

/// The containers of `account`, a name or a resource id, that a policy of object replication copies into.
pub(crate) fn replicated_into(view: JsonView<'_>, account: &str) -> Vec<String> {
    let properties = view.at("properties");
    let name = |id: &str| id.rsplit('/').next().unwrap_or(id).to_ascii_lowercase();
    if name(&properties.at("destinationAccount").text()) != name(account) {
        return Vec::new();
    }
    properties.at("rules").items().filter_map(|rule| rule.at("destinationContainer").word()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn only_rules_that_are_on_and_archive_or_delete_are_kept() {
        let rule = |name: &str, enabled: bool, action: &str| {
            json!({"name": name, "enabled": enabled, "type": "Lifecycle", "definition": {
                "filters": {"blobTypes": ["blockBlob"], "prefixMatch": ["footage/old"]},
                "actions": {"baseBlob": {action: {"daysAfterModificationGreaterThan": 30}}},
            }})
        };
        let policy = json!({"properties": {"policy": {"rules": [
            rule("archive", true, "tierToArchive"), rule("delete", true, "delete"), rule("off", false, "delete"), rule("cool", true, "tierToCool"),
        ]}}});
        let rules = lifecycle(JsonView::new(&policy));
        let told: Vec<_> = rules.iter().map(|rule| (rule.name.as_str(), rule.archives, rule.deletes)).collect();
        assert_eq!(told, [("archive", true, false), ("delete", false, true)]);
        assert_eq!(rules[0].prefixes, ["footage/old"]);
        assert!(lifecycle(JsonView::new(&json!({"properties": 1}))).is_empty());
    }

    #[test]
    fn a_policy_of_replication_counts_for_the_account_it_copies_into() {
        let policy = json!({"properties": {"sourceAccount": "one", "destinationAccount": "/subscriptions/s/.../Two",
            "rules": [{"sourceContainer": "a", "destinationContainer": "b"}]}});
        assert_eq!(replicated_into(JsonView::new(&policy), "/subscriptions/s/x/two"), ["b"]);
        assert!(replicated_into(JsonView::new(&policy), "one").is_empty());
    }
}
