//! The diagnostics path: a container, and a folder if wanted, for the service's logs.
//!
//! A container has 3 to 63 lower-case letters, digits and single hyphens; a folder follows the rules of a blob name (Microsoft page:
//! Naming and referencing containers, blobs, and metadata).

pub(super) fn accepts(c: char) -> Result<char, &'static str> {
    if c == '\\' { Err("Folders are separated by /, not by \\.") } else { Ok(c) }
}

pub(super) fn check(path: &str) -> Result<(), String> {
    if path.starts_with('/') {
        return Err("Start with the container, without a / in front, e.g. waimportexport.".to_owned());
    }
    match path.split_once('/') {
        None => check_container(path),
        Some((container, folder)) => check_container(container).and_then(|()| check_folder(folder)),
    }
}

fn check_folder(path: &str) -> Result<(), String> {
    if path.contains('\\') || path.contains(char::is_control) {
        return Err("Folders are separated by /, and hold no \\ and no control characters.".to_owned());
    }
    let folders = path.strip_suffix('/').unwrap_or(path);
    if folders.split('/').any(|name| name.trim().is_empty() || name.ends_with('.')) {
        return Err("Each folder needs a name that does not end with a dot, e.g. waimportexport/media.".to_owned());
    }
    if path.chars().count() > 512 {
        return Err("The folder is longer than 512 characters; the logs' own names would not fit behind it.".to_owned());
    }
    Ok(())
}

fn check_container(name: &str) -> Result<(), String> {
    let allowed = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if let Some(c) = name.chars().find(|c| !allowed(*c)) {
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
