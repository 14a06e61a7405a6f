//! Writes the reports of a check to new files: text, a page, JSON, and a table of every blob. Never overwrites a file.

use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use super::new_file::NewFile;
use crate::azure::fault::Fault;
use crate::files;
use crate::ui::text::clean;
use crate::verify::engine::CheckReport;
use crate::verify::report::{CSV_HEADING, CsvRows, JsonReport, html, text};

/// The forms of a report, by the ending of its file.
const FORMS: [&str; 4] = ["txt", "html", "json", "csv"];

/// Writes the report to `reports/NAME.txt` and its like in the data directory; a number is added where a file is there already. Returns the
/// paths. Blocks.
///
/// # Errors
/// The directory or a file cannot be made. What was written until then stays.
pub(super) fn save(data: &Path, name: &str, report: &CheckReport) -> Result<Vec<PathBuf>, Fault> {
    let dir = data.join("reports");
    let fault = |error: &io::Error| {
        Fault::local("save the reports", format!("{}: {}", dir.display(), files::reason(error)))
            .advise("Make the directory writable, and the drives readable: the table reads their manifests once more.")
    };
    files::make_private_folder(&dir).map_err(|error| fault(&error))?;
    FORMS.iter().map(|form| write(&dir, name, form, report).map_err(|error| fault(&error))).collect()
}

fn write(dir: &Path, name: &str, form: &str, report: &CheckReport) -> io::Result<PathBuf> {
    let mut out = BufWriter::new(NewFile::create(dir, &format!("{name}.{form}"))?);
    write_form(report, form, &mut out)?;
    out.into_inner().map_err(io::IntoInnerError::into_error)?.keep()
}

/// Writes a report in one of its forms: `html`, `json`, `csv`, or else as text. It is written as it is read: it may be longer than memory.
///
/// # Errors
/// It cannot be written, or what it is made of cannot be read.
pub fn write_form(report: &CheckReport, form: &str, out: &mut impl Write) -> io::Result<()> {
    match form {
        "html" => html::<io::Error>(report, &mut |piece| out.write_all(piece.as_bytes())),
        "json" => {
            serde_json::to_writer_pretty(&mut *out, &JsonReport(report))?;
            out.write_all(b"\n")
        }
        "csv" => write_table(report, out),
        _ => out.write_all(clean_text(report)?.as_bytes()),
    }
}

/// The text report with every line cleaned of what a name could do to a terminal.
fn clean_text(report: &CheckReport) -> io::Result<String> {
    Ok(text(report)?.lines().flat_map(|line| [clean(line), "\n".to_owned()]).collect())
}

/// Writes every promised blob with its file and its verdict, as CSV. The promised entries are read once more: there may be too many for
/// memory.
///
/// # Errors
/// It cannot be written, or the promised entries of a drive cannot be read again.
fn write_table(report: &CheckReport, out: &mut impl Write) -> io::Result<()> {
    out.write_all(CSV_HEADING.as_bytes())?;
    for drive in &report.drives {
        let mut rows = CsvRows::new(drive);
        // A manifest that ends early ends the table of this drive; the report says so elsewhere.
        for promised in drive.promises.open()?.map_while(Result::ok) {
            out.write_all(rows.row(&promised)?.as_bytes())?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn w98_a_report_goes_to_new_files_in_four_forms_and_never_over_another() {
        let data = tempfile::tempdir().unwrap();
        let first = save(data.path(), "verify-export-1", &CheckReport::default()).unwrap();
        let again = save(data.path(), "verify-export-1", &CheckReport::default()).unwrap();
        for (at, form) in FORMS.iter().enumerate() {
            assert!(first[at].ends_with(format!("reports/verify-export-1.{form}")), "{first:?}");
            assert!(again[at].ends_with(format!("reports/verify-export-1-2.{form}")), "{again:?}");
        }
        assert!(fs::read_to_string(&first[3]).unwrap().starts_with("drive,blob,"));
        serde_json::from_slice::<serde_json::Value>(&fs::read(&first[2]).unwrap()).unwrap();
    }
}
