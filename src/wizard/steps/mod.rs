//! The steps of the wizard in the order a person takes them: one file or folder each.

pub mod account;
pub mod address;
pub mod blobs;
pub mod drives;
pub mod follow;
pub mod keys;
pub mod location;
pub mod options;
pub mod review;
pub mod ship;
pub mod signin;
pub mod verify;
