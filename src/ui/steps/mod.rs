//! The body of each step: a file or a folder for each. `step_body` chooses by step; `failures` opens over `follow`, `fields` and `gone` are shared by several, `account_rights` is a part of `account`, `drive_verdict` is shared by `end` and `verify`.

mod account;
mod account_rights;
mod address;
mod blobs;
mod drive_verdict;
mod drives;
mod end;
mod failures;
mod fields;
mod follow;
mod gone;
mod keys;
mod location;
mod moved;
mod options;
mod request;
mod review;
mod review_estimate;
mod ship;
mod signin;
mod step_body;
mod verify;

pub(super) use blobs::SIGNS;
pub(super) use fields::{labelled, typed_line};
pub(super) use step_body::body;
