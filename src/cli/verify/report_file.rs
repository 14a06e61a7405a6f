//! Reports in files, by the ending of the file's name.

use std::io::BufWriter;
use std::path::Path;

use crate::cli::failure::CommandFailure;
use crate::driver::live::{clean_text, write_table};
use crate::files;
use crate::verify::engine::CheckReport;
use crate::verify::report::{html, json};

/// The form of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ReportForm {
    Text,
    Html,
    Json,
    Csv,
}

impl ReportForm {
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
    let failed = |error: std::io::Error| {
        CommandFailure::wrong(format!("The report {} could not be written: {error}.", path.display()))
    };
    if form == ReportForm::Csv {
        return csv(path, report).map_err(failed);
    }
    let whole = match form {
        ReportForm::Html => html(report),
        ReportForm::Json => format!("{:#}\n", json(report)),
        _ => clean_text(report),
    };
    files::replace(path, ".blobfreight-report-", whole.as_bytes()).map_err(failed)
}

/// The promised entries are read once more: there may be too many for memory.
fn csv(path: &Path, report: &CheckReport) -> std::io::Result<()> {
    let file = tempfile::Builder::new()
        .prefix(".blobfreight-report-")
        .suffix(files::UNFINISHED)
        .tempfile_in(files::folder_of(path))?;
    let mut out = BufWriter::new(file);
    write_table(report, &mut out)?;
    let file = out.into_inner().map_err(std::io::IntoInnerError::into_error)?;
    file.as_file().sync_all()?;
    file.persist(path).map_err(|error| error.error)?;
    files::sync_folder(files::folder_of(path));
    Ok(())
}
