//! Any bytes as a draft. What it must hold is in `targets.rs`, which the ordinary tests run over the corpus, too.
#![no_main]

#[path = "../targets.rs"]
mod targets;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| targets::draft(bytes));
