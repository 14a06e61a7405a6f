//! Drives made for tests, damaged in every way, and what the check says of them.

mod any_drive;
mod choosing;
mod faults;
mod fixture;
mod logs;
mod resuming;
