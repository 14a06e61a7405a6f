//! Every file of a drive, for the files that nobody promised.

use std::io;
use std::ops::ControlFlow;

use super::folder::{Folder, NameKind};

/// Folders of Windows at the root of each of its drives.
const OF_WINDOWS: [&str; 2] = ["system volume information", "$recycle.bin"];
/// How deep folders may lie in each other.
const DEEPEST: usize = 1_024;

/// Calls `on_file` with the components of each file, link and pipe, and `on_unlisted` with those of each folder that cannot be listed.
/// Stops where `on_file` says so.
pub fn walk<F: Folder>(
    root: &F,
    on_file: &mut dyn FnMut(&[String], NameKind) -> ControlFlow<()>,
    on_unlisted: &mut dyn FnMut(&[String], &io::Error),
) {
    let mut path = Vec::new();
    let _stopped = below(root, &mut path, on_file, on_unlisted);
}

fn below<F: Folder>(
    folder: &F,
    path: &mut Vec<String>,
    on_file: &mut dyn FnMut(&[String], NameKind) -> ControlFlow<()>,
    on_unlisted: &mut dyn FnMut(&[String], &io::Error),
) -> ControlFlow<()> {
    let mut folders = Vec::new();
    let mut flow = ControlFlow::Continue(());
    let listed = folder.each_name(&mut |name, kind| {
        let of_windows = path.is_empty() && OF_WINDOWS.contains(&name.to_ascii_lowercase().as_str());
        match kind {
            NameKind::Folder if of_windows => {}
            NameKind::Folder => folders.push(name.to_owned()),
            _ => {
                path.push(name.to_owned());
                flow = on_file(path, kind);
                path.pop();
            }
        }
        flow
    });
    if let Err(error) = listed {
        on_unlisted(path, &error);
    }
    flow?;
    folders.sort_unstable();
    for name in folders {
        path.push(name);
        let inner = path.last().map(|name| folder.folder(name));
        match inner {
            Some(Ok(inner)) if path.len() < DEEPEST => below(&inner, path, on_file, on_unlisted)?,
            Some(Err(problem)) => on_unlisted(path, &io::Error::other(problem)),
            _ => on_unlisted(path, &io::Error::other("it lies too deep")),
        }
        path.pop();
    }
    ControlFlow::Continue(())
}
