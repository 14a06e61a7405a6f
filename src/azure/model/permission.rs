//! What a person's roles allow at a scope, as Azure Resource Manager reports it.

use serde::{Deserialize, Serialize};

/// What one role allows (Microsoft page: Permissions - List For Resource). `*` in an entry stands for any text, slashes included.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Permission {
    /// Operations of Azure Resource Manager, e.g. `Microsoft.DataBox/jobs/write`.
    pub actions: Vec<String>,
    /// What of them is left out.
    pub not_actions: Vec<String>,
    /// Operations on data, e.g. `Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read`.
    pub data_actions: Vec<String>,
    /// What of them is left out.
    pub not_data_actions: Vec<String>,
    /// The condition under which it holds; empty where it always does.
    pub condition: String,
}

/// What is known of a person's rights at a scope.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScopeRights {
    /// What the roles allow.
    pub permissions: Vec<Permission>,
    /// The deny assignments there, or why they are not known.
    pub denials: Result<Vec<DenyAssignment>, String>,
}

impl From<Vec<Permission>> for ScopeRights {
    /// Without deny assignments.
    fn from(permissions: Vec<Permission>) -> Self {
        Self { permissions, denials: Ok(Vec::new()) }
    }
}

/// A deny assignment: it takes away what roles allow (Microsoft page: Deny Assignments - List For Scope). Whom it is for is not
/// evaluated: that depends on groups that only the directory knows.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DenyAssignment {
    /// Its display name.
    pub name: String,
    /// What it denies.
    pub denied: Vec<Permission>,
}

impl DenyAssignment {
    /// Whether it denies an operation of Azure Resource Manager, or one on data, to those it is for.
    pub fn denies(&self, operation: &str) -> bool {
        allows(&self.denied, operation) != Allowed::No || allows_data(&self.denied, operation) != Allowed::No
    }
}

/// Whether an operation is allowed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Allowed {
    /// No role allows it.
    No,
    /// A role allows it under a condition, which is not evaluated here.
    Conditionally,
    /// A role allows it.
    Yes,
}

/// Whether one of these roles allows an operation of Azure Resource Manager. What one role leaves out, another may allow.
pub fn allows(permissions: &[Permission], action: &str) -> Allowed {
    best(permissions, |one| (&one.actions, &one.not_actions), action)
}

/// The same for an operation on data.
pub fn allows_data(permissions: &[Permission], action: &str) -> Allowed {
    best(permissions, |one| (&one.data_actions, &one.not_data_actions), action)
}

fn best<'p>(
    permissions: &'p [Permission],
    lists: impl Fn(&'p Permission) -> (&'p Vec<String>, &'p Vec<String>),
    action: &str,
) -> Allowed {
    let of = |one: &'p Permission| {
        let (allowed, left_out) = lists(one);
        let any = |patterns: &[String]| patterns.iter().any(|pattern| matches(pattern, action));
        match any(allowed) && !any(left_out) {
            false => Allowed::No,
            true if one.condition.trim().is_empty() => Allowed::Yes,
            true => Allowed::Conditionally,
        }
    };
    permissions.iter().map(of).max().unwrap_or(Allowed::No)
}

/// Whether an operation fits a pattern, in any case.
fn matches(pattern: &str, action: &str) -> bool {
    let (pattern, action) = (pattern.trim().to_ascii_lowercase(), action.to_ascii_lowercase());
    let Some((start, rest)) = pattern.split_once('*') else { return pattern == action };
    let Some(mut left) = action.strip_prefix(start) else { return false };
    let parts: Vec<&str> = rest.split('*').collect();
    let Some((end, middle)) = parts.split_last() else { return true };
    for part in middle {
        let Some(at) = left.find(part) else { return false };
        left = &left[at + part.len()..];
    }
    left.ends_with(end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn role(actions: &[&str], not_actions: &[&str]) -> Permission {
        let words = |list: &[&str]| list.iter().map(|word| (*word).to_owned()).collect();
        Permission { actions: words(actions), not_actions: words(not_actions), ..Permission::default() }
    }

    const KEYS: &str = "Microsoft.DataBox/jobs/listCredentials/action";

    #[test]
    fn a_star_stands_for_any_text_and_case_does_not_count() {
        for fits in
            ["*", "*/action", "Microsoft.DataBox/*", "microsoft.databox/JOBS/listcredentials/action", "*/jobs/*/action"]
        {
            assert!(matches(fits, KEYS), "{fits}");
        }
        for not in ["*/read", "Microsoft.DataBox/jobs/*/read", "Microsoft.DataBox", "*/jobs/listCredentials", ""] {
            assert!(!matches(not, KEYS), "{not}");
        }
    }

    #[test]
    fn what_one_role_leaves_out_another_may_allow() {
        let without = role(&["*"], &[KEYS]);
        assert_eq!(allows(std::slice::from_ref(&without), KEYS), Allowed::No);
        assert_eq!(allows(&[without.clone(), role(&["*/listCredentials/action"], &[])], KEYS), Allowed::Yes);
        assert_eq!(allows(&[role(&["*/read"], &[])], "Microsoft.DataBox/jobs/write"), Allowed::No);
        assert_eq!(allows_data(&[role(&["*"], &[])], "Microsoft.Storage/x/read"), Allowed::No, "data has its own list");
        assert_eq!(allows(&[], KEYS), Allowed::No);
        let conditional = Permission { condition: "@Resource[...]".into(), ..role(&["*"], &[]) };
        assert_eq!(allows(&[conditional], KEYS), Allowed::Conditionally);
    }

    #[test]
    fn a_deny_assignment_takes_away_operations_and_data() {
        let data = Permission { data_actions: vec!["*/blobs/write".into()], ..role(&["Microsoft.DataBox/*"], &[KEYS]) };
        let denial = DenyAssignment { name: "lock-down".into(), denied: vec![data] };
        assert!(denial.denies("Microsoft.DataBox/jobs/write") && denial.denies("Microsoft.Storage/x/blobs/write"));
        assert!(!denial.denies(KEYS) && !denial.denies("Microsoft.Storage/x/blobs/read"));
    }

    proptest! {
        #[test]
        fn a_pattern_made_of_an_action_by_replacing_a_part_with_a_star_fits_it(from in 0usize..40, len in 0usize..40) {
            let from = from.min(KEYS.len());
            let until = (from + len).min(KEYS.len());
            let pattern = format!("{}*{}", &KEYS[..from], &KEYS[until..]);
            prop_assert!(matches(&pattern, KEYS), "{}", pattern);
        }

        #[test]
        fn no_pattern_makes_it_panic(pattern in "[a-z*/é]{0,12}", action in "[a-z/é]{0,12}") {
            let _ = matches(&pattern, &action);
        }
    }
}
