//! Paths of a manifest, which nobody can trust: read into components, or refused. Nothing is looked up here.

use std::fmt;

/// The most components a path may have; NTFS allows 32,767 characters altogether.
const DEEPEST: usize = 1_024;
/// The most characters of a path on NTFS.
const LONGEST: usize = 32_767;

/// A path below the root of a drive: at least one component, none of which leads anywhere else.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DrivePath {
    components: Vec<String>,
}

/// Why a path is not followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PathProblem {
    /// Nothing is named.
    #[error("it is empty")]
    Empty,
    /// The root itself, or a server, or a device.
    #[error("it begins with more than one separator, as the path of a server or a device does")]
    Server,
    /// It begins with `/`.
    #[error("it is an absolute path")]
    Absolute,
    /// Two separators stand side by side, or one at the end.
    #[error("it has an empty component")]
    EmptyComponent,
    /// `.` or `..`.
    #[error("it has a component that leads up or nowhere (`.` or `..`)")]
    Upwards,
    /// `C:` or a stream of NTFS.
    #[error("it has a colon, as drive letters and streams have")]
    Colon,
    /// A control character.
    #[error("it has a control character")]
    Control,
    /// `NUL`, `COM1.txt`, …
    #[error("it has the name of a DOS device")]
    Device,
    /// More components or characters than NTFS allows.
    #[error("it is longer than NTFS allows")]
    TooLong,
}

impl DrivePath {
    /// Reads a path of a manifest: components with backslashes between them, usually one in front. A slash separates, too.
    ///
    /// # Errors
    /// It could lead out of the drive or to no plain file.
    pub fn read(text: &str) -> Result<Self, PathProblem> {
        let separator = |c: char| c == '\\' || c == '/';
        if text.starts_with('/') {
            return Err(PathProblem::Absolute);
        }
        let rest = text.strip_prefix('\\').unwrap_or(text);
        if rest.starts_with(separator) {
            return Err(PathProblem::Server);
        }
        if rest.is_empty() {
            return Err(PathProblem::Empty);
        }
        if text.chars().count() > LONGEST {
            return Err(PathProblem::TooLong);
        }
        let components: Vec<String> = rest.split(separator).map(str::to_owned).collect();
        for component in &components {
            check(component)?;
        }
        if components.len() > DEEPEST {
            return Err(PathProblem::TooLong);
        }
        Ok(Self { components })
    }

    /// Its components; the last is the file.
    pub fn components(&self) -> &[String] {
        &self.components
    }

    /// The folders on the way, and the name of the file.
    pub fn split(&self) -> (&[String], &str) {
        match self.components.split_last() {
            Some((name, folders)) => (folders, name),
            None => (&[], ""),
        }
    }
}

impl fmt::Display for DrivePath {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "\\{}", self.components.join("\\"))
    }
}

fn check(component: &str) -> Result<(), PathProblem> {
    match component {
        "" => Err(PathProblem::EmptyComponent),
        "." | ".." => Err(PathProblem::Upwards),
        // Windows reads ".. " and "..." as it reads "..".
        dots if dots.trim_end_matches([' ', '.']).is_empty() => Err(PathProblem::Upwards),
        stream if stream.contains(':') => Err(PathProblem::Colon),
        odd if odd.chars().any(char::is_control) => Err(PathProblem::Control),
        device if is_device(device) => Err(PathProblem::Device),
        _ => Ok(()),
    }
}

/// Whether Windows takes a name for a device: `NUL`, `nul.txt`, `COM1 .x`, `LPT²`.
fn is_device(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or(name).trim_end().to_uppercase();
    if matches!(stem.as_str(), "CON" | "PRN" | "AUX" | "NUL" | "CONIN$" | "CONOUT$" | "CLOCK$") {
        return true;
    }
    let port = stem.strip_prefix("COM").or_else(|| stem.strip_prefix("LPT"));
    port.is_some_and(|number| {
        let mut digits = number.chars();
        digits.next().is_some_and(|d| d.is_ascii_digit() || matches!(d, '¹' | '²' | '³')) && digits.next().is_none()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn plain_paths_are_read_with_or_without_the_separator_in_front() {
        let read = |text| DrivePath::read(text).unwrap().components().join("|");
        assert_eq!(read("\\pictures\\bob\\a.jpg"), "pictures|bob|a.jpg");
        assert_eq!(read("pictures/bob/a.jpg"), "pictures|bob|a.jpg");
        assert_eq!(read("\\$root\\..a\\...b\\COM10\\console.txt"), "$root|..a|...b|COM10|console.txt");
        assert_eq!(DrivePath::read("a\\b").unwrap().to_string(), "\\a\\b");
    }

    #[test]
    fn paths_that_lead_elsewhere_are_refused() {
        for (text, problem) in [
            ("", PathProblem::Empty),
            ("\\", PathProblem::Empty),
            ("/etc/passwd", PathProblem::Absolute),
            ("\\\\server\\share\\a", PathProblem::Server),
            ("\\\\?\\C:\\a", PathProblem::Server),
            ("\\\\.\\PhysicalDrive0", PathProblem::Server),
            ("\\/a", PathProblem::Server),
            ("..\\a", PathProblem::Upwards),
            ("\\a\\..\\..\\b", PathProblem::Upwards),
            ("\\a\\.. \\b", PathProblem::Upwards),
            ("\\a\\.\\b", PathProblem::Upwards),
            ("\\a\\\\b", PathProblem::EmptyComponent),
            ("\\a\\b\\", PathProblem::EmptyComponent),
            ("C:\\a", PathProblem::Colon),
            ("C:a", PathProblem::Colon),
            ("\\a\\b:stream", PathProblem::Colon),
            ("\\a\\b\u{0}c", PathProblem::Control),
            ("\\a\\b\u{7f}c", PathProblem::Control),
            ("\\NUL", PathProblem::Device),
            ("\\a\\con.txt", PathProblem::Device),
            ("\\a\\Lpt9.tar.gz", PathProblem::Device),
            ("\\a\\com¹", PathProblem::Device),
            ("\\aux \\b", PathProblem::Device),
        ] {
            assert_eq!(DrivePath::read(text), Err(problem), "{text:?}");
        }
        assert_eq!(DrivePath::read(&"a\\".repeat(2_000)), Err(PathProblem::EmptyComponent));
        assert_eq!(DrivePath::read(&"a".repeat(40_000)), Err(PathProblem::TooLong));
    }

    proptest! {
        #[test]
        fn no_path_that_is_read_leaves_the_drive(text in r"[\\/.:a-cC ]{0,12}|\PC{0,20}") {
            if let Ok(path) = DrivePath::read(&text) {
                for component in path.components() {
                    prop_assert!(!component.is_empty() && component != "." && component != "..");
                    prop_assert!(!component.contains(['\\', '/', ':']));
                }
            }
        }
    }
}
