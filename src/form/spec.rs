//! The declaration of a field: its words, its kind, the characters it accepts, its check.

use jiff::civil::Date;

use super::Field;
use super::country::Country;
use crate::azure::model::ServiceName;

/// A field as its form declares it.
#[derive(Debug)]
pub struct FieldSpec {
    /// Its name on the screen.
    pub label: &'static str,
    /// One line shown while it has the focus, with an example in the right format.
    pub help: &'static str,
    /// An empty value is an error.
    pub required: bool,
    /// Whether the form has the field now, e.g. only for one of the services. A hidden field keeps its value and is not checked.
    pub shown: fn(&CheckContext) -> bool,
    /// A line under the field, with or without the focus.
    pub note: fn(&CheckContext) -> Option<String>,
    /// How it is filled in.
    pub kind: FieldKind,
    /// The character that the field takes for a typed one, e.g. `a` for `A`, or the line that says which characters it takes.
    pub accepts: fn(char) -> Result<char, &'static str>,
    /// What is wrong with a value, and what to do. Never called with an empty value.
    pub check: FieldCheck,
    /// The advice for an empty value; `None` where the help says enough.
    pub missing: fn(&CheckContext) -> Option<String>,
    /// The value in a pasted text, e.g. `+1 206 555 0123` in `Tel: +1 206 555 0123`.
    pub pasted: fn(&str) -> String,
    /// The value that the service gets for a typed one, e.g. `Netherlands` for `holland`.
    pub sent: fn(&str, &FormFacts) -> String,
}

impl FieldSpec {
    /// The value a field starts with. A field with fixed values always holds one of them: the first where `value` is none of them.
    pub(super) fn initial<'a>(&self, value: &'a str) -> &'a str {
        match self.kind {
            FieldKind::Choice(options) => {
                let known = options.iter().find(|option| option.eq_ignore_ascii_case(value.trim()));
                known.or(options.first()).copied().unwrap_or("")
            }
            _ => value,
        }
    }
}

/// A required field of free text. A declaration starts from it (`..TEXT`) and adds the field's label and help.
pub(super) const TEXT: FieldSpec = FieldSpec {
    label: "",
    help: "",
    required: true,
    shown: |_| true,
    note: |_| None,
    kind: FieldKind::Text,
    accepts: any_text,
    check: always_valid,
    missing: |_| None,
    pasted: str::to_owned,
    sent: |typed, _| typed.to_owned(),
};

/// Checks a trimmed value that is not empty. It may read the form's other values and the facts.
pub type FieldCheck = fn(&str, &CheckContext) -> Result<(), String>;

/// How a field is filled in.
#[derive(Clone, Copy, Debug)]
pub enum FieldKind {
    /// Free text.
    Text,
    /// One of a few fixed values; one of them is always chosen.
    Choice(&'static [&'static str]),
    /// Text with a list beside it that narrows with each key.
    Pick(Choices),
}

/// The list beside a [`FieldKind::Pick`] field.
#[derive(Clone, Copy, Debug)]
pub struct Choices {
    /// The entries that match the typed text, best first.
    pub options: fn(&str, &CheckContext) -> Vec<String>,
    /// The entry that a text names in another spelling, e.g. `FedEx` for `fed ex`, or the only entry that starts with it. The field
    /// takes it when the focus leaves.
    pub complete: fn(&str, &CheckContext) -> Option<String>,
}

/// Facts outside the form that its checks need. The step sets them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FormFacts {
    /// The service that takes the job.
    pub service: ServiceName,
    /// Today's date where the person is.
    pub today: Option<Date>,
    /// Carriers that the chosen shipping location names for the return; empty where it names none or no location is chosen.
    pub carriers: Vec<String>,
    /// Where the drives come back from.
    pub origin: DriveOrigin,
    /// What is known of the name of the job.
    pub name_note: Option<String>,
    /// A job was seen that has the name.
    pub name_taken: bool,
    /// Resource groups of the chosen subscription; empty until they were read.
    pub groups: Vec<String>,
}

/// The country that the drives come back from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DriveOrigin {
    /// Not known.
    #[default]
    Unknown,
    /// That of the account's region, while no location is chosen.
    Expected(&'static Country),
    /// That of the chosen location.
    Settled(&'static Country),
}

/// What a check may use beside its own value.
#[derive(Clone, Copy, Debug)]
pub struct CheckContext<'a> {
    pub(super) fields: &'a [Field],
    /// The facts outside the form.
    pub facts: &'a FormFacts,
}

impl CheckContext<'_> {
    /// The trimmed value of another field of the form; empty where there is no such field.
    pub fn value(&self, field: impl Into<usize>) -> &str {
        self.fields.get(field.into()).map_or("", |field| field.value().trim())
    }
}

/// Accepts every printable character.
///
/// # Errors
/// Refuses control characters.
pub fn any_text(c: char) -> Result<char, &'static str> {
    if c.is_control() { Err("Control characters cannot be part of an answer.") } else { Ok(c) }
}

/// The only name that starts with a text, in any case. `None` for an empty text, and where several names do.
pub(super) fn only_match<'a>(text: &str, names: impl IntoIterator<Item = &'a str>) -> Option<String> {
    let wanted = text.to_lowercase();
    let mut matching = names.into_iter().filter(|name| !wanted.is_empty() && name.to_lowercase().starts_with(&wanted));
    let only = matching.next()?;
    matching.next().is_none().then(|| only.to_owned())
}

/// The check of a field whose every value is right.
///
/// # Errors
/// None.
pub fn always_valid(_: &str, _: &CheckContext) -> Result<(), String> {
    Ok(())
}
