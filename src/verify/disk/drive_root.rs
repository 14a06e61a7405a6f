//! A path of a manifest to a file of the drive: component by component from the root, without following links. Where nothing has a name,
//! the folder is listed once and a name in another spelling is taken.

use std::collections::HashMap;
use std::io;
use std::ops::ControlFlow;
use std::path::Path;

use super::super::rules::{DrivePath, folded};
use super::folder::{Folder, NameKind};
use super::opened::{OpenProblem, OpenedFile};

/// The most names of a folder that are kept to look for another spelling.
const MOST_NAMES: usize = 100_000;

/// The root of a drive. The folder used last stays open: the files of a folder mostly follow each other.
pub struct DriveRoot<F> {
    root: F,
    open: Option<OpenFolder<F>>,
}

struct OpenFolder<F> {
    /// The components that were asked for.
    asked: Vec<String>,
    /// Those that were found.
    spelled: Vec<String>,
    folder: F,
    /// Its names by folded name, once it was listed; none where there are too many.
    names: Option<HashMap<String, String>>,
}

/// A file of the drive.
#[derive(Debug)]
pub struct FoundFile {
    /// The file.
    pub file: OpenedFile,
    /// Its path on the drive, where its spelling is another one than asked for.
    pub spelled: Option<String>,
}

impl<F: Folder> DriveRoot<F> {
    /// Opens the root.
    ///
    /// # Errors
    /// It is not there, or no folder.
    pub fn open(path: &Path) -> io::Result<Self> {
        Ok(Self { root: F::root(path)?, open: None })
    }

    /// The root itself.
    pub fn root(&self) -> &F {
        &self.root
    }

    /// Opens a file.
    ///
    /// # Errors
    /// It is not there, or something else is.
    pub fn file(&mut self, path: &DrivePath) -> Result<FoundFile, OpenProblem> {
        let (folders, name) = path.split();
        if self.open.as_ref().is_none_or(|open| open.asked != folders) {
            self.open = Some(self.enter(folders)?);
        }
        let Some(open) = &mut self.open else { return Err(OpenProblem::Missing) };
        let mut found = name.to_owned();
        let file = match open.folder.file(name) {
            Err(OpenProblem::Missing) => {
                let names = open.names.get_or_insert_with(|| names_of(&open.folder));
                found.clone_from(names.get(&folded(name)).ok_or(OpenProblem::Missing)?);
                open.folder.file(&found)?
            }
            other => other?,
        };
        let differs = found != name || open.spelled != open.asked;
        let spelled = || {
            format!(
                "\\{}",
                open.spelled.iter().map(String::as_str).chain([found.as_str()]).collect::<Vec<_>>().join("\\")
            )
        };
        Ok(FoundFile { file, spelled: differs.then(spelled) })
    }

    fn enter(&self, folders: &[String]) -> Result<OpenFolder<F>, OpenProblem> {
        let mut spelled = Vec::new();
        let mut at: Option<F> = None;
        for name in folders {
            let here = at.as_ref().unwrap_or(&self.root);
            let (next, found) = match here.folder(name) {
                Err(OpenProblem::Missing) => {
                    let other = other_spelling(here, name).ok_or(OpenProblem::Missing)?;
                    (here.folder(&other)?, other)
                }
                next => (next?, name.clone()),
            };
            spelled.push(found);
            at = Some(next);
        }
        // The root has no second handle of its own; `.` is the same folder.
        let folder = match at {
            Some(folder) => folder,
            None => self.root.folder(".")?,
        };
        Ok(OpenFolder { asked: folders.to_vec(), spelled, folder, names: None })
    }
}

/// The names of a folder by folded name; none where there are too many or it cannot be listed.
fn names_of(folder: &impl Folder) -> HashMap<String, String> {
    let mut names = HashMap::new();
    let listed = folder.each_name(&mut |name, _| {
        names.insert(folded(name), name.to_owned());
        if names.len() > MOST_NAMES { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    });
    if listed.is_ok() && names.len() <= MOST_NAMES { names } else { HashMap::new() }
}

/// The name of a folder that differs from the one asked for in spelling only.
fn other_spelling(folder: &impl Folder, name: &str) -> Option<String> {
    let wanted = folded(name);
    let mut found = None;
    let _unlisted_is_missing = folder.each_name(&mut |other, kind| {
        if kind == NameKind::Folder && folded(other) == wanted {
            found = Some(other.to_owned());
            return ControlFlow::Break(());
        }
        ControlFlow::Continue(())
    });
    found
}
