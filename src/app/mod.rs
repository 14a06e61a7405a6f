//! The protocol of the program: the model, the messages that change it, the effects it asks for. No IO.

pub mod key;
