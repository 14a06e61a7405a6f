//! The configuration file and the program's directories.
//!
//! - `config`: what the file configures
//! - `load`: reads the file; `parse` its text, with a place for every error; `error` why it is refused
//! - `theme`: the colours of text; `keys`: the keys chosen for actions; `sample` a file with every key as a comment
//! - `directories`: where the file, the drafts and the logs are

mod config;
mod directories;
mod error;
mod keys;
mod load;
mod parse;
mod sample;
mod theme;

pub use config::Config;
pub use directories::{Directories, places};
pub use error::ConfigError;
pub use sample::SAMPLE;
pub use theme::{Theme, ThemeBackground};

#[cfg(test)]
mod tests;
