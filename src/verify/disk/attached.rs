//! The drives of this machine that may be returned ones: mounted ones with the file systems of Windows, at the usual places of removable
//! drives or with a manifest at their root, and partitions that `BitLocker` still locks. Nothing is mounted or changed.

use std::fs::{self, File};
use std::io::{ErrorKind, Read as _};
use std::path::{Path, PathBuf};

use super::super::rules::{AttachedDrive, AttachedState};

/// Where the system tells its drives. Tests give folders of their own.
#[derive(Clone, Debug)]
pub struct SystemPlaces {
    /// The table of mounts.
    pub mounts: PathBuf,
    /// A folder for each disk and partition.
    pub blocks: PathBuf,
    /// The devices.
    pub devices: PathBuf,
    /// The udev database: a file for each device, with its file system, e.g. `/run/udev/data`.
    pub known: PathBuf,
}

impl Default for SystemPlaces {
    fn default() -> Self {
        Self {
            mounts: "/proc/self/mountinfo".into(),
            blocks: "/sys/class/block".into(),
            devices: "/dev".into(),
            known: "/run/udev/data".into(),
        }
    }
}

/// File systems of drives that come from Windows.
const OF_WINDOWS: [&str; 5] = ["ntfs", "ntfs3", "fuseblk", "exfat", "ufsd"];
/// Where desktops and people mount removable drives.
const USUAL: [&str; 4] = ["/media/", "/run/media/", "/mnt/", "/Volumes/"];
/// The most names at a root that are looked at.
const MOST_NAMES: usize = 2_000;
/// How a volume begins that `BitLocker` encrypted, behind a jump of three bytes.
const LOCKED: &[u8] = b"-FVE-FS-";

/// The drives, mounted ones first. Blocks.
pub fn attached(places: &SystemPlaces) -> Vec<AttachedDrive> {
    let mounts = fs::read(&places.mounts).map(|text| read_mounts(&String::from_utf8_lossy(&text))).unwrap_or_default();
    let mut drives: Vec<AttachedDrive> = mounts.iter().filter_map(Mount::drive).collect();
    drives.extend(elsewhere());
    drives.extend(unmounted(places, &mounts));
    drives
}

/// A folder that is offered as it is, e.g. the copy of a drive; `None` where it has no manifest.
pub fn folder_with_manifest(folder: &Path) -> Option<AttachedDrive> {
    let manifests = manifests(folder);
    let state = AttachedState::Mounted(manifests.clone());
    (!manifests.is_empty()).then(|| AttachedDrive { place: folder.to_owned(), file_system: None, state })
}

/// A line of the table of mounts.
struct Mount {
    /// Major and minor number, e.g. `8:17`.
    number: String,
    place: PathBuf,
    file_system: String,
    source: String,
}

fn read_mounts(text: &str) -> Vec<Mount> {
    text.lines().filter_map(read_mount).collect()
}

/// `36 35 8:17 / /media/ada/WX11 rw - ntfs3 /dev/sdb1 rw`.
fn read_mount(line: &str) -> Option<Mount> {
    let (place, kind) = line.split_once(" - ")?;
    let mut of_place = place.split(' ').skip(2);
    let (number, place) = (of_place.next()?, of_place.nth(1)?);
    let (file_system, rest) = kind.split_once(' ')?;
    let source = rest.split(' ').next()?;
    Some(Mount {
        number: number.to_owned(),
        place: PathBuf::from(unescaped(place)),
        file_system: file_system.to_owned(),
        source: unescaped(source),
    })
}

/// Blanks stand as `\040`.
fn unescaped(text: &str) -> String {
    ["\\040", "\\011", "\\012", "\\134"]
        .into_iter()
        .zip([" ", "\t", "\n", "\\"])
        .fold(text.to_owned(), |text, (escaped, plain)| text.replace(escaped, plain))
}

impl Mount {
    /// The drive it may be. Only mounts of devices are looked into: a share over the network may not answer.
    fn drive(&self) -> Option<AttachedDrive> {
        if !self.source.starts_with('/') {
            return None;
        }
        let is_of_windows = OF_WINDOWS.contains(&self.file_system.as_str());
        let is_usual = USUAL.iter().any(|usual| self.place.to_string_lossy().starts_with(usual));
        let manifests = manifests(&self.place);
        (is_of_windows || is_usual || !manifests.is_empty()).then(|| AttachedDrive {
            place: self.place.clone(),
            file_system: Some(self.file_system.clone()),
            state: AttachedState::Mounted(manifests),
        })
    }
}

