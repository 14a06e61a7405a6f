//! What a form knows about each of its fields before anything is typed: words, kind, characters taken, check.

use jiff::civil::Date;

use super::Field;

/// A field as a step declares it, once, in a static table.
#[derive(Debug)]
pub struct FieldSpec {
    /// Its name on the screen.
    pub label: &'static str,
    /// One line shown while it has the focus, with an example in the right format.
    pub help: &'static str,
    /// Must not be left empty.
    pub required: bool,
    /// How it is filled in.
    pub kind: FieldKind,
    /// What becomes of a typed character: taken (perhaps in another case), or refused with a line that says what is taken.
    pub takes: fn(char) -> Result<char, &'static str>,
    /// What is wrong with a filled-in value, and what to do. Never asked about an empty one.
    pub check: FieldCheck,
    /// What is said about an empty value beyond that it is missing; nothing where the help says enough.
    pub missing: fn(&CheckContext) -> Option<String>,
    /// What a pasted text means here: without words and marks that are not part of the value.
    pub pasted: fn(&str) -> String,
    /// The form in which the service gets a value, e.g. `Netherlands` for `holland`.
    pub sent: fn(&str) -> String,
}

/// A required field of free text. A declaration starts from it (`..TEXT`) and adds the field's label and help.
pub(super) const TEXT: FieldSpec = FieldSpec {
    label: "",
    help: "",
    required: true,
    kind: FieldKind::Text,
    takes: any_text,
    check: fine,
    missing: |_| None,
    pasted: str::to_owned,
    sent: str::to_owned,
};

/// Looks at a trimmed, non-empty value beside the form's other values and the facts around it.
pub type FieldCheck = fn(&str, &CheckContext) -> Result<(), String>;

/// How a field is filled in.
#[derive(Clone, Copy, Debug)]
pub enum FieldKind {
    /// Free text.
    Text,
    /// One of a few fixed values, always set.
    Choice(&'static [&'static str]),
    /// Text with a list beside it that narrows while one types.
    Pick(Choices),
}

/// The list beside a [`FieldKind::Pick`] field.
#[derive(Clone, Copy, Debug)]
pub struct Choices {
    /// What fits the text typed so far, best first.
    pub options: fn(&str, &CheckContext) -> Vec<String>,
    /// The one form of a text that names an entry, or is the start of only one; put into the field when it is left.
    pub settle: fn(&str, &CheckContext) -> Option<String>,
}

/// What is known outside the form and matters to its checks. Filled in by the step.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FormFacts {
    /// Today's date where the person is, as the last message told it.
    pub today: Option<Date>,
    /// Carriers the chosen shipping location names for the way back; empty when it names none or none is chosen.
    pub carriers: Vec<String>,
    /// Resource groups of the chosen subscription; empty until they were read.
    pub groups: Vec<String>,
}

/// What a check may look at beside its own value.
#[derive(Clone, Copy, Debug)]
pub struct CheckContext<'a> {
    pub(super) fields: &'a [Field],
    /// The facts outside the form.
    pub facts: &'a FormFacts,
}

impl CheckContext<'_> {
    /// The trimmed value of another field of the form; empty for an index out of range.
    pub fn value(&self, index: usize) -> &str {
        self.fields.get(index).map_or("", |field| field.value().trim())
    }
}

/// Takes every printable character.
///
/// # Errors
/// Refuses control characters.
pub fn any_text(c: char) -> Result<char, &'static str> {
    if c.is_control() { Err("Control characters cannot be part of an answer.") } else { Ok(c) }
}

/// The only one of these names that begins with a text, in any case; nothing for an empty text or more names.
pub(super) fn only_match<'a>(text: &str, names: impl IntoIterator<Item = &'a str>) -> Option<String> {
    let wanted = text.to_lowercase();
    let mut fitting = names.into_iter().filter(|name| !wanted.is_empty() && name.to_lowercase().starts_with(&wanted));
    let only = fitting.next()?;
    fitting.next().is_none().then(|| only.to_owned())
}

/// Finds nothing wrong.
///
/// # Errors
/// None.
pub fn fine(_: &str, _: &CheckContext) -> Result<(), String> {
    Ok(())
}
