//! A rule as text, typed in the wizard, given on the command line or read from a list. One function reads them all, refuses texts
//! that cannot be a rule and warns of likely slips. `scan` counts the blobs a rule matches.

use std::fmt;

use super::Rule;
use super::address::{AddressParts, address};
use super::container::{begins_container_name, is_container_name};

/// The form in which a text is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RuleForm {
    /// A prefix when it begins with `/`, the path of one blob otherwise: as a person types it.
    Either,
    /// A prefix; `--prefix` and `<BlobPathPrefix>`.
    Prefix,
    /// The path of one blob; `--path` and `<BlobPath>`. A leading `/` is dropped.
    Path,
}

/// A rule as read, with warnings to show before it is added.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TypedRule {
    /// The rule.
    pub rule: Rule,
    /// Likely slips; the rule can be added all the same.
    pub warnings: Vec<TypedWarning>,
}

/// Something about a rule that is often a slip.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum TypedWarning {
    /// The prefix is the beginning of a container name: it takes every container that begins so.
    OpenContainer,
    /// The prefix does not end in `/`: it takes every name that continues it.
    OpenPrefix,
    /// The prefix takes the whole account.
    WholeAccount,
    /// `*` and `?` are ordinary characters here.
    NoWildcards,
    /// Container names are lower-case.
    UpperCaseContainer,
    /// No container can have the name.
    NoContainerName,
    /// A backslash is an ordinary character in blob names.
    Backslash,
    /// `%20` and the like are taken as they are, not decoded.
    PercentEncoded,
    /// An exact path that ends in `/` means a blob of that very name, not a folder.
    PathEndsInSlash,
    /// Spaces at the end belong to the rule.
    OuterSpaces,
    /// A path began with `/`, which was dropped.
    LeadingSlash,
}

impl fmt::Display for TypedWarning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::OpenContainer => "takes every container whose name begins so; end it with / to mean one container",
            Self::OpenPrefix => "takes every name that continues it; end it with / to mean one folder",
            Self::WholeAccount => "takes the whole account, the list file and log containers included",
            Self::NoWildcards => "* and ? are ordinary characters, not wildcards; a prefix needs none",
            Self::UpperCaseContainer => "container names are lower-case, so this matches nothing",
            Self::NoContainerName => {
                "no container can have this name (3 to 63 small letters, digits and single hyphens), so this matches nothing"
            }
            Self::Backslash => "\\ is an ordinary character in a blob name; folders are written with /",
            Self::PercentEncoded => "%-codes are taken as they are; write the name itself",
            Self::PathEndsInSlash => "means one blob whose name ends in /; to mean the folder, make it a prefix that begins with /",
            Self::OuterSpaces => "the space at its end belongs to the name",
            Self::LeadingSlash => "a path begins with the container's name; its leading / was dropped",
        })
    }
}

/// The reason why a text is no rule. Each message says what to write instead.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TypedError {
    /// The text is empty.
    #[error(
        "nothing is named; write a prefix such as /photos/2024/ (/ is the whole account) or a path such as photos/cat.jpg"
    )]
    Empty,
    /// A web address; what to write for it is given.
    #[error("this is a web address, and a rule names no account; write {0}")]
    Address(String),
    /// A prefix without its first `/`.
    #[error("a prefix begins with /; write /{0}")]
    NoSlash(String),
    /// A path needs a container and a name.
    #[error(
        "a path needs a container and a name; write the prefix /{0}/ for the whole container, or $root/{0} for a blob of the root container"
    )]
    NoContainer(String),
    /// Written as in Windows; the text with slashes is given.
    #[error("folders are written with /, not \\; write /{0}/ for the folder, or {0} for a blob")]
    Backslashes(String),
    /// The container's name is missing, as in `//x`.
    #[error("the container's name is missing; the root container is written $root")]
    EmptyContainer,
    /// A space before the container's name; the text without it is given.
    #[error("a space stands before it, and no container's name begins with one; write {0}")]
    LeadingSpace(String),
    /// Several lines.
    #[error("one rule at a time: the text has a line end in it")]
    LineEnd,
}

/// Reads a rule as a person types it: a text that begins with `/` is a prefix, anything else the exact path of one blob with its
/// snapshots. Warns of a prefix that selects more than it seems to.
///
/// # Errors
/// [`TypedError`] when the text can be neither.
pub fn typed(text: &str) -> Result<TypedRule, TypedError> {
    if text.trim().is_empty() {
        return Err(TypedError::Empty);
    }
    if text.contains(['\n', '\r']) {
        return Err(TypedError::LineEnd);
    }
    let mut typed = read_rule(text, RuleForm::Either)?;
    if let Rule::Prefix(prefix) = &typed.rule {
        typed.warnings.extend(wide_prefix(prefix.get(1..).unwrap_or_default()));
    }
    Ok(typed)
}

