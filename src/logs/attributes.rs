//! The attributes of a tag. A value may hold bare ampersands and quotes of a writer that did not escape them.

use super::entities::unescape;

/// The attributes in the text between `<` and `>`, without the element's name. `None` when a value is still open at the end.
pub(super) fn attributes(text: &str) -> Option<Vec<(String, String)>> {
    let mut found = Vec::new();
    let mut rest = text.trim_start();
    while !rest.is_empty() {
        let end = rest.find(|c: char| c.is_whitespace() || c == '=').unwrap_or(rest.len());
        let (name, after) = rest.split_at(end);
        let Some(after) = after.trim_start().strip_prefix('=') else {
            rest = after.trim_start();
            continue;
        };
        let after = after.trim_start();
        let Some(quote) = after.chars().next().filter(|first| matches!(first, '"' | '\'')) else {
            let end = after.find(char::is_whitespace).unwrap_or(after.len());
            found.push((name.to_owned(), unescape(after.get(..end)?)));
            rest = after.get(end..)?.trim_start();
            continue;
        };
        let value = after.get(1..)?;
        let end =
            value.match_indices(quote).map(|(at, _)| at).find(|at| value.get(at + 1..).is_some_and(is_after_value))?;
        found.push((name.to_owned(), unescape(value.get(..end)?)));
        rest = value.get(end + 1..)?.trim_start();
    }
    Some(found)
}

/// Whether this can follow a value: nothing, or a space and the next attribute. Otherwise the quote belongs to the value.
fn is_after_value(rest: &str) -> bool {
    let next = rest.trim_start();
    if next.is_empty() {
        return true;
    }
    let name = next.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | ':' | '.'))).unwrap_or(0);
    let after = next.get(name..).unwrap_or_default().trim_start();
    let value = after.strip_prefix('=').map(str::trim_start);
    next.len() < rest.len() && name > 0 && value.is_some_and(|value| value.starts_with(['"', '\'']))
}
