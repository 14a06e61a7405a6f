//! The meaning of Azure Resource Manager's codes about resources: quotas, policies, locks, places, disabled subscriptions. The names and
//! lists a person needs are taken out of the message.

use super::meaning::{CodeMeaning, meaning, of_kind, quoted_meaning};
use crate::azure::fault::FaultKind;

/// The meaning of `code`; `message` is the whole message of the service.
pub(super) fn code(code: &str, message: &str) -> Option<CodeMeaning> {
    Some(match code {
        "LocationNotAvailableForResourceType" | "LocationNotAvailable" | "InvalidLocation" | "LocationNotSupported" => {
            let reason = "Azure does not offer this in the chosen location";
            match regions(message) {
                Some(regions) => of_kind(
                    FaultKind::BadRequest,
                    meaning(reason, format!("Choose another location; it offers: {regions}.")),
                ),
                None => of_kind(FaultKind::BadRequest, quoted_meaning(reason, "Choose another location.")),
            }
        }
        "QuotaExceeded" | "JobQuotaExceeded" | "ResourceQuotaExceeded" | "SubscriptionQuotaExceeded" => of_kind(
            FaultKind::Denied,
            quoted_meaning(
                "the subscription may not have more of these at a time",
                "Finish or delete other jobs first, or ask Microsoft support for a higher quota.",
            ),
        ),
        "ReadOnlyDisabledSubscription" | "DisabledSubscription" | "SubscriptionDisabled" => of_kind(
            FaultKind::Denied,
            meaning(
                "the subscription is disabled, so nothing in it can be changed",
                "Its owner or billing administrator can enable it again in the Azure portal; or choose another subscription.",
            ),
        ),
        "ScopeLocked" => of_kind(
            FaultKind::Denied,
            quoted_meaning(
                "the resource group or the subscription is locked against changes",
                "Ask its owner to remove the lock, or choose another resource group.",
            ),
        ),
        "ResourceGroupBeingDeleted" => of_kind(
            FaultKind::Conflict,
            meaning("the resource group is being deleted", "Choose another resource group."),
        ),
        "RequestDisallowedByPolicy" => of_kind(FaultKind::Denied, policy(message)),
        "RequestDisallowedByAzure" => of_kind(
            FaultKind::Denied,
            quoted_meaning(
                "Azure itself forbids it for this subscription",
                "Choose another location, or do what the service's reason says.",
            ),
        ),
        _ => return None,
    })
}

fn policy(message: &str) -> CodeMeaning {
    let named = policy_name(message).map(|name| format!("the Azure Policy `{name}`"));
    let reason = format!("{} of this subscription forbids it", named.as_deref().unwrap_or("an Azure Policy"));
    let advice = match tag(message) {
        Some(tag) => format!("Add the tag `{tag}` at the Job step, then create the job again."),
        None if message.to_lowercase().contains("tag") => {
            "Add the tag it asks for at the Job step, then create the job again.".to_owned()
        }
        None if named.is_none() => "Ask the subscription's owner which policy it is.".to_owned(),
        None => "Change what the policy forbids, or ask the subscription's owner for an exemption.".to_owned(),
    };
    if named.is_none() { quoted_meaning(&reason, advice) } else { meaning(&reason, advice) }
}

/// The list in `… List of available regions for the resource type is 'a,b,c'.`
fn regions(message: &str) -> Option<String> {
    let at = message.find("available regions")? + "available regions".len();
    let list = message[at..].split('\'').nth(1)?;
    let list = list.split(',').map(str::trim).filter(|region| !region.is_empty()).collect::<Vec<_>>().join(", ");
    Some(list).filter(|list| !list.is_empty())
}

/// The assignment's name as people see it, else as Azure keeps it.
fn policy_name(message: &str) -> Option<String> {
    let display = after(message, "policyAssignmentDisplayName", &['"']);
    let assigned = || after(&message[message.find("policyAssignment")?..], "name", &['"']);
    display.or_else(assigned).or_else(|| after(message, "policyDefinitionDisplayName", &['"']))
}

/// The tag a policy asks for: `tags[costCenter]` of its rule, or `'costCenter' tag` in words.
fn tag(message: &str) -> Option<String> {
    let field = message.find("tags[").map(|at| &message[at + "tags[".len()..]);
    let named = field.and_then(|rest| rest.split(']').next()).map(|name| name.trim_matches(['\'', '"', '\\', ' ']));
    let words = || after(message, "tagName", &['"']).or_else(|| quoted_beside_tag(message));
    named.map(str::to_owned).or_else(words).filter(|name| !name.is_empty() && name.chars().count() <= 512)
}

/// The quoted word before or after the word `tag`.
fn quoted_beside_tag(message: &str) -> Option<String> {
    let words: Vec<&str> = message.split_whitespace().collect();
    let unquoted = |word: &str| {
        let bare = word.trim_end_matches(['.', ',', ';', ':']).trim_matches('\\');
        let inner = [('\'', '\''), ('"', '"'), ('`', '`'), ('“', '”')]
            .iter()
            .find_map(|(open, close)| bare.strip_prefix(*open)?.strip_suffix(*close));
        inner.map(str::to_owned).filter(|name| !name.is_empty())
    };
    words.iter().enumerate().filter(|(_, word)| is_tag(word)).find_map(|(at, _)| {
        let after = words.get(at + 1).and_then(|word| unquoted(word));
        after.or_else(|| unquoted(words.get(at.checked_sub(1)?)?))
    })
}

fn is_tag(word: &str) -> bool {
    matches!(word.trim_matches(|c: char| !c.is_alphanumeric()).to_ascii_lowercase().as_str(), "tag" | "tags")
}

/// The text in quotation marks behind a key; the marks may be escaped: `"name":"x"` and `\"name\":\"x\"`.
fn after(text: &str, key: &str, quotes: &[char]) -> Option<String> {
    let rest = &text[text.find(key)? + key.len()..];
    let rest = rest.trim_start_matches(['"', '\\', ':', ' ']);
    let value = rest.split(quotes).next()?.trim_end_matches('\\').trim();
    Some(value.to_owned()).filter(|value| !value.is_empty())
}
