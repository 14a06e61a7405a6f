//! The forms of a selection that the services accept: inline lists in the request, an XML list file, and for Data Box the whole
//! account or whole containers.

use serde::{Deserialize, Serialize};

use super::{NotXml, Rule, write_list, write_plain_list};

/// Inline lists are used up to this many bytes of serialised JSON. The service's limit is 32 KB (Microsoft page: Put Job) and
/// does not say how it counts, so some room is left.
pub const INLINE_LIMIT: usize = 30_000;

/// A selection as the service takes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Compiled {
    /// Lists within the job itself (`export.blobList`). Blobs come with all their snapshots.
    Inline {
        /// Exact paths, `container/name`.
        blob_paths: Vec<String>,
        /// Prefixes, each beginning with `/`.
        blob_path_prefixes: Vec<String>,
        /// Size of the serialised lists in bytes, at most [`INLINE_LIMIT`].
        bytes: usize,
    },
    /// A list file, to be stored as a block blob in the same account and named by `export.blobListBlobPath`.
    ListFile {
        /// The file, UTF-8 without a byte order mark.
        xml: String,
        /// Why the lists cannot stay inline.
        reason: FileReason,
    },
    /// Every blob of the account.
    WholeAccount,
    /// Every blob of these containers.
    Containers(Vec<String>),
}

/// Why a selection needs a list file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileReason {
    /// A single snapshot, or a blob without its snapshots, can be said nowhere else.
    Snapshots,
    /// The inline lists would be this many bytes.
    TooLong {
        /// Size of the serialised lists.
        bytes: usize,
    },
    /// The service documents no other form for it.
    OnlyForm,
}

/// Why a selection cannot be sent.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CompileError {
    /// There is no rule.
    #[error("nothing is selected; check a container, a folder or a blob first")]
    Empty,
    /// A name that XML cannot hold is in a selection that needs a list file.
    #[error("{refused} {}", way_out(*.reason))]
    Refused {
        /// Which rule and character.
        refused: NotXml,
        /// Why a list file is needed.
        reason: FileReason,
    },
}

/// What the person can do about a name that XML cannot hold.
fn way_out(reason: FileReason) -> String {
    match reason {
        FileReason::Snapshots => {
            "Select it by a prefix that ends before that character, or take out the rules for single \
             snapshots and for blobs without snapshots, so that no list file is needed."
                .to_owned()
        }
        FileReason::TooLong { bytes } => format!(
            "Select it by a prefix that ends before that character, or use fewer rules ({bytes} bytes now, \
             {INLINE_LIMIT} at most), so that no list file is needed."
        ),
        FileReason::OnlyForm => "Select it by a prefix that ends before that character.".to_owned(),
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct InlineLists<'a> {
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    blob_path: &'a [String],
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    blob_path_prefix: &'a [String],
}

/// Compiles rules to the shortest form the service takes.
///
/// # Errors
/// [`CompileError::Empty`] without rules; [`CompileError::Refused`] when a list file is needed and a name holds a character
/// that XML 1.0 cannot.
pub fn compile(rules: &[Rule]) -> Result<Compiled, CompileError> {
    if rules.is_empty() {
        return Err(CompileError::Empty);
    }
    if rules.iter().any(Rule::needs_list_file) {
        return list_file(rules, FileReason::Snapshots);
    }
    let mut blob_paths = Vec::new();
    let mut blob_path_prefixes = Vec::new();
    for rule in rules {
        match rule {
            Rule::Prefix(prefix) => blob_path_prefixes.push(prefix.clone()),
            Rule::Blob { path, .. } | Rule::Snapshot { path, .. } => blob_paths.push(path.clone()),
        }
    }
    let lists = InlineLists { blob_path: &blob_paths, blob_path_prefix: &blob_path_prefixes };
    let bytes = serde_json::to_string(&lists).map_or(usize::MAX, |json| json.len());
    if bytes <= INLINE_LIMIT {
        Ok(Compiled::Inline { blob_paths, blob_path_prefixes, bytes })
    } else {
        list_file(rules, FileReason::TooLong { bytes })
    }
}

/// How paths and prefixes begin in the inline lists of Data Box. No document says it, so a person who knows says which.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum InlineListSlash {
    /// `/films/a.mov`.
    WithSlash,
    /// `films/a.mov`.
    WithoutSlash,
}

impl InlineListSlash {
    fn spell(self, rule: &Rule) -> String {
        let text = rule.text();
        match self {
            Self::WithSlash => text,
            Self::WithoutSlash => text.trim_start_matches('/').to_owned(),
        }
    }
}

/// Compiles rules for Data Box: the whole account, whole containers, or a list file; inline lists only where their form is given. None of
/// them knows snapshots, so a rule for one stands for its blob; [`Rule::needs_list_file`] tells which rules lose something.
///
/// # Errors
/// As [`compile`].
pub fn compile_for_data_box(rules: &[Rule], inline: Option<InlineListSlash>) -> Result<Compiled, CompileError> {
    if rules.is_empty() {
        return Err(CompileError::Empty);
    }
    if rules.iter().any(|rule| matches!(rule, Rule::Prefix(prefix) if prefix == "/")) {
        return Ok(Compiled::WholeAccount);
    }
    if let Some(containers) = rules.iter().map(whole_container).collect() {
        return Ok(Compiled::Containers(containers));
    }
    if let Some(lists) = inline.map(|slash| inline_lists(rules, slash)).filter(|(.., bytes)| *bytes <= INLINE_LIMIT) {
        let (blob_paths, blob_path_prefixes, bytes) = lists;
        return Ok(Compiled::Inline { blob_paths, blob_path_prefixes, bytes });
    }
    let reason = FileReason::OnlyForm;
    let xml = write_plain_list(rules).map_err(|refused| CompileError::Refused { refused, reason })?;
    Ok(Compiled::ListFile { xml, reason })
}

/// Paths, prefixes, and the size of both as JSON.
fn inline_lists(rules: &[Rule], slash: InlineListSlash) -> (Vec<String>, Vec<String>, usize) {
    let (prefixes, paths): (Vec<&Rule>, Vec<&Rule>) = rules.iter().partition(|rule| matches!(rule, Rule::Prefix(_)));
    let spell = |rules: Vec<&Rule>| {
        let mut texts: Vec<String> = rules.into_iter().map(|rule| slash.spell(rule)).collect();
        // A blob and its snapshot are one path.
        texts.dedup();
        texts
    };
    let (blob_path, blob_path_prefix) = (spell(paths), spell(prefixes));
    let lists = InlineLists { blob_path: &blob_path, blob_path_prefix: &blob_path_prefix };
    let bytes = serde_json::to_string(&lists).map_or(usize::MAX, |json| json.len());
    (blob_path, blob_path_prefix, bytes)
}

/// The container that a rule takes whole: `films` of `/films/`.
fn whole_container(rule: &Rule) -> Option<String> {
    let Rule::Prefix(prefix) = rule else { return None };
    let name = prefix.strip_prefix('/')?.strip_suffix('/')?;
    (!name.is_empty() && !name.contains('/')).then(|| name.to_owned())
}

fn list_file(rules: &[Rule], reason: FileReason) -> Result<Compiled, CompileError> {
    match write_list(rules) {
        Ok(xml) => Ok(Compiled::ListFile { xml, reason }),
        Err(refused) => Err(CompileError::Refused { refused, reason }),
    }
}
