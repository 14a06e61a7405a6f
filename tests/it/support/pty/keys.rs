//! The bytes a terminal sends for a key with a name.

/// The bytes of `"a"`, `"Enter"`, `"Ctrl-c"`, `"Alt-Left"`, `"Ctrl-Alt-x"`, `"Shift-Tab"`, `"F1"`, `"-"`.
pub(super) fn bytes(name: &str) -> Vec<u8> {
    let mut rest = name;
    let (mut ctrl, mut alt, mut shift) = (false, false, false);
    while let Some((modifier, key)) = rest.split_once('-').filter(|(_, key)| !key.is_empty()) {
        match modifier {
            "Ctrl" => ctrl = true,
            "Alt" => alt = true,
            "Shift" => shift = true,
            _ => panic!("no modifier is called {modifier:?} in {name:?}"),
        }
        rest = key;
    }
    let modifiers = 1 + u8::from(shift) + 2 * u8::from(alt) + 4 * u8::from(ctrl);
    if let Some(bytes) = sequence(rest, modifiers) {
        return bytes;
    }
    let mut plain = single(rest, ctrl, shift).unwrap_or_else(|| panic!("no key is called {name:?}"));
    if alt {
        plain.insert(0, 0x1b);
    }
    plain
}

/// Keys that are escape sequences, with their modifiers inside.
fn sequence(key: &str, modifiers: u8) -> Option<Vec<u8>> {
    let (lead, number, end) = match key {
        "Up" => ("[", 1, 'A'),
        "Down" => ("[", 1, 'B'),
        "Right" => ("[", 1, 'C'),
        "Left" => ("[", 1, 'D'),
        "Home" => ("[", 1, 'H'),
        "End" => ("[", 1, 'F'),
        "Insert" => ("[", 2, '~'),
        "Del" | "Delete" => ("[", 3, '~'),
        "PgUp" | "PageUp" => ("[", 5, '~'),
        "PgDn" | "PageDown" => ("[", 6, '~'),
        "F1" => ("O", 1, 'P'),
        "F2" => ("O", 1, 'Q'),
        "F3" => ("O", 1, 'R'),
        "F4" => ("O", 1, 'S'),
        "F5" => ("[", 15, '~'),
        "F6" => ("[", 17, '~'),
        "F7" => ("[", 18, '~'),
        "F8" => ("[", 19, '~'),
        "F9" => ("[", 20, '~'),
        "F10" => ("[", 21, '~'),
        "F11" => ("[", 23, '~'),
        "F12" => ("[", 24, '~'),
        _ => return None,
    };
    let text = match (modifiers, end) {
        (1, '~') => format!("\x1b[{number}~"),
        (1, _) => format!("\x1b{lead}{end}"),
        _ => format!("\x1b[{number};{modifiers}{end}"),
    };
    Some(text.into_bytes())
}

/// Keys that are a character.
fn single(key: &str, ctrl: bool, shift: bool) -> Option<Vec<u8>> {
    let byte = match key {
        "Enter" => b'\r',
        "Esc" => 0x1b,
        "Tab" if shift => return Some(b"\x1b[Z".to_vec()),
        "Tab" => b'\t',
        "Backspace" => 0x7f,
        "Space" if ctrl => 0,
        "Space" => b' ',
        _ => return character(key, ctrl),
    };
    Some(vec![byte])
}

fn character(key: &str, ctrl: bool) -> Option<Vec<u8>> {
    let mut chars = key.chars();
    let c = chars.next().filter(|_| chars.next().is_none())?;
    if !ctrl {
        return Some(key.as_bytes().to_vec());
    }
    match c {
        '/' | '7' => Some(vec![0x1f]),
        c if c.is_ascii() => Some(vec![c.to_ascii_uppercase() as u8 & 0x1f]),
        _ => None,
    }
}