/// Reads the text of a rule in the given form. Nothing is trimmed, since names may end with spaces.
///
/// # Errors
/// [`TypedError`] when the text cannot be meant as it stands.
pub fn read_rule(text: &str, form: RuleForm) -> Result<TypedRule, TypedError> {
    if text.trim().is_empty() {
        return Err(TypedError::Empty);
    }
    if let Some(parts) = address(text) {
        return Err(TypedError::Address(instead(&parts, form)));
    }
    let start = text.trim_start();
    if start.len() < text.len() {
        return Err(TypedError::LeadingSpace(start.trim_end().to_owned()));
    }
    let slash = text.strip_prefix('/');
    if slash.is_some_and(|rest| rest.starts_with('/')) {
        return Err(TypedError::EmptyContainer);
    }
    let path = slash.unwrap_or(text);
    let container = path.split('/').next().unwrap_or_default();
    if container.contains('\\') {
        return Err(TypedError::Backslashes(path.trim_matches(['\\', '/']).replace('\\', "/")));
    }
    match (form, slash) {
        (RuleForm::Prefix, None) => Err(TypedError::NoSlash(text.to_owned())),
        (RuleForm::Prefix | RuleForm::Either, Some(rest)) => {
            let known =
                if rest.contains('/') { is_container_name(container) } else { begins_container_name(container) };
            Ok(TypedRule { rule: Rule::Prefix(text.to_owned()), warnings: slips(path, known) })
        }
        (RuleForm::Path | RuleForm::Either, _) => {
            if path.split_once('/').is_none_or(|(_, name)| name.is_empty()) {
                return Err(TypedError::NoContainer(path.trim_end_matches('/').to_owned()));
            }
            let mut warnings = slips(path, is_container_name(container));
            warnings.extend(path.ends_with('/').then_some(TypedWarning::PathEndsInSlash));
            warnings.extend(slash.map(|_| TypedWarning::LeadingSlash));
            Ok(TypedRule { rule: Rule::Blob { path: path.to_owned(), snapshots: true }, warnings })
        }
    }
}

/// What to write in place of an address.
fn instead(parts: &AddressParts, form: RuleForm) -> String {
    let path = &parts.path;
    match (path.trim_matches('/').split_once('/'), form) {
        _ if path.is_empty() => "the prefix / for the whole account".to_owned(),
        (None, RuleForm::Prefix) => format!("/{}/", path.trim_matches('/')),
        (None, _) => {
            let name = path.trim_matches('/');
            format!("the prefix /{name}/ for the whole container, or $root/{name} for a blob of the root container")
        }
        (Some(_), RuleForm::Prefix) => format!("/{path}"),
        (Some(_), _) if path.ends_with('/') => format!("the prefix /{path}"),
        (Some(_), RuleForm::Either) => format!("{path} for the blob, or /{path}/ for the folder"),
        (Some(_), RuleForm::Path) => match &parts.snapshot {
            Some(time) => format!("{path}, with SnapshotTime=\"{time}\" for that snapshot alone"),
            None => path.clone(),
        },
    }
}

/// The warning for a prefix that selects more than it seems to; `rest` follows its first `/`.
fn wide_prefix(rest: &str) -> Option<TypedWarning> {
    match rest {
        "" => Some(TypedWarning::WholeAccount),
        _ if rest.ends_with('/') => None,
        _ if rest.contains('/') => Some(TypedWarning::OpenPrefix),
        _ => Some(TypedWarning::OpenContainer),
    }
}

/// Likely slips. `possible`: a container can have the name.
fn slips(path: &str, possible: bool) -> Vec<TypedWarning> {
    let container = path.split('/').next().unwrap_or_default();
    let capitals = container.chars().any(char::is_uppercase);
    let checks = [
        (path.contains(['*', '?']), TypedWarning::NoWildcards),
        (capitals, TypedWarning::UpperCaseContainer),
        (!possible && !capitals, TypedWarning::NoContainerName),
        (path.contains('\\'), TypedWarning::Backslash),
        (has_percent_code(path), TypedWarning::PercentEncoded),
        (path.trim_end() != path, TypedWarning::OuterSpaces),
    ];
    checks.into_iter().filter(|(found, _)| *found).map(|(_, warning)| warning).collect()
}

/// Whether `%` and two hexadecimal digits stand anywhere.
fn has_percent_code(text: &str) -> bool {
    let code = |codes: &[u8]| codes.len() > 2 && codes[0] == b'%' && codes[1..3].iter().all(u8::is_ascii_hexdigit);
    text.as_bytes().windows(3).any(code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn t28_a_path_as_windows_writes_it_is_told_how_to_write_it() {
        let told = typed("\\bench\\d0000").unwrap_err().to_string();
        assert!(told.ends_with("write /bench/d0000/ for the folder, or bench/d0000 for a blob"), "{told}");
        assert!(typed("bench/a\\b").is_ok(), "an ordinary character within a name");
    }
}
