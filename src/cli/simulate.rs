//! `blobfreight simulate`: the simulated Azure on its own, for other clients. It prints its endpoints and runs until SIGTERM or Ctrl-C.

use std::io::Write as _;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use crate::sim::{self, SimError, SimOptions, Synthetic};

/// Arguments of `blobfreight simulate`.
#[derive(Debug, clap::Args)]
pub struct SimulateArgs {
    /// Loopback address to listen on; port 0 takes a free one
    #[arg(long, value_name = "ADDRESS:PORT", default_value = "127.0.0.1:0")]
    pub listen: SocketAddr,
    /// Simulated seconds per real second (3600: an hour passes every second)
    #[arg(long, value_name = "N", default_value_t = 1.0, value_parser = rate)]
    pub clock_rate: f64,
    /// Keep jobs, uploads and the clock in this file
    #[arg(long, value_name = "FILE")]
    pub state: Option<PathBuf>,
    /// Write the drives of copied jobs as folders into this folder, each with its files and its manifest
    #[arg(long, value_name = "DIR")]
    pub drives: Option<PathBuf>,
    /// Serve a generated account with this many blobs
    #[arg(long, value_name = "N")]
    pub blobs: Option<u64>,
    /// Wait this long before every answer
    #[arg(long, value_name = "MILLISECONDS", default_value_t = 0)]
    pub latency_ms: u64,
}

fn rate(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(rate) if rate.is_finite() && (0.0..=10_000_000.0).contains(&rate) => Ok(rate),
        _ => Err("give a number from 0 to 10000000".to_owned()),
    }
}

/// Runs the simulated Azure until SIGTERM or Ctrl-C (exit 0); a wrong address or a broken state file ends it with 2.
pub async fn run(args: SimulateArgs) -> ExitCode {
    let settings = SimOptions {
        listen: args.listen,
        clock_rate: args.clock_rate,
        hurry_under_way: false,
        state_file: args.state,
        drives: args.drives,
        synthetic: args.blobs.map(|blobs| Synthetic { blobs }),
        latency: Duration::from_millis(args.latency_ms),
        switches: sim::Switches::default(),
    };
    // The signal handlers are set before the line is printed, because its reader may send a signal at once.
    let stopped = stopped();
    let sim = match sim::start(settings).await {
        Ok(sim) => sim,
        Err(error) => return refused(&error),
    };
    let line = serde_json::to_string(sim.endpoints()).unwrap_or_default();
    let mut out = std::io::stdout().lock();
    if writeln!(out, "{line}").and_then(|()| out.flush()).is_err() {
        // No client can learn the endpoints.
        return ExitCode::from(1);
    }
    drop(out);
    stopped.await;
    sim.stop().await;
    ExitCode::SUCCESS
}

fn refused(error: &SimError) -> ExitCode {
    let _ = writeln!(std::io::stderr(), "blobfreight simulate: {error}");
    ExitCode::from(2)
}

#[cfg(unix)]
fn stopped() -> impl Future<Output = ()> {
    use tokio::signal::unix::{SignalKind, signal};
    let (terminate, interrupt) = (signal(SignalKind::terminate()), signal(SignalKind::interrupt()));
    async move {
        match (terminate, interrupt) {
            (Ok(mut terminate), Ok(mut interrupt)) => {
                tokio::select! { _ = terminate.recv() => {}, _ = interrupt.recv() => {} }
            }
            // Without handlers the system's own reaction to the signals ends the program.
            _ => std::future::pending().await,
        }
    }
}

#[cfg(not(unix))]
async fn stopped() {
    let _ = tokio::signal::ctrl_c().await;
}
