//! The list of a form's fields, in one place: each field with its declaration and the answer in the draft that it edits.

use strum::VariantArray;

use super::{FieldSpec, Form, FormFacts};

/// The fields of one form: an enum with a variant for each field, in the order of the screen.
pub trait FormField: VariantArray + Copy + Into<usize> {
    /// The answers that the form edits.
    type Answers;

    /// The declaration of the field.
    fn spec(self) -> &'static FieldSpec;

    /// Its text in the answers.
    fn read(self, answers: &Self::Answers) -> &str;

    /// Puts a text into the answers, right or wrong.
    fn write(self, answers: &mut Self::Answers, value: &str);
}

/// A form filled with the answers.
pub fn form_of<F: FormField>(answers: &F::Answers, focus: usize, facts: FormFacts) -> Form {
    let values: Vec<&str> = F::VARIANTS.iter().map(|field| field.read(answers)).collect();
    Form::new(F::VARIANTS.iter().map(|field| field.spec()), &values, focus).with_facts(facts)
}

/// Writes every field into the answers as typed, right or wrong.
pub fn write_form<F: FormField>(form: &Form, answers: &mut F::Answers) {
    for field in F::VARIANTS {
        field.write(answers, form.value(*field));
    }
}
