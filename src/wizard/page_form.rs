//! The form on a page, for a reader that asks for its fields one after another.

use crate::form::Form;

/// A form and how it stands on its page.
#[derive(Clone, Copy, Debug)]
pub struct AskedForm<'a> {
    /// The form.
    pub form: &'a Form,
    /// It cannot be changed.
    pub frozen: bool,
    /// One of its fields has the focus, and nothing beside the form.
    pub focused: bool,
    /// Its fields are what the step asks: they are asked as soon as the step is opened.
    pub leads: bool,
}
