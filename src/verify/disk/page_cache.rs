//! The system's cache of file contents. A check must read the drive, not what a copy left in memory a moment ago, and a drive of ten
//! terabytes must not push everything else out. Where a system has no such call, nothing is done.

use std::fs::File;

#[cfg(any(target_os = "linux", target_os = "android", target_os = "freebsd"))]
mod system {
    use std::fs::File;
    use std::num::NonZeroU64;

    use rustix::fs::{Advice, fadvise};

    fn advise(file: &File, offset: u64, length: u64, advice: Advice) {
        // No length means: to the end. A file system that takes no advice is read all the same.
        let length = if length == u64::MAX { None } else { NonZeroU64::new(length) };
        let _only_advice = fadvise(file, offset, length, advice);
    }

    pub(super) fn begin(file: &File) {
        advise(file, 0, u64::MAX, Advice::DontNeed);
    }

    pub(super) fn expect(file: &File, offset: u64, length: u64) {
        advise(file, offset, length, Advice::WillNeed);
    }

    pub(super) fn forget(file: &File, offset: u64, length: u64) {
        advise(file, offset, length, Advice::DontNeed);
    }
}

#[cfg(target_vendor = "apple")]
mod system {
    use std::fs::File;

    pub(super) fn begin(file: &File) {
        let _only_advice = rustix::fs::fcntl_nocache(file, true);
    }

    pub(super) fn expect(_: &File, _: u64, _: u64) {}

    pub(super) fn forget(_: &File, _: u64, _: u64) {}
}

#[cfg(not(any(target_os = "linux", target_os = "android", target_os = "freebsd", target_vendor = "apple")))]
mod system {
    use std::fs::File;

    pub(super) fn begin(_: &File) {}

    pub(super) fn expect(_: &File, _: u64, _: u64) {}

    pub(super) fn forget(_: &File, _: u64, _: u64) {}
}

/// Drops what the cache holds of a file.
pub(super) fn begin(file: &File) {
    system::begin(file);
}

/// Starts to read bytes that are wanted next.
pub(super) fn expect(file: &File, offset: u64, length: u64) {
    if length > 0 {
        system::expect(file, offset, length);
    }
}

/// Drops bytes that were read; `u64::MAX` means to the end.
pub(super) fn forget(file: &File, offset: u64, length: u64) {
    if length > 0 {
        system::forget(file, offset, length);
    }
}
