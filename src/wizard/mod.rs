//! The wizard: the steps of an export and what they share. Nothing here does IO; a step returns effects.
//!
//! From the bottom up:
//!
//! - `shared`: what every step reads and changes: draft, session, answers of the service, requests.
//! - `clock`, `count_state`, `gone`, `guide`, `inquiry`, `list`, `page_form`, `poll`, `progress`, `form_keys`: small parts that several steps use.
//! - `failures`: the page of what was not exported, which opens over a step.
//! - `paperwork`: papers that a parcel needs. `service`: which service takes the job. `taken`: the draft of a job that was made without one.
//! - `step`: the trait of a step. `form_step`: the same for a step that is a form.
//! - `steps`: a file or a folder for each step.
//! - `rail`: the progress of each step, and what is missing. `rail_cells`: where each step stands on it. `registry`: the states of all steps.

pub mod calendar;
pub mod clock;
pub mod count_state;
mod deadlines;
pub mod failures;
pub mod form_keys;
mod form_step;
pub mod gone;
pub mod guide;
pub mod inquiry;
pub mod list;
pub mod page_form;
pub mod paperwork;
pub mod poll;
pub mod progress;
pub mod prompt;
pub mod rail;
pub mod rail_cells;
pub mod registry;
pub mod service;
pub mod shared;
pub mod step;
pub mod steps;
pub mod taken;
