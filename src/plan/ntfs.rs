//! The names that an NTFS drive refuses, with the reason. A scan checks millions of names with it, and the details of a row one. The
//! length of whole paths and case collisions are checked in `scan`.

use std::fmt;

/// File and folder names longer than this are refused, in UTF-16 units.
const LONGEST: usize = 255;

/// The reason why a name is refused (Microsoft page: Naming Files, Paths, and Namespaces).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NameRefusal {
    /// A part between slashes is empty.
    Empty,
    /// A character that means something else in a path.
    Reserved(char),
    /// A control character.
    Control,
    /// A part ends in a dot or a space, which Windows takes off.
    Ending,
    /// A part is the name of a device of Windows, with or without an extension.
    Device,
    /// A part is too long.
    Long,
}

impl fmt::Display for NameRefusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("a part of it is empty: it begins or ends with / or holds //"),
            Self::Reserved(sign) => write!(f, "it holds {sign}"),
            Self::Control => f.write_str("it holds a control character"),
            Self::Ending => f.write_str("a part of it ends in a dot or a space"),
            Self::Device => f.write_str("a part of it is a device of Windows, as CON or COM1"),
            Self::Long => write!(f, "a part of it is longer than {LONGEST} characters"),
        }
    }
}

/// The reason why a drive refuses the name; that of the first refused part counts.
pub fn refusal(name: &str) -> Option<NameRefusal> {
    name.split('/').find_map(refusal_of)
}

fn refusal_of(part: &str) -> Option<NameRefusal> {
    let bytes = part.as_bytes();
    if part.is_empty() {
        Some(NameRefusal::Empty)
    } else if let Some(byte) = bytes.iter().find(|byte| RESERVED[usize::from(**byte)]) {
        Some(if byte.is_ascii_control() { NameRefusal::Control } else { NameRefusal::Reserved(char::from(*byte)) })
    } else if ends_badly(bytes) {
        Some(NameRefusal::Ending)
    } else if device(bytes) {
        Some(NameRefusal::Device)
    } else if too_long(bytes) {
        Some(NameRefusal::Long)
    } else {
        None
    }
}

/// Whether the name of a file or folder, which is what stands between two slashes, is refused. Allocates nothing.
pub fn refuses(part: &[u8]) -> bool {
    let signs = part.iter().fold(false, |found, byte| found | RESERVED[usize::from(*byte)]);
    part.is_empty() || signs || ends_badly(part) || device(part) || too_long(part)
}

/// Which bytes no name may have. A table: every byte of every listed name is looked up.
static RESERVED: [bool; 256] = {
    let mut reserved = [false; 256];
    let mut byte = 0;
    while byte < 256 {
        reserved[byte] = byte < 0x20;
        byte += 1;
    }
    let signs = b"\"*:<>?|\\";
    let mut at = 0;
    while at < signs.len() {
        reserved[signs[at] as usize] = true;
        at += 1;
    }
    reserved
};

fn ends_badly(part: &[u8]) -> bool {
    matches!(part.last(), Some(b'.' | b' '))
}

fn too_long(part: &[u8]) -> bool {
    part.len() > LONGEST && std::str::from_utf8(part).is_ok_and(|text| text.encode_utf16().count() > LONGEST)
}

/// CON, PRN, AUX, NUL, COM and LPT with a digit from 1 to 9 or one of ¹ ² ³.
fn device(part: &[u8]) -> bool {
    if !matches!(part.first(), Some(b'c' | b'C' | b'p' | b'P' | b'a' | b'A' | b'n' | b'N' | b'l' | b'L')) {
        return false;
    }
    let base = part.split(|byte| *byte == b'.').next().unwrap_or(part).trim_ascii_end();
    let Some((word, number)) = base.split_at_checked(3) else { return false };
    let is = |names: &[&[u8]]| names.iter().any(|name| word.eq_ignore_ascii_case(name));
    match number {
        [] => is(&[b"con", b"prn", b"aux", b"nul"]),
        [b'1'..=b'9'] | [0xc2, 0xb9 | 0xb2 | 0xb3] => is(&[b"com", b"lpt"]),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_name_a_drive_refuses_is_refused_for_its_reason() {
        let (long, fits) = ("x".repeat(256), "ü".repeat(255));
        let in_folder = format!("{long}/a");
        let table: &[(NameRefusal, &[&str])] = &[
            (NameRefusal::Empty, &["", "a//b", "slash/", "/x"]),
            (NameRefusal::Reserved(':'), &["a:b", "con:"]),
            (NameRefusal::Reserved('?'), &["x/what?.txt", "what?/x"]),
            (NameRefusal::Reserved('"'), &["q\""]),
            (NameRefusal::Reserved('*'), &["a*"]),
            (NameRefusal::Reserved('<'), &["<"]),
            (NameRefusal::Reserved('>'), &["a>"]),
            (NameRefusal::Reserved('|'), &["b|c"]),
            (NameRefusal::Reserved('\\'), &["back\\slash"]),
            (NameRefusal::Control, &["tab\there", "\u{1f}", "a\nb/c"]),
            (NameRefusal::Ending, &["dir./x", "dir /x", "end.", "end ", "."]),
            (
                NameRefusal::Device,
                &["CON", "con.txt", "a/nul/b", "Com1", "lpt9.log", "AUX .txt", "prn", "LPT²", "com¹.a.b"],
            ),
            (NameRefusal::Long, &[&long, &in_folder]),
        ];
        for (refused, names) in table {
            for name in *names {
                assert_eq!(refusal(name), Some(*refused), "{name:?}");
            }
        }
        for name in ["a", "a.b/c d/e", "console", "com0", "com10", "com⁴", "nulls.txt", ".hidden", "日本/ü", "~", &fits]
        {
            assert_eq!(refusal(name), None, "{name:?}");
        }
    }
}
