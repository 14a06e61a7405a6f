//! The simulated Azure over real HTTP, asked as any client would ask it: one file per service. No SDK here, see `sdk.rs`.

mod arm;
mod blobs;
mod data_box;
mod data_box_faults;
mod data_box_questions;
mod data_box_rules;
mod data_box_selection;
mod data_box_switches;
mod doctor_command;
mod faults;
mod job_changes;
mod jobs;
mod jobs_command;
mod life;
mod logs_command;
#[cfg(target_os = "linux")]
mod logs_memory;
mod new_command;
mod new_session;
mod sign_in;
mod sign_in_commands;
mod taken_over;
mod verify_drives;
mod wire;
mod wire_data_box;
