//! A rule typed by hand: what it means, and what looks like a slip. What it matches on the server is counted elsewhere.

use std::fmt;

use super::Rule;

/// A rule as typed, with what to tell before it is added.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Typed {
    /// What the text means.
    pub rule: Rule,
    /// What looks like a slip; the rule can be added all the same.
    pub warnings: Vec<TypedWarning>,
}

/// Something about a typed rule that is often a slip.
#[derive(Clone, Debug, PartialEq, Eq)]
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
    /// A backslash is an ordinary character in blob names.
    Backslash,
    /// `%20` and the like are taken as they are, not decoded.
    PercentEncoded,
    /// An exact path that ends in `/` means a blob of that very name, not a folder.
    PathEndsInSlash,
    /// Spaces at the beginning or the end belong to the rule.
    OuterSpaces,
}

impl fmt::Display for TypedWarning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::OpenContainer => "takes every container whose name begins so; end it with / to mean one container",
            Self::OpenPrefix => "takes every name that continues it; end it with / to mean one folder",
            Self::WholeAccount => "takes the whole account, the list file and log containers included",
            Self::NoWildcards => "* and ? are ordinary characters, not wildcards; a prefix needs none",
            Self::UpperCaseContainer => "container names are lower-case, so this matches nothing",
            Self::Backslash => "\\ is an ordinary character in a blob name; folders are written with /",
            Self::PercentEncoded => "%-codes are taken as they are; write the name itself",
            Self::PathEndsInSlash => "means one blob whose name ends in /; begin with / to mean the folder",
            Self::OuterSpaces => "the space at its beginning or end belongs to the name",
        })
    }
}

/// Why a typed text is no rule. Each message says what to type instead.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TypedError {
    /// Nothing was typed.
    #[error("type a prefix such as /photos/2024/ or a path such as photos/cat.jpg")]
    Empty,
    /// A web address.
    #[error("this is a web address; type what comes after the host, as /container/folder/ or container/blob")]
    Url,
    /// A path needs a container and a name.
    #[error(
        "a path needs a container and a name; type /{0}/ for the whole container, or $root/{0} for a blob of the root container"
    )]
    NoContainer(String),
    /// Written as in Windows; the text with slashes is given.
    #[error("folders are written with /, not \\; type /{0}/ for the folder, or {0} for a blob")]
    Backslashes(String),
    /// The container's name is missing, as in `//x`.
    #[error("the container's name is missing; the root container is written $root")]
    EmptyContainer,
    /// Several lines.
    #[error("one rule at a time: the text has a line end in it")]
    LineEnd,
}

/// Reads a typed rule: a text that begins with `/` is a prefix, anything else the exact path of one blob with its snapshots.
/// Nothing is trimmed, since names may begin and end with spaces.
///
/// # Errors
/// [`TypedError`] when the text can be neither.
pub fn typed(text: &str) -> Result<Typed, TypedError> {
    if text.trim().is_empty() {
        return Err(TypedError::Empty);
    }
    if text.contains(['\n', '\r']) {
        return Err(TypedError::LineEnd);
    }
    if text.starts_with("https://") || text.starts_with("http://") {
        return Err(TypedError::Url);
    }
    let mut warnings = common_warnings(text);
    if let Some(rest) = text.strip_prefix('/') {
        if rest.starts_with('/') {
            return Err(TypedError::EmptyContainer);
        }
        warnings.extend(prefix_warning(rest));
        return Ok(Typed { rule: Rule::Prefix(text.to_owned()), warnings });
    }
    match text.split_once('/') {
        None if text.trim_matches('\\').contains('\\') => {
            Err(TypedError::Backslashes(text.trim_matches('\\').replace('\\', "/")))
        }
        None | Some((_, "")) => Err(TypedError::NoContainer(text.trim_end_matches('/').to_owned())),
        Some(_) => {
            if text.ends_with('/') {
                warnings.push(TypedWarning::PathEndsInSlash);
            }
            Ok(Typed { rule: Rule::Blob { path: text.to_owned(), snapshots: true }, warnings })
        }
    }
}

/// What is worth a word about a prefix, given what follows its first `/`.
fn prefix_warning(rest: &str) -> Option<TypedWarning> {
    match rest {
        "" => Some(TypedWarning::WholeAccount),
        _ if rest.ends_with('/') => None,
        _ if rest.contains('/') => Some(TypedWarning::OpenPrefix),
        _ => Some(TypedWarning::OpenContainer),
    }
}

fn common_warnings(text: &str) -> Vec<TypedWarning> {
    let container = text.trim_start_matches('/').split('/').next().unwrap_or_default();
    let checks = [
        (text.contains(['*', '?']), TypedWarning::NoWildcards),
        (container.chars().any(char::is_uppercase), TypedWarning::UpperCaseContainer),
        (text.contains('\\'), TypedWarning::Backslash),
        (has_percent_code(text), TypedWarning::PercentEncoded),
        (text.trim() != text, TypedWarning::OuterSpaces),
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
        assert!(told.ends_with("type /bench/d0000/ for the folder, or bench/d0000 for a blob"), "{told}");
        assert!(typed("bench/a\\b").is_ok(), "an ordinary character within a name");
    }
}
