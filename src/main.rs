//! The program: reads the command line, starts the runtime, hands over to the library. Everything else is in there.

use std::io::Write;
use std::process::ExitCode;

use blobfreight::azure::transport;
use blobfreight::cli::{self, Invocation};
use blobfreight::term;
use tokio::runtime::{Builder, Runtime};

/// The event loop waits on the main thread; two more are plenty for six listings.
const WORKERS: usize = 2;

fn main() -> ExitCode {
    term::end_on_panic();
    // A shell asks for completions; then nothing else is done.
    cli::complete();
    let line = match Invocation::read(std::env::args_os()) {
        Ok(line) => line,
        Err(status) => return status,
    };
    transport::init();
    match runtime() {
        Ok(runtime) => {
            let status = runtime.block_on(cli::run(line));
            // What was worth waiting for has been waited for.
            runtime.shutdown_background();
            status
        }
        Err(error) => {
            let _nobody_reads = writeln!(std::io::stderr(), "blobfreight: The program could not start: {error}.");
            ExitCode::FAILURE
        }
    }
}

fn runtime() -> std::io::Result<Runtime> {
    Builder::new_multi_thread().worker_threads(WORKERS).enable_all().build()
}
