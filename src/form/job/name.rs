//! Names of jobs: which ones the service takes, and names the program suggests.
//!
//! A name that every documented rule set accepts has 3 to 24 lower-case letters, digits and hyphens (Microsoft pages: Jobs - Create;
//! Naming rules and restrictions for Azure resources).

use jiff::Timestamp;

const LONGEST: usize = 24;

/// A name made of the account and the day (UTC), e.g. `export-mediaarchive-1122`. The check accepts every one of them.
pub fn suggest(account: &str, now: Timestamp) -> String {
    let day = now.strftime("-%m%d").to_string();
    let room = LONGEST.saturating_sub("export-".len() + day.len());
    let account: String = account.chars().filter(char::is_ascii_alphanumeric).take(room).collect();
    let account = account.to_ascii_lowercase();
    if account.is_empty() { format!("export{day}") } else { format!("export-{account}{day}") }
}

/// The name with a number behind it: `media-2`. It names another job of the same export. A name that gets too long is shortened before
/// the day at its end: `export-mediaarch-1122-12`.
pub fn numbered(name: &str, number: usize) -> String {
    let is_day = |end: &str| end.len() == 4 && end.bytes().all(|b| b.is_ascii_digit());
    let (stem, day) = name.rsplit_once('-').filter(|(_, end)| is_day(end)).unwrap_or((name, ""));
    let end = if day.is_empty() { format!("-{number}") } else { format!("-{day}-{number}") };
    let stem: String = stem.chars().take(LONGEST.saturating_sub(end.len())).collect();
    format!("{}{end}", stem.trim_end_matches('-'))
}

/// The name, or where it is taken, the next free one with a number: `media-2`.
pub fn untaken(name: &str, taken: impl Fn(&str) -> bool) -> String {
    if !taken(name) {
        return name.to_owned();
    }
    let numbered_name = name.rsplit_once('-').and_then(|(stem, end)| Some((stem, end.parse::<usize>().ok()?)));
    // A day such as 1122 is part of the name, not its number.
    let (stem, number) = numbered_name.filter(|(_, number)| *number < 1000).unwrap_or((name, 1));
    let mut next = (number.saturating_add(1)..).map(|number| numbered(stem, number));
    next.find(|name| !taken(name)).unwrap_or_else(|| name.to_owned())
}

/// Whether the check accepts a name.
pub fn is_name(name: &str) -> bool {
    check(name).is_ok()
}

/// The check against a job that was seen.
pub(super) fn free(name: &str, taken: bool) -> Result<(), String> {
    let other = untaken(name, |other| other == name);
    if taken { Err(format!("The group has a job of this name; take another, e.g. {other}.")) } else { Ok(()) }
}

pub(super) fn accepts(c: char) -> Result<char, &'static str> {
    if c.is_ascii_alphanumeric() || c == '-' {
        Ok(c.to_ascii_lowercase())
    } else {
        Err("A job name takes lower-case letters a to z, digits and hyphens.")
    }
}

pub(super) fn check(name: &str) -> Result<(), String> {
    if let Some(c) = name.chars().find(|c| accepts(*c) != Ok(*c)) {
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
        3..=LONGEST => Ok(()),
        count => Err(format!("A job name has at most {LONGEST} characters; this one has {count}.")),
    }
}
