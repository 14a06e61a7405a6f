//! Plain line mode: an export on lines, in a terminal that cannot draw and over pipes, and a draft that goes on in the other way of asking.

use std::io::Write;
use std::process::{Command, Stdio};

use crate::support::pty::{Home, Pty};

/// The whole output so far holds the text.
fn says(program: &mut Pty, text: &str) {
    program.outputs(text);
}

/// Waits for what was said, then types an answer.
fn answers(program: &mut Pty, said: &str, answer: &str) {
    says(program, said);
    program.type_text(&format!("{answer}\r"));
}

/// Answers the fields of a form, each asked for by its name.
fn fill(program: &mut Pty, fields: &[(&str, &str)]) {
    for (label, answer) in fields {
        answers(program, &format!("{label}, field "), answer);
    }
}

const ADDRESS: [(&str, &str); 14] = [
    ("Contact name", "Ana Example"),
    ("Company", ""),
    ("Street", "1 Way"),
    ("Street, line 2", ""),
    ("Street, line 3", ""),
    ("City", "Ghent"),
    ("State or province", ""),
    ("Postal code", "9000"),
    ("Country or region", "Belgium"),
    ("Phone", "+32 9 000 00 00"),
    ("E-mail", "ops@contoso.example"),
    ("Address type", ""),
    ("Carrier", "FedEx"),
    ("Carrier account number", "123456789"),
];
