//! A problem in a list file, at a byte of the file. `read` turns it into an error with line and column.

pub(super) const BAD_AMPERSAND: &str = "a bare & stands here; write & as &amp;.";

/// The reason why a file is no list, at a byte of the file.
pub(super) struct Problem {
    pub(super) offset: usize,
    pub(super) sentence: String,
}

impl Problem {
    pub(super) fn at(offset: usize, sentence: impl Into<String>) -> Self {
        Self { offset, sentence: sentence.into() }
    }
}
