//! The program is killed at random moments, again and again, and has to end with what is true. A short form of each runs with the
//! other tests; the long one with `cargo test --release --test torture -- --ignored --nocapture`, which prints its figures.

#![expect(clippy::unwrap_used, reason = "what a test asks for and does not get ends the test")]

mod scan;
