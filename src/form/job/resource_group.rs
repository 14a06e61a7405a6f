//! The resource group of a job: the list beside its field, and which names Azure allows.

use crate::form::FormFacts;
use crate::form::spec::{CheckContext, Choices, only_match};

pub(super) const CHOICES: Choices = Choices { options, complete };

fn options(text: &str, context: &CheckContext) -> Vec<String> {
    let wanted = text.to_lowercase();
    context.facts.groups.iter().filter(|name| name.to_lowercase().contains(&wanted)).cloned().collect()
}

fn complete(text: &str, context: &CheckContext) -> Option<String> {
    let known = &context.facts.groups;
    let own = known.iter().find(|name| name.eq_ignore_ascii_case(text)).cloned();
    own.or_else(|| only_match(text, known.iter().map(String::as_str)))
}

/// Whether Azure allows a name.
pub fn is_group(name: &str) -> bool {
    check(name).is_ok()
}

pub(super) fn accepts(c: char) -> Result<char, &'static str> {
    let allowed = c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | '(' | ')');
    if allowed { Ok(c) } else { Err("A resource group name takes letters, digits, _ - . ( and ).") }
}

pub(super) fn check(name: &str) -> Result<(), String> {
    if let Some(c) = name.chars().find(|c| accepts(*c).is_err()) {
        return Err(format!("\"{c}\" cannot be in a resource group name; it takes letters, digits, _ - . ( and )."));
    }
    if name.ends_with('.') {
        return Err("A resource group name does not end with a dot; take it away.".to_owned());
    }
    match name.chars().count() {
        0..=90 => Ok(()),
        count => Err(format!("A resource group name has at most 90 characters; this one has {count}.")),
    }
}

/// That the subscription does not list this group, where its groups are known.
pub(super) fn doubt(group: &str, facts: &FormFacts) -> Option<String> {
    let known = &facts.groups;
    let unlisted = !group.is_empty() && !known.is_empty() && !known.iter().any(|name| name.eq_ignore_ascii_case(group));
    unlisted.then(|| format!("The subscription lists no group {group}; choose one of its groups, or create this one."))
}
