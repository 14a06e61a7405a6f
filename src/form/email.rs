//! E-mail addresses: their characters, their check, and how one is found in a pasted line.

use std::str::FromStr;

use email_address::{EmailAddress, Options};

/// The characters of an address.
pub(super) fn accepts(c: char) -> Result<char, &'static str> {
    let never = c.is_whitespace() || matches!(c, ',' | ';' | '<' | '>' | '(' | ')' | '[' | ']' | ':' | '\\' | '"');
    if never { Err("An e-mail address holds no blanks, commas, quotes or brackets.") } else { Ok(c) }
}

/// Checks that a text is one plain address with a dot in its domain.
pub(super) fn check(value: &str) -> Result<(), String> {
    if let Some(c) = value.chars().find(|c| accepts(*c).is_err()) {
        return Err(format!("An e-mail address holds no \"{c}\"; write one address, e.g. storage-team@contoso.com."));
    }
    let rules = Options::default().with_required_tld().without_display_text().without_domain_literal();
    if EmailAddress::from_str(value).is_ok() && EmailAddress::parse_with_options(value, rules).is_ok() {
        return Ok(());
    }
    Err(match value.split_once('@') {
        None => "An e-mail address has an @, e.g. storage-team@contoso.com.".to_owned(),
        Some((_, domain)) if !domain.contains('.') => {
            format!("The part after the @ (\"{domain}\") has no dot; write it in full, e.g. contoso.com.")
        }
        Some(_) => {
            "This is not an e-mail address mail can be sent to; compare with storage-team@contoso.com.".to_owned()
        }
    })
}

/// The address in a line such as `E-mail: Ana <mailto:ana@contoso.com>`.
pub(super) fn email(line: &str) -> Option<String> {
    const NAMES: [&str; 7] = ["e-mail", "email", "mail", "e", "mailto", "courriel", "correo"];
    let named = line.split_once([':', '：']).filter(|(name, _)| NAMES.contains(&name.trim().to_lowercase().as_str()));
    let value = named.map_or(line, |(_, value)| value).trim();
    let inside = value.split_once('<').and_then(|(_, rest)| rest.split_once('>')).map_or(value, |(inside, _)| inside);
    let value = inside.strip_prefix("mailto:").unwrap_or(inside).trim();
    check(value).is_ok().then(|| value.to_owned())
}
