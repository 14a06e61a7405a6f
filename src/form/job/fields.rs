//! Job name and options: fields, rules, a suggested name, and the way to and from the draft.
//!
//! Names follow what every documented rule set accepts (Microsoft pages: Jobs - Create; Naming rules and restrictions for Azure
//! resources): 3 to 24 lower-case letters, digits and hyphens.

pub mod tags;

use jiff::Timestamp;

use super::spec::{CheckContext, Choices, FieldKind, FieldSpec, TEXT, only_match};
use super::{FieldWarning, Form};
use crate::azure::model::LogLevel;
use crate::draft::JobAnswers;

/// Index of the job name.
pub const NAME: usize = 0;
/// Index of the resource group.
pub const RESOURCE_GROUP: usize = 1;
/// Index of the diagnostics path.
pub const DIAGNOSTICS_PATH: usize = 2;
/// Index of the log level.
pub const LOG_LEVEL: usize = 3;
/// Index of manifest backup.
pub const BACKUP_MANIFEST: usize = 4;
/// Index of the tags.
pub const TAGS: usize = 5;

const LONGEST_NAME: usize = 24;

/// The fields, in the order of the constants above.
pub static SPECS: [FieldSpec; 6] = [
    FieldSpec {
        label: "Job name",
        help: "3 to 24 lower-case letters, digits and hyphens, e.g. export-media-1122. It ends up on labels.",
        takes: name_takes,
        check: check_name,
        ..TEXT
    },
    FieldSpec {
        label: "Resource group",
        help: "An existing group of the subscription that will hold the job, e.g. media-rg.",
        kind: FieldKind::Pick(Choices { options: groups, settle: settle_group }),
        takes: group_takes,
        check: check_group,
        ..TEXT
    },
    FieldSpec {
        label: "Diagnostics path",
        help: "Container, and folder if wanted, for logs and manifests, e.g. waimportexport or logs/export.",
        takes: path_takes,
        check: check_path,
        ..TEXT
    },
    FieldSpec {
        label: "Log level",
        help: "What is logged, e.g. Verbose: every blob, the only proof of completeness. Error: failures only.",
        kind: FieldKind::Choice(&["Verbose", "Error"]),
        ..TEXT
    },
    FieldSpec {
        label: "Manifest backup",
        help: "Copies of the drive manifests in the account, e.g. on: a lost drive can then still be accounted for.",
        kind: FieldKind::Choice(&["on", "off"]),
        ..TEXT
    },
    FieldSpec {
        label: "Tags",
        help: "If your company asks for tags, e.g. CostCenter=4711, Owner=ana. A value with a comma in quotes: Team=\"Media, EU\".",
        required: false,
        check: |value, _| tags::parse(value).map(drop),
        ..TEXT
    },
];

/// The form with what was typed before.
pub fn form(answers: &JobAnswers, focus: usize) -> Form {
    let backup = if answers.backup_manifest { "on" } else { "off" };
    let values = [
        &*answers.name,
        &*answers.resource_group,
        &*answers.diagnostics_path,
        answers.log_level.as_str(),
        backup,
        &*answers.tags,
    ];
    Form::new(&SPECS, &values, focus)
}

/// Writes the form into the draft's answers as typed, right or wrong.
pub fn write(form: &Form, answers: &mut JobAnswers) {
    form.value(NAME).clone_into(&mut answers.name);
    form.value(RESOURCE_GROUP).clone_into(&mut answers.resource_group);
    form.value(DIAGNOSTICS_PATH).clone_into(&mut answers.diagnostics_path);
    answers.log_level = if form.value(LOG_LEVEL) == "Error" { LogLevel::Error } else { LogLevel::Verbose };
    answers.backup_manifest = form.value(BACKUP_MANIFEST) != "off";
    form.value(TAGS).clone_into(&mut answers.tags);
}

/// A name made of the account and the day (UTC), e.g. `export-mediaarchive-1122`; always one the check accepts.
pub fn suggest(account: &str, now: Timestamp) -> String {
    let tail = now.strftime("-%m%d").to_string();
    let room = LONGEST_NAME.saturating_sub("export-".len() + tail.len());
    let account: String = account.chars().filter(char::is_ascii_alphanumeric).take(room).collect();
    let account = account.to_ascii_lowercase();
    if account.is_empty() { format!("export{tail}") } else { format!("export-{account}{tail}") }
}

/// The name of another job of the same export: the name with `-2`, `-3` behind it. Where that is too long, the middle gives way
/// and a day at the end stays.
pub fn numbered(name: &str, number: usize) -> String {
    let is_day = |tail: &str| tail.len() == 4 && tail.bytes().all(|b| b.is_ascii_digit());
    let (stem, day) = name.rsplit_once('-').filter(|(_, tail)| is_day(tail)).unwrap_or((name, ""));
    let tail = if day.is_empty() { format!("-{number}") } else { format!("-{day}-{number}") };
    let stem: String = stem.chars().take(LONGEST_NAME.saturating_sub(tail.len())).collect();
    format!("{}{tail}", stem.trim_end_matches('-'))
}

/// The name, or the next in its row that is not taken.
pub fn untaken(name: &str, taken: impl Fn(&str) -> bool) -> String {
    if !taken(name) {
        return name.to_owned();
    }
    let row = name.rsplit_once('-').and_then(|(stem, tail)| Some((stem, tail.parse::<usize>().ok()?)));
    // A day such as 1122 is part of the name, not a number in a row.
    let (stem, number) = row.filter(|(_, number)| *number < 1000).unwrap_or((name, 1));
    let next = (number.saturating_add(1)..).map(|number| numbered(stem, number));
    next.into_iter().find(|name| !taken(name)).unwrap_or_else(|| name.to_owned())
}

