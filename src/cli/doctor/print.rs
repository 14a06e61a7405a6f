//! The checks as text, as JSON and as values between tabs.

use std::fmt::Write as _;

use serde_json::{Value, json};

use super::check::{CheckVerdict, DoctorCheck};
use crate::cli::output::{OutputArgs, OutputFormat};
use crate::cli::print;
use crate::ui::text::clean;

/// Columns of the verdicts in the text.
const VERDICT: usize = 11;
/// Columns of the names.
const NAME: usize = 20;

/// Prints all checks.
pub(super) fn print(output: OutputArgs, checks: &[DoctorCheck]) {
    match output.format() {
        OutputFormat::Json => print::json(&as_json(checks)),
        OutputFormat::Tsv => print::tsv(checks.iter().map(row).collect()),
        OutputFormat::Table => print::out(&text(checks)),
    }
}

fn row(check: &DoctorCheck) -> [String; 5] {
    let advice = check.advice.clone().unwrap_or_default();
    let [area, verdict] = [check.area.word(), check.verdict.word()].map(str::to_owned);
    [area, check.name.clone(), verdict, check.message.clone(), advice]
}

fn text(checks: &[DoctorCheck]) -> String {
    let mut text = String::new();
    for (at, check) in checks.iter().enumerate() {
        if at == 0 || checks[at - 1].area != check.area {
            let _ = writeln!(text, "{}{}", if at == 0 { "" } else { "\n" }, check.area.title());
        }
        let (verdict, name) = (check.verdict.word(), clean(&check.name));
        let _ = writeln!(text, "  {verdict:VERDICT$}  {name:NAME$}  {}", clean(&check.message));
        if let Some(advice) = &check.advice {
            let _ = writeln!(text, "  {:VERDICT$}  {:NAME$}  -> {}", "", "", clean(advice));
        }
    }
    let _ = writeln!(text, "\n{}", conclusion(checks));
    text
}

fn count(checks: &[DoctorCheck], verdict: CheckVerdict) -> usize {
    checks.iter().filter(|check| check.verdict == verdict).count()
}

fn conclusion(checks: &[DoctorCheck]) -> String {
    let [ok, warnings, failed, unchecked] =
        [CheckVerdict::Ok, CheckVerdict::Warning, CheckVerdict::Failed, CheckVerdict::NotChecked]
            .map(|verdict| count(checks, verdict));
    format!("{ok} ok, {warnings} with a warning, {failed} failed, {unchecked} not checked.")
}

/// Stable: members are added, never renamed or removed.
fn as_json(checks: &[DoctorCheck]) -> Value {
    let check = |check: &DoctorCheck| {
        json!({
            "area": check.area.word(),
            "name": check.name,
            "verdict": check.verdict.word().replace(' ', "-"),
            "message": check.message,
            "advice": check.advice,
        })
    };
    json!({
        "version": env!("CARGO_PKG_VERSION"),
        "ok": count(checks, CheckVerdict::Ok),
        "warnings": count(checks, CheckVerdict::Warning),
        "failed": count(checks, CheckVerdict::Failed),
        "notChecked": count(checks, CheckVerdict::NotChecked),
        "checks": checks.iter().map(check).collect::<Vec<_>>(),
    })
}
