//! One folder of a drive: what can be asked of it. Links are never followed.

use std::io;
use std::ops::ControlFlow;

use super::opened::{OpenProblem, OpenedFile};

/// What a name in a folder is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NameKind {
    /// A regular file.
    File,
    /// A folder.
    Folder,
    /// A link, of whatever kind the system has.
    Link,
    /// A pipe, socket or device.
    Other,
}

/// A folder that is open.
pub trait Folder: Sized {
    /// Opens the root of a drive. A link there was named by the person, and is followed.
    ///
    /// # Errors
    /// It is not there, or is no folder.
    fn root(path: &std::path::Path) -> io::Result<Self>;

    /// A folder in it.
    ///
    /// # Errors
    /// It is not there, or is something else.
    fn folder(&self, name: &str) -> Result<Self, OpenProblem>;

    /// A regular file in it.
    ///
    /// # Errors
    /// It is not there, or is something else.
    fn file(&self, name: &str) -> Result<OpenedFile, OpenProblem>;

    /// Calls `on_name` with each name in it. A name that is no text has U+FFFD in it.
    ///
    /// # Errors
    /// It cannot be listed, or not to its end.
    fn each_name(&self, on_name: &mut dyn FnMut(&str, NameKind) -> ControlFlow<()>) -> io::Result<()>;
}

/// The words for something that is no file.
pub(super) fn not_a_file(kind: NameKind, name: &str) -> OpenProblem {
    match kind {
        NameKind::Link => OpenProblem::Link(name.to_owned()),
        NameKind::Folder => OpenProblem::NotAFile("it is a folder".into()),
        NameKind::Other => OpenProblem::NotAFile("it is a pipe, socket or device".into()),
        NameKind::File => OpenProblem::NotAFile(format!("{name:?} is a file and should be a folder")),
    }
}
