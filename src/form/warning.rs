//! Warnings: a value that is unusual and may still be right. Shown beside the field and on Review; it stops nobody.

/// An unusual value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldWarning {
    /// The place of the field in its form.
    pub field: usize,
    /// One sentence: what is unusual, and what it can lead to.
    pub text: String,
}

impl FieldWarning {
    /// A warning about a field.
    pub fn new(field: impl Into<usize>, text: impl Into<String>) -> Self {
        Self { field: field.into(), text: text.into() }
    }
}
