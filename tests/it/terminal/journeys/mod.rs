//! The real program in a real terminal against the simulated Azure: what a person sees and does, one behaviour a file.
mod azure;
mod bad_luck;
mod by_key;
mod elsewhere;
mod ends;
mod few_keys;
mod idle;
mod killed;
mod looks;
mod recorded;
mod relay;
mod sign_in;
mod sizes;
mod split;
mod unwritable;
mod whole_export;
mod without_rights;
