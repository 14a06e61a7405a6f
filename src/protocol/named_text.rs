//! Texts that a call writes: to a file of the person, or as a blob into the account. Data only.

/// A text and the name of its file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedText {
    /// File name without folder.
    pub name: String,
    /// What is in it.
    pub text: String,
}

/// An XML list on its way into the account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListFile {
    /// Blob endpoint of the account.
    pub endpoint: String,
    /// Container it goes into.
    pub container: String,
    /// Blob name within the container.
    pub name: String,
    /// The document.
    pub xml: String,
}
