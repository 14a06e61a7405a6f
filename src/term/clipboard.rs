//! Copies through the terminal (OSC 52). That reaches the clipboard of the person's own machine, also over SSH. It cannot be read.

use std::io;

use crossterm::Command;
use crossterm::clipboard::CopyToClipboard;

/// The most bytes that are copied. In Base64 they fit into the 100,000 bytes that common terminals take in one sequence.
pub const LIMIT: usize = 74_994;

/// Why a text was not copied, as a sentence for a person.
#[derive(Debug, thiserror::Error)]
pub enum CannotCopy {
    /// Nothing is left after control characters are dropped.
    #[error("There is nothing to copy.")]
    Nothing,
    /// Longer than [`LIMIT`]; a terminal would drop it silently.
    #[error(
        "The text is too long to copy through the terminal ({bytes} bytes, at most {LIMIT}): save it as a file instead."
    )]
    TooLong {
        /// Length in bytes of UTF-8.
        bytes: usize,
    },
    /// Writing failed.
    #[error("The text could not be sent to the terminal: {0}.")]
    Terminal(io::Error),
}

/// The escape sequence that copies `text`. Control characters other than newline and tab are dropped: pasted into a shell they
/// could act.
///
/// # Errors
/// The text is empty or too long.
pub fn sequence(text: &str) -> Result<String, CannotCopy> {
    let text: String = text.chars().filter(|c| matches!(c, '\n' | '\t') || !c.is_control()).collect();
    match text.len() {
        0 => return Err(CannotCopy::Nothing),
        bytes if bytes > LIMIT => return Err(CannotCopy::TooLong { bytes }),
        _ => {}
    }
    let mut sequence = String::new();
    let command = CopyToClipboard::to_clipboard_from(text);
    command.write_ansi(&mut sequence).map_err(|error| CannotCopy::Terminal(io::Error::other(error)))?;
    Ok(sequence)
}

#[cfg(test)]
mod tests {
    use base64::Engine;
    use base64::prelude::BASE64_STANDARD;
    use proptest::prelude::*;

    use super::*;

    fn copied(text: &str) -> String {
        let sequence = sequence(text).unwrap();
        let encoded = sequence.strip_prefix("\x1b]52;c;").unwrap().strip_suffix("\x1b\\").unwrap();
        String::from_utf8(BASE64_STANDARD.decode(encoded).unwrap()).unwrap()
    }

    #[test]
    fn lines_are_copied_as_they_are() {
        assert_eq!(copied("Zürich\n8001\t東京"), "Zürich\n8001\t東京");
    }

    #[test]
    fn copied_text_holds_no_control_characters() {
        assert_eq!(copied("a\x1b[201~b\u{9b}c\rd"), "a[201~bcd");
    }

    #[test]
    fn a_text_that_is_too_long_is_refused_with_its_length() {
        assert!(sequence(&"x".repeat(LIMIT)).unwrap().len() <= 100_010);
        let refusal = sequence(&"x".repeat(LIMIT + 1)).unwrap_err().to_string();
        assert!(refusal.contains("74995 bytes"), "{refusal}");
        assert!(matches!(sequence("\x1b\x07"), Err(CannotCopy::Nothing)));
    }

    proptest! {
        #[test]
        fn any_text_is_one_sequence_without_stray_bytes(text in ".{1,200}") {
            if let Ok(sequence) = sequence(&text) {
                let inside = &sequence[7..sequence.len() - 2];
                prop_assert!(inside.bytes().all(|b| b.is_ascii_alphanumeric() || b"+/=".contains(&b)));
            }
        }
    }
}
