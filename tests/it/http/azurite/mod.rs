//! The backend and the simulated Azure beside Azurite, Microsoft's Blob emulator: what is shown and matched is what was uploaded.
//! Needs npm; without it these tests say so and pass, except where `CI` is set.

mod counted;
mod credentials;
mod elements;
mod emulator;
mod list_file;
mod rules;
mod shown;
mod stock;
mod twins;
mod upload;
mod wizard;