/// Whether a name is one the check accepts.
pub fn is_name(name: &str) -> bool {
    refusal(name).is_ok()
}

/// What is unusual about the answers: a resource group the subscription does not list, odd tags. The service decides.
pub fn warnings(form: &Form) -> Vec<FieldWarning> {
    let group = form.trimmed(RESOURCE_GROUP);
    let known = &form.facts().groups;
    let unknown = !group.is_empty() && !known.is_empty() && !known.iter().any(|name| name.eq_ignore_ascii_case(group));
    let text = format!("The subscription lists no group {group}; the job goes into a group that exists already.");
    let tags = tags::doubt(form.trimmed(TAGS)).map(|text| FieldWarning::new(TAGS, text));
    unknown.then(|| FieldWarning::new(RESOURCE_GROUP, text)).into_iter().chain(tags).collect()
}

fn groups(text: &str, around: &CheckContext) -> Vec<String> {
    let wanted = text.to_lowercase();
    around.facts.groups.iter().filter(|name| name.to_lowercase().contains(&wanted)).cloned().collect()
}

fn settle_group(text: &str, around: &CheckContext) -> Option<String> {
    let known = &around.facts.groups;
    let own = known.iter().find(|name| name.eq_ignore_ascii_case(text)).cloned();
    own.or_else(|| only_match(text, known.iter().map(String::as_str)))
}

fn name_takes(c: char) -> Result<char, &'static str> {
    let fits = c.is_ascii_alphanumeric() || c == '-';
    if fits {
        Ok(c.to_ascii_lowercase())
    } else {
        Err("A job name takes lower-case letters a to z, digits and hyphens.")
    }
}

fn check_name(name: &str, _: &CheckContext) -> Result<(), String> {
    refusal(name)
}

fn refusal(name: &str) -> Result<(), String> {
    if let Some(c) = name.chars().find(|c| name_takes(*c) != Ok(*c)) {
        return Err(format!("\"{c}\" cannot be in a job name; use lower-case letters a to z, digits and hyphens."));
    }
    if !name.starts_with(|c: char| c.is_ascii_lowercase()) {
        return Err("A job name starts with a letter; put one in front, e.g. export-.".to_owned());
    }
    if name.ends_with('-') {
        return Err("A job name ends with a letter or a digit; take the last hyphen away.".to_owned());
    }
    match name.len() {
        0..3 => Err("A job name has at least 3 characters; make it longer.".to_owned()),
        3..=LONGEST_NAME => Ok(()),
        long => Err(format!("A job name has at most {LONGEST_NAME} characters; this one has {long}.")),
    }
}

fn group_takes(c: char) -> Result<char, &'static str> {
    let fits = c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | '(' | ')');
    if fits { Ok(c) } else { Err("A resource group name takes letters, digits, _ - . ( and ).") }
}

fn check_group(name: &str, _: &CheckContext) -> Result<(), String> {
    if let Some(c) = name.chars().find(|c| group_takes(*c).is_err()) {
        return Err(format!("\"{c}\" cannot be in a resource group name; it takes letters, digits, _ - . ( and )."));
    }
    if name.ends_with('.') {
        return Err("A resource group name does not end with a dot; take it away.".to_owned());
    }
    match name.chars().count() {
        0..=90 => Ok(()),
        long => Err(format!("A resource group name has at most 90 characters; this one has {long}.")),
    }
}

fn path_takes(c: char) -> Result<char, &'static str> {
    if c == '\\' { Err("Folders are parted by /, not by \\.") } else { Ok(c) }
}

/// Container rules: 3 to 63 lower-case letters, digits and single hyphens; folder rules: those of a blob name (Microsoft page:
/// Naming and referencing containers, blobs, and metadata).
fn check_path(path: &str, _: &CheckContext) -> Result<(), String> {
    if path.starts_with('/') {
        return Err("Start with the container, without a / in front, e.g. waimportexport.".to_owned());
    }
    let (container, folder) =
        path.split_once('/').map_or((path, None), |(container, folder)| (container, Some(folder)));
    check_container(container)?;
    let Some(folder) = folder else { return Ok(()) };
    if folder.contains('\\') || folder.contains(char::is_control) {
        return Err("Folders are parted by /, and hold no \\ and no control characters.".to_owned());
    }
    let folders = folder.strip_suffix('/').unwrap_or(folder);
    if folders.split('/').any(|part| part.trim().is_empty() || part.ends_with('.')) {
        return Err("Each folder needs a name that does not end with a dot, e.g. waimportexport/media.".to_owned());
    }
    if folder.chars().count() > 512 {
        return Err("The folder is longer than 512 characters; the logs' own names would not fit behind it.".to_owned());
    }
    Ok(())
}

fn check_container(name: &str) -> Result<(), String> {
    let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if let Some(c) = name.chars().find(|c| !fits(*c)) {
        return Err(format!("\"{c}\" cannot be in a container name; use lower-case letters, digits and hyphens."));
    }
    if name.starts_with('-') || name.ends_with('-') || name.contains("--") {
        return Err("In a container name each hyphen stands between letters or digits, e.g. export-logs.".to_owned());
    }
    if (3..=63).contains(&name.len()) {
        return Ok(());
    }
    Err(format!("A container name has 3 to 63 characters; \"{name}\" has {}.", name.len()))
}

#[cfg(test)]
mod tests;
