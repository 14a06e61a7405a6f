//! What happens to a drive on its way: `POST /simulator/drives` with a list of damages, `GET` for the folders of the drives.

use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};

use serde::Deserialize;
use serde_json::{Value, json};

use super::super::response::{Request, Response};
use super::super::state::SimState;

/// One damage. Paths are relative to the folder for drives: `JOB/DRIVE/container/name`.
#[derive(Debug, Deserialize)]
#[serde(tag = "kind", rename_all = "camelCase", deny_unknown_fields)]
enum DriveDamage {
    /// One byte changes.
    Flip { path: String, offset: u64 },
    /// Bytes become zero.
    Zero { path: String, offset: u64, length: u64 },
    /// The file vanishes.
    Missing { path: String },
    /// The file has another length; what is new is zero.
    Length { path: String, length: u64 },
    /// A folder stands in the place of the file.
    Folder { path: String },
    /// The file has another name, in the same folder.
    Name { path: String, name: String },
    /// Two files hold each other's bytes.
    Swap { path: String, with: String },
    /// A file that nobody exported.
    Extra { path: String },
}

/// Answers `/simulator/drives`.
pub(crate) fn handle(state: &SimState, request: &Request) -> Response {
    let Some(folder) = &state.drives else {
        return Response::arm_error(404, "NotFound", "The simulated Azure was started without a folder for drives.");
    };
    if request.method != "POST" {
        return Response::json(200, &drives(state, folder));
    }
    match serde_json::from_slice::<Vec<DriveDamage>>(&request.body) {
        Ok(list) => match list.iter().try_for_each(|damage| damage.happen(folder)) {
            Ok(()) => Response::json(200, &json!({ "done": list.len() })),
            Err(error) => {
                Response::arm_error(400, "InvalidRequestContent", &format!("The damage could not be done: {error}"))
            }
        },
        Err(error) => {
            Response::arm_error(400, "InvalidRequestContent", &format!("This is not a list of damages: {error}"))
        }
    }
}

fn drives(state: &SimState, folder: &Path) -> Value {
    let of_job = |job: &super::super::jobs::job::StoredJob| {
        let name = job.name.clone();
        job.manifests
            .keys()
            .map(move |drive| json!({ "job": name, "driveId": drive, "folder": folder.join(&name).join(drive) }))
            .collect::<Vec<_>>()
    };
    json!({ "drives": state.jobs.values().flat_map(of_job).collect::<Vec<_>>() })
}

/// A path below the folder for drives, never beside it.
fn below(folder: &Path, path: &str) -> io::Result<PathBuf> {
    let path = Path::new(path);
    if path.components().all(|part| matches!(part, Component::Normal(_))) {
        return Ok(folder.join(path));
    }
    Err(io::Error::new(io::ErrorKind::InvalidInput, "the path leads out of the folder for drives"))
}

impl DriveDamage {
    fn happen(&self, folder: &Path) -> io::Result<()> {
        let at = |path: &str| below(folder, path);
        match self {
            Self::Flip { path, offset } => change(&at(path)?, *offset, 1, |byte| byte ^ 1),
            Self::Zero { path, offset, length } => change(&at(path)?, *offset, *length, |_| 0),
            Self::Missing { path } => fs::remove_file(at(path)?),
            Self::Length { path, length } => fs::OpenOptions::new().write(true).open(at(path)?)?.set_len(*length),
            Self::Folder { path } => {
                fs::remove_file(at(path)?)?;
                fs::create_dir(at(path)?)
            }
            Self::Name { path, name } => {
                let from = at(path)?;
                fs::rename(&from, below(from.parent().unwrap_or(folder), name)?)
            }
            Self::Swap { path, with } => {
                let (one, two) = (fs::read(at(path)?)?, fs::read(at(with)?)?);
                fs::write(at(path)?, two)?;
                fs::write(at(with)?, one)
            }
            Self::Extra { path } => fs::write(at(path)?, "nobody exported this"),
        }
    }
}

fn change(path: &Path, offset: u64, length: u64, to: impl Fn(u8) -> u8) -> io::Result<()> {
    let mut bytes = fs::read(path)?;
    let start = usize::try_from(offset).unwrap_or(usize::MAX).min(bytes.len());
    let end = start.saturating_add(usize::try_from(length).unwrap_or(usize::MAX)).min(bytes.len());
    for byte in bytes.get_mut(start..end).unwrap_or_default() {
        *byte = to(*byte);
    }
    fs::write(path, bytes)
}
