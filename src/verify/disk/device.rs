//! What a drive is on: which disk, and whether it spins. A spinning disk is read by one reader, in order.

use std::path::Path;

/// The disk below a folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Device {
    /// The same for folders on one disk.
    pub id: u64,
    /// It is a spinning disk; `None` where the system does not say.
    pub spins: Option<bool>,
}

/// Asks the system for the disk below a folder.
pub fn device_of(folder: &Path) -> Option<Device> {
    system::device_of(folder)
}

#[cfg(target_os = "linux")]
mod system {
    use std::fs;
    use std::path::{Path, PathBuf};

    use rustix::fs::{major, minor, stat};

    use super::Device;

    /// How many layers (encryption, volumes, arrays) may lie over a disk.
    const LAYERS: usize = 8;

    pub(super) fn device_of(folder: &Path) -> Option<Device> {
        let id = stat(folder).ok()?.st_dev;
        // Major 0: a file system without a disk, e.g. in memory or over the network.
        if major(id) == 0 {
            return Some(Device { id, spins: Some(false) });
        }
        let block = disk_of(fs::canonicalize(format!("/sys/dev/block/{}:{}", major(id), minor(id))).ok()?);
        let spins = fs::read_to_string(block.join("queue/rotational")).ok().map(|text| text.trim() == "1");
        let number = fs::read_to_string(block.join("dev")).ok().and_then(|text| {
            let (major, minor) = text.trim().split_once(':')?;
            Some((major.parse::<u64>().ok()? << 32) | minor.parse::<u64>().ok()?)
        });
        Some(Device { id: number.unwrap_or(id), spins })
    }

    /// The disk of a partition, or of the first disk below a layer.
    fn disk_of(mut block: PathBuf) -> PathBuf {
        for _ in 0..LAYERS {
            if block.join("partition").exists() {
                block.pop();
            }
            let below = fs::read_dir(block.join("slaves")).ok().and_then(|mut entries| entries.next()?.ok());
            match below.and_then(|entry| fs::canonicalize(entry.path()).ok()) {
                Some(below) => block = below,
                None => break,
            }
        }
        block
    }
}

#[cfg(all(unix, not(target_os = "linux")))]
mod system {
    use std::path::Path;

    use super::Device;

    pub(super) fn device_of(folder: &Path) -> Option<Device> {
        let found = std::fs::metadata(folder).ok()?;
        Some(Device { id: std::os::unix::fs::MetadataExt::dev(&found), spins: None })
    }
}

#[cfg(not(unix))]
mod system {
    use std::hash::{DefaultHasher, Hash as _, Hasher as _};
    use std::path::{Component, Path};

    use super::Device;

    /// The letter of the drive, or the share.
    pub(super) fn device_of(folder: &Path) -> Option<Device> {
        let full = std::fs::canonicalize(folder).ok()?;
        let Some(Component::Prefix(prefix)) = full.components().next() else { return None };
        let mut hasher = DefaultHasher::new();
        prefix.as_os_str().hash(&mut hasher);
        Some(Device { id: hasher.finish(), spins: None })
    }
}
