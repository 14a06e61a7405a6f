//! One value of a column, and its text as the XML of the same listing has it.
#![expect(clippy::inline_always, reason = "called for every row; nothing else is inlined in a program built for size")]

use std::borrow::Cow;

use jiff::Timestamp;
use jiff::fmt::rfc2822::DateTimePrinter;

/// One value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ArrowValue<'a> {
    /// The row has none.
    Absent,
    Flag(bool),
    Number(i128),
    /// Seconds since 1970 in UTC, and nanoseconds.
    Time(i64, i32),
    Text(&'a str),
}

impl<'a> ArrowValue<'a> {
    /// The text of this value in an element of XML: a time is `Sun, 22 Nov 2026 21:34:08 GMT`. Empty for an absent value, and for
    /// a time out of all range.
    pub(crate) fn text(self) -> Cow<'a, str> {
        match self {
            Self::Absent => Cow::Borrowed(""),
            Self::Flag(flag) => Cow::Borrowed(if flag { "true" } else { "false" }),
            Self::Number(number) => Cow::Owned(number.to_string()),
            Self::Time(seconds, _) => {
                let time = Timestamp::from_second(seconds).ok();
                let text = time.and_then(|time| DateTimePrinter::new().timestamp_to_rfc9110_string(&time).ok());
                Cow::Owned(text.unwrap_or_default())
            }
            Self::Text(text) => Cow::Borrowed(text),
        }
    }

    /// The id of a snapshot or version: a time is `2026-11-22T21:34:08.1234567Z`.
    pub(crate) fn id(self) -> Cow<'a, str> {
        let Self::Time(seconds, nanoseconds) = self else { return self.text() };
        let time = Timestamp::from_second(seconds).unwrap_or_default();
        Cow::Owned(format!("{}.{:07}Z", time.strftime("%Y-%m-%dT%H:%M:%S"), nanoseconds / 100))
    }

    /// Whether it says `true`.
    #[inline(always)]
    pub(crate) fn is_true(self) -> bool {
        match self {
            Self::Flag(flag) => flag,
            Self::Text(text) => text.eq_ignore_ascii_case("true"),
            Self::Absent | Self::Number(_) | Self::Time(..) => false,
        }
    }

    /// Whether this is the resource type of a virtual folder. Services differ in its case.
    #[inline(always)]
    pub(crate) fn is_blob_prefix(self) -> bool {
        matches!(self, Self::Text(text) if text.eq_ignore_ascii_case("BlobPrefix"))
    }
}
