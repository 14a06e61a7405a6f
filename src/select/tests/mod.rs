//! Examples for the selection, read as a person would use it; the properties are in `tests/selection_properties.rs`.

mod complement;
mod lists;
mod marks;

use super::*;

fn container(name: &str) -> Target {
    Target::Container { container: name.to_owned() }
}

fn folder(prefix: &str) -> Target {
    Target::Folder { container: "photos".to_owned(), prefix: prefix.to_owned() }
}

fn blob(name: &str) -> Target {
    Target::Blob { container: "photos".to_owned(), name: name.to_owned() }
}

fn prefix(text: &str) -> Rule {
    Rule::Prefix(text.to_owned())
}

fn path(text: &str) -> Rule {
    Rule::Blob { path: text.to_owned(), snapshots: true }
}
