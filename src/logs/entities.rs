//! Entities of XML. A log whose writer did not escape is read as it stands: `&` without an entity is a `&`.

/// The longest name between `&` and `;`, e.g. `#x10FFFF`.
const LONGEST: usize = 10;

/// The text with the five entities of XML and character references resolved.
pub(super) fn unescape(raw: &str) -> String {
    if !raw.contains('&') {
        return raw.to_owned();
    }
    let mut text = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some((before, after)) = rest.split_once('&') {
        text.push_str(before);
        if let Some((character, left)) = entity(after) {
            text.push(character);
            rest = left;
        } else {
            text.push('&');
            rest = after;
        }
    }
    text.push_str(rest);
    text
}

/// The character of the entity at the start, and what follows it.
fn entity(after: &str) -> Option<(char, &str)> {
    let end = after.bytes().take(LONGEST).position(|byte| byte == b';')?;
    let (name, rest) = (after.get(..end)?, after.get(end + 1..)?);
    let character = match name {
        "lt" => '<',
        "gt" => '>',
        "amp" => '&',
        "quot" => '"',
        "apos" => '\'',
        _ => {
            let number = name.strip_prefix('#')?;
            let hex = number.strip_prefix(['x', 'X']).map(|digits| u32::from_str_radix(digits, 16));
            char::from_u32(hex.unwrap_or_else(|| number.parse()).ok()?)?
        }
    };
    Some((character, rest))
}
