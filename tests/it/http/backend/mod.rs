//! The backend over real HTTP on loopback, against a server that answers from a script and against the simulated Azure: paging, bad luck, sign-in, jobs.
//! Nothing here waits for a time; pauses are asserted by what is told about them.
mod advice;
mod data_box;
mod faults;
mod hosts;
mod jobs;
mod kept;
mod list_file;
mod lost;
mod paging;
mod patience;
mod refused;
mod rehearsal;
mod rights;
mod server;
mod signin;
pub(super) mod simulated;
