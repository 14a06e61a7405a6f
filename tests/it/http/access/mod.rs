//! By which right blobs are read, against the simulated Azure: the sign-in, the account's key in its place, and an account opened without a sign-in.
//! What a person may set and how it is read is tested beside the code.

mod arrow;
mod given;
mod outage;
mod secrets;
mod signed_in;
mod simulated_azure;