/// The manifests at the root of a drive, by their names.
fn manifests(root: &Path) -> Vec<String> {
    let names = fs::read_dir(root).into_iter().flatten().take(MOST_NAMES).filter_map(Result::ok);
    let names = names.map(|entry| entry.file_name().to_string_lossy().into_owned());
    let is_manifest =
        |name: &String| name.to_lowercase().ends_with(".manifest") || name.eq_ignore_ascii_case("DriveManifest.xml");
    let mut found: Vec<String> = names.filter(is_manifest).collect();
    found.sort_unstable();
    found
}

/// Disks and partitions that are not mounted, as far as they are locked or nobody knows.
fn unmounted(places: &SystemPlaces, mounts: &[Mount]) -> Vec<AttachedDrive> {
    let mut names: Vec<String> = fs::read_dir(&places.blocks)
        .into_iter()
        .flatten()
        .filter_map(|entry| Some(entry.ok()?.file_name().to_string_lossy().into_owned()))
        .filter(|name| !["loop", "ram", "zram", "sr", "dm-", "nbd", "md"].iter().any(|kind| name.starts_with(kind)))
        .collect();
    names.sort_unstable();
    names.iter().filter_map(|name| locked_or_unknown(places, mounts, name)).collect()
}

fn locked_or_unknown(places: &SystemPlaces, mounts: &[Mount], name: &str) -> Option<AttachedDrive> {
    let block = places.blocks.join(name);
    let number = fs::read_to_string(block.join("dev")).ok()?.trim().to_owned();
    let is_used = fs::read_dir(block.join("holders")).is_ok_and(|mut holders| holders.next().is_some());
    if is_used || mounts.iter().any(|mount| mount.number == number) {
        return None;
    }
    let device = places.devices.join(name);
    let state = match begins_locked(&device) {
        Ok(true) => AttachedState::Locked,
        Ok(false) => return None,
        Err(error) => match known_kind(places, &number).as_deref() {
            Some("BitLocker") => AttachedState::Locked,
            // Other disks that nobody may read are the system's own.
            None if is_removable(&block) && has_no_partitions(places, name) => AttachedState::Unknown(error),
            _ => return None,
        },
    };
    Some(AttachedDrive { place: device, file_system: None, state })
}

/// Whether a device or an image begins as a volume that `BitLocker` encrypted.
///
/// # Errors
/// It cannot be read; in words.
fn begins_locked(device: &Path) -> Result<bool, String> {
    let mut start = [0; 11];
    match File::open(device).and_then(|mut file| file.read_exact(&mut start)) {
        Ok(()) => Ok(start.get(3..) == Some(LOCKED)),
        Err(error) if error.kind() == ErrorKind::UnexpectedEof => Ok(false),
        Err(error) if error.kind() == ErrorKind::PermissionDenied => {
            Err("only root may read it: whether BitLocker locks it is not known".to_owned())
        }
        Err(error) => Err(format!("it could not be read ({error}): whether BitLocker locks it is not known")),
    }
}

/// What the system says the device holds, e.g. `BitLocker` or `ext4`.
fn known_kind(places: &SystemPlaces, number: &str) -> Option<String> {
    let text = fs::read_to_string(places.known.join(format!("b{number}"))).ok()?;
    text.lines().find_map(|line| line.strip_prefix("E:ID_FS_TYPE=")).map(str::to_owned)
}

fn is_removable(block: &Path) -> bool {
    let target = fs::canonicalize(block).unwrap_or_else(|_| block.to_owned());
    let says = |folder: &Path| fs::read_to_string(folder.join("removable")).is_ok_and(|text| text.trim() == "1");
    target.to_string_lossy().contains("/usb") || says(&target) || target.parent().is_some_and(says)
}

/// A disk with partitions is offered by its partitions.
fn has_no_partitions(places: &SystemPlaces, name: &str) -> bool {
    let parts = fs::read_dir(places.blocks.join(name)).into_iter().flatten().filter_map(Result::ok);
    !parts.map(|entry| entry.path().join("partition")).any(|partition| partition.exists())
}

