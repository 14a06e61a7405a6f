//! The project's own source files, for tests that read them.

use std::fs;
use std::path::{Path, PathBuf};

/// The folder of the project.
pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every Rust file under a folder of the project, at any depth.
pub(crate) fn sources(under: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut open = vec![root().join(under)];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                found.push(path);
            }
        }
    }
    found
}

/// Whether a file holds tests only.
pub(crate) fn is_test(path: &Path) -> bool {
    path.components().any(|part| part.as_os_str() == "tests") || path.file_stem().is_some_and(|stem| stem == "tests")
}

/// The code of a file without its comments and its tests.
pub(crate) fn code(path: &Path) -> String {
    let text = fs::read_to_string(path).unwrap();
    let mut code = Vec::new();
    let mut above = "";
    for line in text.lines() {
        // Behind `#[cfg(test)]` or `#[cfg(all(test, unix))]`; both stand at the end of a file.
        if line == "mod tests {" && above.starts_with("#[cfg(") && above.contains("test") {
            break;
        }
        if !line.trim_start().starts_with("//") {
            code.push(line);
        }
        above = line;
    }
    code.join("\n")
}

/// Reads the paths of `a::b` or `a::{b, c::{d, e as f}}`; gives the text behind it.
pub(crate) fn read_paths<'a>(prefix: &str, text: &'a str, found: &mut Vec<String>) -> &'a str {
    let length = text.find(|c: char| !c.is_alphanumeric() && !matches!(c, '_' | ':')).unwrap_or(text.len());
    let (path, rest) = text.split_at(length);
    let path = format!("{prefix}{path}");
    let Some(mut rest) = rest.strip_prefix('{').filter(|_| path.is_empty() || path.ends_with("::")) else {
        found.push(path);
        return rest;
    };
    loop {
        rest = rest.trim_start();
        if rest.is_empty() || rest.starts_with('}') {
            return rest.get(1..).unwrap_or_default();
        }
        rest = read_paths(&path, rest, found);
        // Behind a name stands a comma, `as another_name`, or the end of the group.
        rest = rest.find([',', '}']).map_or("", |at| rest[at..].trim_start_matches(','));
    }
}
