//! Several e-mail addresses in one field, separated by commas, semicolons or blanks.

use super::email;

const SEPARATORS: [char; 2] = [',', ';'];

fn is_separator(c: char) -> bool {
    c.is_whitespace() || SEPARATORS.contains(&c)
}

/// The characters of addresses and between them.
pub(super) fn accepts(c: char) -> Result<char, &'static str> {
    if is_separator(c) {
        return Ok(c);
    }
    email::accepts(c)
        .map_err(|_| "An e-mail address holds no quotes, colons or brackets; commas separate several addresses.")
}

/// The addresses in a text, each once, in their order.
pub(super) fn list(text: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for part in text.split(is_separator).filter(|part| !part.is_empty()) {
        if !found.iter().any(|known| known.eq_ignore_ascii_case(part)) {
            found.push(part.to_owned());
        }
    }
    found
}

/// Checks every address. The error of one among several names it.
pub(super) fn check(text: &str) -> Result<(), String> {
    let all = list(text);
    if all.is_empty() {
        return Err("Write an e-mail address, e.g. storage-team@contoso.com.".to_owned());
    }
    for address in &all {
        email::check(address).map_err(|why| if all.len() > 1 { format!("\"{address}\": {why}") } else { why })?;
    }
    Ok(())
}

/// The addresses in a pasted text such as `Ana <ana@contoso.com>; E-mail: ben@contoso.com`, or the text as it is where a part holds none.
pub(super) fn pasted(text: &str) -> String {
    let parts = text.split(SEPARATORS).map(str::trim).filter(|part| !part.is_empty());
    let found: Option<Vec<String>> = parts.map(email::email).collect();
    found.filter(|found| !found.is_empty()).map_or_else(|| text.to_owned(), |found| found.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_stand_apart_by_commas_semicolons_or_blanks() {
        for text in ["a@contoso.com,b@contoso.com", " a@contoso.com ;  b@contoso.com;", "a@contoso.com b@contoso.com"] {
            assert_eq!(list(text), ["a@contoso.com", "b@contoso.com"], "{text}");
            assert_eq!(check(text), Ok(()), "{text}");
        }
        assert_eq!(list("a@contoso.com, A@contoso.com"), ["a@contoso.com"], "each once");
    }

    #[test]
    fn the_wrong_one_among_several_is_named() {
        let error = check("a@contoso.com; team").unwrap_err();
        assert!(error.starts_with("\"team\": An e-mail address has an @"), "{error}");
        assert!(check("team").unwrap_err().starts_with("An e-mail address has an @"));
        assert!(check(" , ").unwrap_err().contains("e.g."));
    }

    #[test]
    fn a_pasted_list_keeps_its_addresses_only() {
        assert_eq!(pasted("Ana <mailto:ana@contoso.com>; E-mail: ben@contoso.com"), "ana@contoso.com, ben@contoso.com");
        assert_eq!(pasted("storage@contoso.com"), "storage@contoso.com");
        assert_eq!(pasted("ask Ana, ben@contoso.com"), "ask Ana, ben@contoso.com", "nothing is lost");
        assert_eq!(pasted("a@contoso.com b@contoso.com"), "a@contoso.com b@contoso.com");
    }
}
