//! Tests over real HTTP on loopback: the backend, the scan, the simulated Azure, Azurite, the vendor's SDKs, commands without a screen.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on says so")]

mod support;

mod http {
    mod access;
    mod azurite;
    mod backend;
    mod connection_command;
    mod drafts_command;
    mod driver;
    mod driver_cli;
    mod exit_statuses;
    mod new_command;
    mod scan;
    mod scan_command;
    mod sdk;
    mod select_command;
    mod sign_in;
    mod sign_in_command;
    mod simulator;
    mod simulator_command;
    mod verify_command;
}
