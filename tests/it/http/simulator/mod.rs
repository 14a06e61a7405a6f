//! The simulated Azure over real HTTP, asked as any client would ask it: one file per service. No SDK here, see `sdk.rs`.

mod arm;
mod blobs;
mod faults;
mod jobs;
mod life;
mod wire;
