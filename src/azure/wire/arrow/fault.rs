//! Why a stream is not read.

/// Why a stream is not read. The texts have no full stop.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum ArrowFault {
    /// The stream is not what its format promises.
    Damaged(String),
    /// The format allows it, but it is not read here, e.g. compressed batches. The same listing can be read in XML.
    Unsupported(String),
}

pub(crate) type ArrowResult<T> = Result<T, ArrowFault>;

impl ArrowFault {
    /// The stream breaks its format.
    pub(crate) fn damaged(what: &str) -> Self {
        Self::Damaged(format!("the listing in Apache Arrow is damaged: {what}"))
    }

    /// The stream uses a part of the format that is not read here.
    pub(super) fn unsupported(what: &str) -> Self {
        Self::Unsupported(format!("the listing in Apache Arrow cannot be read: {what}"))
    }
}