/// The volumes of a system without such a table.
fn elsewhere() -> Vec<AttachedDrive> {
    let volumes: Vec<PathBuf> = if cfg!(target_os = "macos") {
        fs::read_dir("/Volumes").into_iter().flatten().filter_map(|entry| Some(entry.ok()?.path())).collect()
    } else if cfg!(windows) {
        ('D'..='Z').map(|letter| PathBuf::from(format!("{letter}:\\"))).collect()
    } else {
        Vec::new()
    };
    volumes.into_iter().filter_map(|volume| of_volume(&volume)).collect()
}

fn of_volume(volume: &Path) -> Option<AttachedDrive> {
    let state = match fs::read_dir(volume) {
        Ok(_) => AttachedState::Mounted(manifests(volume)),
        Err(error) if error.kind() == ErrorKind::NotFound => return None,
        Err(error) => AttachedState::Unknown(format!("it could not be opened ({error}): BitLocker may lock it")),
    };
    Some(AttachedDrive { place: volume.to_owned(), file_system: None, state })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn w97_drives_are_found_mounted_with_a_manifest_locked_and_unknown() {
        let home = tempfile::tempdir().unwrap();
        let at = |path: &str| {
            let path = home.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            path
        };
        let places = SystemPlaces {
            mounts: at("mountinfo"),
            blocks: at("blocks/x").parent().unwrap().into(),
            devices: at("dev/x").parent().unwrap().into(),
            known: at("known/x").parent().unwrap().into(),
        };
        let root = home.path().display();
        let mounts = format!(
            "22 1 8:1 / / rw - ext4 /dev/sda1 rw\n30 22 8:17 / {root}/my\\040drive rw - ntfs3 /dev/sdb1 rw\n\
             31 22 8:33 / {root}/plain rw - ext4 /dev/sdc1 rw\n32 22 0:5 / {root}/proc rw - proc proc rw\n"
        );
        fs::write(&places.mounts, mounts).unwrap();
        fs::write(at("my drive/WX11.manifest"), "").unwrap();
        fs::write(at("plain/drivemanifest.XML"), "").unwrap();
        fs::write(at("proc/WX12.manifest"), "").unwrap();
        let block = |name: &str, number: &str| {
            fs::write(at(&format!("blocks/{name}/dev")), number).unwrap();
            fs::write(at(&format!("blocks/{name}/removable")), "1").unwrap();
        };
        block("sdb1", "8:17\n");
        block("sdd1", "8:49\n");
        block("sde1", "8:65\n");
        block("sdf1", "8:81\n");
        block("sdg1", "8:97\n");
        fs::write(at("dev/sdb1"), [b"\xEB\x58\x90-FVE-FS-".as_slice(), &[0; 99]].concat()).unwrap();
        fs::write(at("dev/sdd1"), [b"\xEB\x58\x90-FVE-FS-".as_slice(), &[0; 99]].concat()).unwrap();
        fs::write(at("dev/sde1"), [b"\xEB\x52\x90NTFS    ".as_slice(), &[0; 99]].concat()).unwrap();
        fs::write(at("known/b8:81"), "E:ID_BUS=usb\nE:ID_FS_TYPE=BitLocker\n").unwrap();
        let found: Vec<(String, AttachedState)> = attached(&places)
            .into_iter()
            .map(|drive| (drive.place.file_name().unwrap().to_string_lossy().into_owned(), drive.state))
            .collect();
        let mounted = |name: &str| AttachedState::Mounted(vec![name.to_owned()]);
        assert_eq!(found[0], ("my drive".into(), mounted("WX11.manifest")));
        assert_eq!(found[1], ("plain".into(), mounted("drivemanifest.XML")));
        assert_eq!(found[2], ("sdd1".into(), AttachedState::Locked), "the mounted one is not locked");
        assert_eq!(found[3], ("sdf1".into(), AttachedState::Locked), "its device cannot be read, the system knows it");
        assert!(
            matches!(&found[4], (name, AttachedState::Unknown(why)) if name == "sdg1" && why.contains("not known"))
        );
        assert_eq!(found.len(), 5, "{found:?}");
    }
}
