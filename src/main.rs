//! The blobfreight binary.

use std::process::ExitCode;

use clap::Parser as _;

#[tokio::main]
async fn main() -> ExitCode {
    blobfreight::cli::run(blobfreight::cli::Cli::parse()).await
}
