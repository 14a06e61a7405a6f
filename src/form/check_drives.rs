//! The fields of the step Verify: a drive by its folder, and the folder of the logs.

use super::spec::TEXT;
use super::{FieldSpec, Form};

/// The place of the field for a drive.
pub const FOLDER: usize = 0;
/// The place of the field for the logs.
pub const LOGS: usize = 1;

static SPECS: [FieldSpec; 2] = [
    FieldSpec {
        label: "Another drive",
        help: "The folder of a drive or of a copy of one: /mnt/drive1. Enter adds it to the list.",
        required: false,
        pasted: |text| folder(text).to_owned(),
        ..TEXT
    },
    FieldSpec {
        label: "Folder of logs",
        help: "Downloaded logs and manifests: /home/ada/logs. Data Box drives are checked by their verbose logs.",
        required: false,
        pasted: |text| folder(text).to_owned(),
        ..TEXT
    },
];

/// The empty form.
pub fn form() -> Form {
    Form::new(&SPECS, &[], FOLDER)
}

/// A typed folder without the blanks and quotation marks around it that a shell or a file manager puts there.
pub fn folder(typed: &str) -> &str {
    let typed = typed.trim();
    let inside = |mark: char| typed.strip_prefix(mark).and_then(|rest| rest.strip_suffix(mark));
    inside('"').or_else(|| inside('\'')).unwrap_or(typed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotation_marks_around_a_folder_are_not_part_of_it() {
        for typed in ["/mnt/a b", " /mnt/a b ", "'/mnt/a b'", "\"/mnt/a b\"\n"] {
            assert_eq!(folder(typed), "/mnt/a b");
        }
        assert_eq!(folder("'/mnt/odd"), "'/mnt/odd");
    }
}
