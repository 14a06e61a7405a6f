//! Bytes to characters: UTF-8 with or without byte order mark, UTF-16 in both byte orders. Pieces may end anywhere.

/// How the bytes of a log are to be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Encoding {
    Utf8,
    Utf16 { big_endian: bool },
}

/// Gives characters as soon as their last byte is there. Bytes that are no character become U+FFFD.
#[derive(Debug, Default)]
pub(super) struct TextDecoder {
    encoding: Option<Encoding>,
    /// Bytes of a character whose end has not come; before the encoding is known, the first bytes of the log.
    pending: Vec<u8>,
    /// The first half of a surrogate pair.
    surrogate: Option<u16>,
}

/// Bytes that show the encoding.
const START: usize = 3;

impl TextDecoder {
    /// Calls `on_character` with each character and the number of bytes it took.
    pub(super) fn push(&mut self, bytes: &[u8], on_character: &mut impl FnMut(char, usize)) {
        for byte in bytes {
            self.pending.push(*byte);
            if self.encoding.is_none() && self.pending.len() == START {
                self.begin(on_character);
            } else if self.encoding.is_some() {
                self.take(on_character);
            }
        }
    }

    /// The log ends here: what is left becomes U+FFFD.
    pub(super) fn finish(&mut self, on_character: &mut impl FnMut(char, usize)) {
        if self.encoding.is_none() {
            self.begin(on_character);
        }
        let left = std::mem::take(&mut self.pending).len() + if self.surrogate.take().is_some() { 2 } else { 0 };
        if left > 0 {
            on_character(char::REPLACEMENT_CHARACTER, left);
        }
    }

    /// Tells the encoding from the first bytes and reads them.
    fn begin(&mut self, on_character: &mut impl FnMut(char, usize)) {
        let start = std::mem::take(&mut self.pending);
        let (encoding, mark) = match start.as_slice() {
            [0xEF, 0xBB, 0xBF, ..] => (Encoding::Utf8, 3),
            [0xFF, 0xFE, ..] => (Encoding::Utf16 { big_endian: false }, 2),
            [0xFE, 0xFF, ..] => (Encoding::Utf16 { big_endian: true }, 2),
            [0, b'<', ..] => (Encoding::Utf16 { big_endian: true }, 0),
            [b'<', 0, ..] => (Encoding::Utf16 { big_endian: false }, 0),
            _ => (Encoding::Utf8, 0),
        };
        self.encoding = Some(encoding);
        if mark > 0 {
            on_character('\u{feff}', mark);
        }
        self.push(start.get(mark..).unwrap_or_default(), on_character);
    }

    /// Gives the characters that are whole.
    fn take(&mut self, on_character: &mut impl FnMut(char, usize)) {
        match self.encoding {
            Some(Encoding::Utf16 { big_endian }) => self.take_utf16(big_endian, on_character),
            Some(Encoding::Utf8) | None => self.take_utf8(on_character),
        }
    }

    fn take_utf8(&mut self, on_character: &mut impl FnMut(char, usize)) {
        if let [ascii @ 0..=0x7F] = self.pending.as_slice() {
            on_character(char::from(*ascii), 1);
            self.pending.clear();
            return;
        }
        while !self.pending.is_empty() {
            let (character, taken) = match std::str::from_utf8(&self.pending) {
                Ok(text) => {
                    let Some(character) = text.chars().next() else { return };
                    (character, character.len_utf8())
                }
                // The rest of the character is still to come.
                Err(error) if error.valid_up_to() == 0 && error.error_len().is_none() => return,
                Err(error) if error.valid_up_to() == 0 => (char::REPLACEMENT_CHARACTER, error.error_len().unwrap_or(1)),
                Err(error) => {
                    let valid = self.pending.get(..error.valid_up_to()).unwrap_or_default();
                    let character = std::str::from_utf8(valid).ok().and_then(|text| text.chars().next());
                    let character = character.unwrap_or(char::REPLACEMENT_CHARACTER);
                    (character, character.len_utf8().min(self.pending.len()))
                }
            };
            on_character(character, taken);
            self.pending.drain(..taken);
        }
    }

    fn take_utf16(&mut self, big_endian: bool, on_character: &mut impl FnMut(char, usize)) {
        let [first, second] = *self.pending.as_slice() else { return };
        self.pending.clear();
        let unit = if big_endian { u16::from_be_bytes([first, second]) } else { u16::from_le_bytes([first, second]) };
        let high = self.surrogate.take();
        match (high, unit) {
            (Some(high), 0xDC00..=0xDFFF) => {
                let character = char::decode_utf16([high, unit]).next().and_then(Result::ok);
                on_character(character.unwrap_or(char::REPLACEMENT_CHARACTER), 4);
            }
            (high, 0xD800..=0xDBFF) => {
                if high.is_some() {
                    on_character(char::REPLACEMENT_CHARACTER, 2);
                }
                self.surrogate = Some(unit);
            }
            (high, unit) => {
                if high.is_some() {
                    on_character(char::REPLACEMENT_CHARACTER, 2);
                }
                let character = char::from_u32(u32::from(unit));
                on_character(character.unwrap_or(char::REPLACEMENT_CHARACTER), 2);
            }
        }
    }
}
