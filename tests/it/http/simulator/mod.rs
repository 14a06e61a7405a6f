//! The simulated Azure over real HTTP, asked as any client would ask it: one file per service. No SDK here, see `sdk.rs`.

#![expect(clippy::unwrap_used, clippy::panic, reason = "what a test asks for and does not get ends the test")]

mod arm;
mod blobs;
mod faults;
mod jobs;
mod life;
mod wire;
