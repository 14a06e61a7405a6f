//! Bytes to UTF-8: UTF-8 with or without byte order mark as it is, UTF-16 of both byte orders converted. It also holds a limit on how
//! much may be read for one piece of XML, so that no document makes memory grow.

use std::io::{self, Error, ErrorKind, Read};

/// The most bytes of one tag or one text: attributes and names are far shorter.
const LONGEST_PIECE: usize = 1 << 20;
/// Bytes read from the source at once for conversion.
const INPUT: usize = 32 * 1024;

/// How the bytes are encoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum ManifestEncoding {
    Utf8,
    Utf16 { big_endian: bool },
}

/// Gives UTF-8 whatever the source holds.
pub(super) struct DecodingReader<R> {
    source: R,
    encoding: Option<ManifestEncoding>,
    /// Converted, not given yet.
    ready: Vec<u8>,
    given: usize,
    /// Bytes of a character whose end has not come.
    rest: Vec<u8>,
    /// Bytes given since the last piece of XML.
    since_piece: usize,
}

impl<R: Read> DecodingReader<R> {
    pub(super) fn new(source: R) -> Self {
        Self { source, encoding: None, ready: Vec::new(), given: 0, rest: Vec::new(), since_piece: 0 }
    }

    /// A piece of XML is complete: the limit counts from here.
    pub(super) fn piece_is_complete(&mut self) {
        self.since_piece = 0;
    }

    /// Reads the first bytes and tells the encoding.
    fn begin(&mut self) -> io::Result<ManifestEncoding> {
        let mut first = [0; 4];
        let mut have = 0;
        while have < first.len() {
            match self.source.read(first.get_mut(have..).unwrap_or_default()) {
                Ok(0) => break,
                Ok(more) => have += more,
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        let first = first.get(..have).unwrap_or_default();
        let (encoding, mark) = match first {
            [0xEF, 0xBB, 0xBF, ..] => (ManifestEncoding::Utf8, 3),
            [0xFF, 0xFE, ..] => (ManifestEncoding::Utf16 { big_endian: false }, 2),
            [0xFE, 0xFF, ..] => (ManifestEncoding::Utf16 { big_endian: true }, 2),
            [b'<', 0, ..] => (ManifestEncoding::Utf16 { big_endian: false }, 0),
            [0, b'<', ..] => (ManifestEncoding::Utf16 { big_endian: true }, 0),
            _ => (ManifestEncoding::Utf8, 0),
        };
        let left = first.get(mark..).unwrap_or_default().to_vec();
        match encoding {
            ManifestEncoding::Utf8 => self.ready = left,
            ManifestEncoding::Utf16 { big_endian } => self.convert(&left, big_endian),
        }
        self.encoding = Some(encoding);
        Ok(encoding)
    }

    /// Converts UTF-16; half a character waits for the next bytes. A lone surrogate becomes U+FFFD.
    fn convert(&mut self, bytes: &[u8], big_endian: bool) {
        self.rest.extend_from_slice(bytes);
        let units: Vec<u16> = self
            .rest
            .chunks_exact(2)
            .map(|pair| {
                let pair = [pair.first().copied().unwrap_or(0), pair.last().copied().unwrap_or(0)];
                if big_endian { u16::from_be_bytes(pair) } else { u16::from_le_bytes(pair) }
            })
            .collect();
        let waits = units.last().is_some_and(|unit| (0xD800..0xDC00).contains(unit));
        let taken = units.len() - usize::from(waits);
        let text: String = char::decode_utf16(units.iter().take(taken).copied())
            .map(|unit| unit.unwrap_or(char::REPLACEMENT_CHARACTER))
            .collect();
        self.rest.drain(..taken * 2);
        self.ready.clear();
        self.ready.extend_from_slice(text.as_bytes());
        self.given = 0;
    }

    fn give(&mut self, out: &mut [u8]) -> usize {
        let left = self.ready.get(self.given..).unwrap_or_default();
        let count = left.len().min(out.len());
        if let (Some(to), Some(from)) = (out.get_mut(..count), left.get(..count)) {
            to.copy_from_slice(from);
        }
        self.given += count;
        count
    }

    fn read_decoded(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let encoding = match self.encoding {
            Some(encoding) => encoding,
            None => self.begin()?,
        };
        let given = self.give(out);
        if given > 0 {
            return Ok(given);
        }
        let ManifestEncoding::Utf16 { big_endian } = encoding else { return self.source.read(out) };
        let mut input = vec![0; INPUT];
        loop {
            let count = self.source.read(&mut input)?;
            if count == 0 {
                return Ok(0);
            }
            self.convert(input.get(..count).unwrap_or_default(), big_endian);
            let given = self.give(out);
            if given > 0 {
                return Ok(given);
            }
        }
    }
}

impl<R: Read> Read for DecodingReader<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        if self.since_piece > LONGEST_PIECE {
            return Err(Error::new(ErrorKind::FileTooLarge, "one tag or text is longer than a megabyte"));
        }
        let count = self.read_decoded(out)?;
        self.since_piece += count;
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Gives the bytes in pieces of that size.
    struct Pieces<'a>(&'a [u8], usize);

    impl Read for Pieces<'_> {
        fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
            let count = self.1.min(self.0.len()).min(out.len());
            out[..count].copy_from_slice(&self.0[..count]);
            self.0 = &self.0[count..];
            Ok(count)
        }
    }

    proptest! {
        #[test]
        fn every_encoding_gives_the_same_text_in_pieces_of_any_size(text in r"<\PC{0,40}", piece in 1usize..9) {
            let units: Vec<u16> = text.encode_utf16().collect();
            let little: Vec<u8> = units.iter().flat_map(|unit| unit.to_le_bytes()).collect();
            let big: Vec<u8> = units.iter().flat_map(|unit| unit.to_be_bytes()).collect();
            let mut with_mark = vec![0xEF, 0xBB, 0xBF];
            with_mark.extend_from_slice(text.as_bytes());
            let mut little_mark = vec![0xFF, 0xFE];
            little_mark.extend(&little);
            let mut big_mark = vec![0xFE, 0xFF];
            big_mark.extend(&big);
            for bytes in [text.as_bytes(), &with_mark, &little_mark, &big_mark] {
                let mut read = String::new();
                DecodingReader::new(Pieces(bytes, piece)).read_to_string(&mut read).unwrap();
                prop_assert_eq!(&read, &text);
            }
        }
    }

    #[test]
    fn a_piece_without_end_is_refused_before_memory_grows() {
        let mut read = Vec::new();
        let error = DecodingReader::new(io::repeat(b'a')).read_to_end(&mut read).unwrap_err();
        assert!(error.to_string().contains("longer than a megabyte") && read.len() < 4 << 20);
    }
}
