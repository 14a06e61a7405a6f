//! The form of a command's output: one option for all commands that list or show something.

use clap::{Args, ValueEnum};
use serde_json::Value;

use super::print;

/// The form of the output.
#[derive(Clone, Copy, Debug, Default, Args)]
pub struct OutputArgs {
    /// Form of the output; without it a table
    #[arg(long, short = 'o', value_enum, value_name = "FORMAT", global = true)]
    pub output: Option<OutputFormat>,
    /// Print JSON: short for `--output json`
    #[arg(long, global = true, conflicts_with = "output")]
    pub json: bool,
}

/// A form of the output.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum OutputFormat {
    /// Aligned columns, for people
    #[default]
    Table,
    /// JSON
    Json,
    /// Values between tabs without a heading, for `cut` and `awk`
    Tsv,
}

impl OutputArgs {
    /// The form that was asked for.
    pub(super) fn format(self) -> OutputFormat {
        if self.json { OutputFormat::Json } else { self.output.unwrap_or_default() }
    }

    /// Whether it is JSON.
    pub(super) fn is_json(self) -> bool {
        self.format() == OutputFormat::Json
    }

    /// Writes one result: a text for people, or values between tabs, or the JSON of it.
    pub(super) fn one<const N: usize>(self, text: &str, values: [String; N], json: impl FnOnce() -> Value) {
        match self.format() {
            OutputFormat::Table => print::out(text),
            OutputFormat::Json => print::json(&json()),
            OutputFormat::Tsv => print::tsv(vec![values]),
        }
    }

    /// Writes a list: rows under a heading, or values between tabs, or the JSON of it.
    pub(super) fn list<const N: usize>(self, heading: [&str; N], rows: Vec<[String; N]>, json: impl FnOnce() -> Value) {
        match self.format() {
            OutputFormat::Table => print::table(heading, rows),
            OutputFormat::Json => print::json(&json()),
            OutputFormat::Tsv => print::tsv(rows),
        }
    }
}
