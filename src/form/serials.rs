//! Serial numbers of drives as typed or pasted: one after the other, with blanks, commas, semicolons or line breaks between them.

use super::spec::CheckContext;

/// The longest serial number of a SATA drive: its field in the drive's own data has 20 characters.
const LONGEST: usize = 20;
/// Serial numbers shorter than this are cut off.
const SHORTEST: usize = 5;

/// The serial numbers in a text, in upper case.
pub fn read(text: &str) -> Vec<String> {
    let between = |c: char| c.is_whitespace() || matches!(c, ',' | ';');
    text.split(between).filter(|word| !word.is_empty()).map(str::to_ascii_uppercase).collect()
}

/// The character that the field takes.
pub(super) fn accepts(c: char) -> Result<char, &'static str> {
    if c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | ' ' | ',' | ';') {
        Ok(c.to_ascii_uppercase())
    } else {
        Err("Serial numbers take letters A to Z, digits and hyphens, with blanks or commas between them.")
    }
}

/// A serial number that is none, or that stands there twice.
pub(super) fn check(text: &str, _: &CheckContext) -> Result<(), String> {
    if let Some(c) = text.chars().find(|c| accepts(*c).is_err()) {
        return Err(format!("\"{c}\" cannot be in a serial number; it takes letters A to Z, digits and hyphens."));
    }
    let serials = read(text);
    if let Some(twice) = serials.iter().enumerate().find_map(|(at, one)| serials[..at].contains(one).then_some(one)) {
        return Err(format!("{twice} stands there twice; each drive has a serial number of its own."));
    }
    Ok(())
}

/// What is doubtful about serial numbers, each with what to look at. A doubt stops nobody.
pub fn doubts(text: &str, drives: Option<u32>) -> Vec<String> {
    let serials = read(text);
    let mut doubts: Vec<String> = serials.iter().filter_map(|serial| doubt(serial)).collect();
    let count = u32::try_from(serials.len()).unwrap_or(u32::MAX);
    if let Some(drives) = drives.filter(|drives| count > 0 && *drives != count) {
        doubts.push(format!("There are {count} serial numbers for {drives} drives in the parcel."));
    }
    doubts
}

fn doubt(serial: &str) -> Option<String> {
    let length = serial.chars().count();
    let hexadecimal = serial.chars().all(|c| c.is_ascii_hexdigit());
    let first = serial.chars().next()?;
    if length == 16 && hexadecimal && first == '5' {
        return Some(format!(
            "{serial} looks like a World Wide Name; the serial number is another line of the label (S/N)."
        ));
    }
    if length > LONGEST {
        return Some(format!("{serial} is longer than a serial number of a SATA drive ({LONGEST} characters)."));
    }
    if length < SHORTEST {
        return Some(format!("{serial} is short for a serial number; copy all of it from the drive's label (S/N)."));
    }
    if !serial.chars().any(|c| c.is_ascii_digit()) {
        return Some(format!("{serial} has no digit; copy the serial number from the drive's label (S/N)."));
    }
    serial
        .chars()
        .all(|c| c == first)
        .then(|| format!("{serial} is one character again and again; copy it from the label."))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn w59_pasted_serial_numbers_are_told_apart_whatever_is_between_them() {
        for text in ["wd-wx11, 9CA995BB", "WD-WX11\n9ca995bb\n", " WD-WX11;9CA995BB ", "WD-WX11\t9CA995BB"] {
            assert_eq!(read(text), ["WD-WX11", "9CA995BB"]);
        }
        assert_eq!(read(" , ;"), Vec::<String>::new());
    }

    #[test]
    fn w59_impossible_and_repeated_serial_numbers_are_named() {
        for (text, words) in [
            ("5000CCA27DC1A2B3", "World Wide Name"),
            ("ABCDEFGHIJKLMNOPQRSTU1", "longer"),
            ("A1", "short"),
            ("DRIVE", "no digit"),
            ("0000000", "again and again"),
        ] {
            let doubts = doubts(text, None);
            assert!(doubts.len() == 1 && doubts[0].contains(words) && doubts[0].contains(text), "{doubts:?}");
        }
        assert_eq!(doubts("WX11A22 WX11A23", Some(2)), Vec::<String>::new());
        assert!(doubts("WX11A22 WX11A23", Some(3))[0].contains("2 serial numbers for 3 drives"));
        let form = crate::form::Form::new([], &[], 0);
        assert!(check("WX11 wx11", &form.context()).unwrap_err().contains("twice"));
    }

    proptest! {
        #[test]
        fn no_text_makes_the_reading_fail(text in any::<String>()) {
            let _doubts = doubts(&text, Some(2));
            prop_assert!(read(&text).iter().all(|serial| !serial.is_empty()));
        }
    }
}
