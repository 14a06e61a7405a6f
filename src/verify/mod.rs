//! Proves that what is on a returned drive is what the service promised, byte by byte.
//!
//! - `rules`: what must be there and what can be wrong. Pure.
//! - `manifest`: drive manifests as a stream of entries.
//! - `disk`: opens the files of a drive without ever leaving it.
//! - `engine`: checks drives, on all cores.
//! - `report`: what came of a check, for people and programs. Pure.
//! - `hash`: MD5 of many parts at once, CRC-64.

pub mod disk;
pub mod engine;
pub mod hash;
pub mod manifest;
pub mod report;
pub mod rules;
