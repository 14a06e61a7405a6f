//! Makes text of a service fit for a screen: one line, not too long, without control characters and without secrets.

use crate::characters::is_zero_width;

/// No message on a screen is longer, in characters.
const LONGEST: usize = 300;
/// No more of a message is looked through for the names in it, in characters.
const LONGEST_READ: usize = 8192;

/// Base64 words that are shorter are not taken for signatures.
const SHORTEST_SECRET: usize = 40;

/// One line of at most 300 characters: the first line with something on it, without control and direction characters.
pub(crate) fn clean(text: &str) -> String {
    let line = text.lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or("");
    cut(&printable(line), LONGEST)
}

/// All lines as one, without control and direction characters.
pub(super) fn clean_lines(text: &str) -> String {
    cut(&printable(&text.lines().collect::<Vec<_>>().join(" ")), LONGEST_READ)
}

fn printable(line: &str) -> String {
    let line: String =
        line.chars().map(|c| if c.is_control() { ' ' } else { c }).filter(|c| !is_zero_width(*c)).collect();
    let words = line.split_whitespace().map(without_query).map(without_signature).collect::<Vec<_>>().join(" ");
    words.trim_end_matches('.').to_owned()
}

fn cut(words: &str, longest: usize) -> String {
    if words.chars().count() <= longest {
        return words.to_owned();
    }
    let mut cut: String = words.chars().take(longest - 1).collect();
    cut.push('…');
    cut
}

/// A word as it may be shown: the query of an address may hold a shared access signature.
fn without_query(word: &str) -> String {
    match word.split_once('?') {
        Some((address, rest)) if address.contains("://") || rest.contains('=') => {
            let closing = rest.trim_start_matches(|c| !matches!(c, ')' | '"' | '\'' | '>' | ']'));
            format!("{address}?…{closing}")
        }
        _ => word.to_owned(),
    }
}

/// A word as it may be shown: services repeat a signature that they do not accept.
fn without_signature(word: String) -> String {
    let bare = word.trim_matches(|c: char| c.is_ascii_punctuation() && !matches!(c, '=' | '+' | '/'));
    let encoded = bare.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'='));
    if bare.len() >= SHORTEST_SECRET && bare.ends_with('=') && encoded { word.replace(bare, "…") } else { word }
}

#[cfg(test)]
mod tests {
    use super::clean;

    #[test]
    fn the_query_of_an_address_is_never_shown() {
        let text = "error for url (https://a.example/c?comp=list&sig=c2VjcmV0%3D) and /c?sig=x, but why? ok";
        assert_eq!(clean(text), "error for url (https://a.example/c?…) and /c?… but why? ok");
    }
}
