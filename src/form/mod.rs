//! Forms: fields, their editor, when a field says that it is wrong, and the rules of each form of the wizard. Pure: drawing is in
//! `ui`, and the keys that move between fields are in `wizard`.
//!
//! The editor:
//! - `form`: a form as one value; `check` when it checks its fields, `typing` what a key or a paste changes, `choice` its lists
//! - `field`: one line of text with a cursor and undo; `edit` the keys that edit it; `window` the part of it that is visible
//! - `spec`: the declaration of a field; `form_field` a form's list of fields and the answers they edit; `warning` what is unusual
//!
//! The forms: `address`, `check_drives`, `drives`, `job`, `parcel`. What they share: `carrier`, `country`, `email` and `emails`, `phone`, `serials`, `tracking`. `paste` reads pasted
//! lines as an address.

pub mod address;
pub mod carrier;
mod check;
pub mod check_drives;
mod choice;
pub mod country;
pub mod drives;
mod edit;
mod email;
mod emails;
mod field;
mod form;
mod form_field;
pub mod job;
pub mod parcel;
pub mod paste;
mod phone;
pub mod serials;
mod spec;
pub mod tracking;
mod typing;
mod warning;
mod window;

pub use check::needs_you;
pub use edit::{Edit, KEYS, edit_for};
pub use field::{Field, MAX_CHARS};
pub use form::{FieldLine, Form};
pub use form_field::{FormField, form_of, write_form};
pub use spec::{
    CheckContext, Choices, DriveOrigin, FieldCheck, FieldKind, FieldSpec, FormFacts, always_valid, any_text,
};
pub use typing::EditOutcome;
pub use warning::FieldWarning;
pub use window::{FieldWindow, graphemes_to, window};

#[cfg(test)]
mod tests;
