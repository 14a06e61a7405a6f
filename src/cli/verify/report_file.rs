//! Reports in files, by the ending of the file's name.

use std::path::Path;

use crate::cli::failure::CommandFailure;
use crate::driver::live::write_form;
use crate::files;
use crate::verify::engine::CheckReport;

/// The form of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ReportForm {
    Text,
    Html,
    Json,
    Csv,
}

impl ReportForm {
    /// The word that stands for it.
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Text => "txt",
            Self::Html => "html",
            Self::Json => "json",
            Self::Csv => "csv",
        }
    }

    /// By the ending of a name. Its folder must be there: the check itself may take a day.
    pub(super) fn of(path: &Path) -> Result<Self, CommandFailure> {
        if !files::folder_of(path).is_dir() {
            let sentence = format!("The report {} cannot be written: its folder is not there.", path.display());
            return Err(CommandFailure::wrong(sentence));
        }
        let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase()).unwrap_or_default();
        match ending.as_str() {
            "txt" => Ok(Self::Text),
            "html" | "htm" => Ok(Self::Html),
            "json" => Ok(Self::Json),
            "csv" => Ok(Self::Csv),
            _ => Err(CommandFailure::wrong(format!(
                "A report is written as .txt, .html, .json or .csv; {} ends in none of them.",
                path.display()
            ))),
        }
    }
}

/// Writes a report. The file appears when it is whole.
pub(super) fn write(path: &Path, form: ReportForm, report: &CheckReport) -> Result<(), CommandFailure> {
    let written = files::replace_with(path, |mut out| write_form(report, form.word(), &mut out));
    written.map_err(|error| {
        CommandFailure::wrong(format!("The report {} could not be written: {}.", path.display(), files::reason(&error)))
    })
}
