//! A warning: something unusual that may be right. Shown beside the answer and on the review page; never in the way.

/// Something unusual about a field that does not keep anybody from going on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldWarning {
    /// Index of the field in its form.
    pub field: usize,
    /// One sentence: what is unusual, and what it can lead to.
    pub text: String,
}

impl FieldWarning {
    /// A warning about a field.
    pub fn new(field: usize, text: impl Into<String>) -> Self {
        Self { field, text: text.into() }
    }
}
