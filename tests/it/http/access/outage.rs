//! A count of hours: the machine sleeps, the network is away for longer than a page is tried, another request finds that the sign-in has
//! expired. The real scan and a simulated Azure that goes away and comes back at its address. Only the pauses are shorter than usual.

use std::time::Duration;

use blobfreight::plan::count::{CountProgress, CountReport};
use blobfreight::scan::{BlobSource, ScanOptions, run};
use blobfreight::select::Rule;
use blobfreight::sim::{self, FaultAction, FaultRule, Sim, SimOptions, Synthetic};
use tokio::sync::watch;

use crate::http::access::simulated_azure::SimulatedAzure;

const BLOBS: u64 = 20_000;

/// Failures of a page before it is given up while the service answers.
const ATTEMPTS: u32 = 4;

fn generated() -> SimOptions {
    let latency = Duration::from_millis(20);
    SimOptions { synthetic: Some(Synthetic { blobs: BLOBS }), latency, ..SimOptions::default() }
}

fn options() -> ScanOptions {
    ScanOptions { page_size: 50, pause: Duration::from_millis(10), max_attempts: ATTEMPTS, ..ScanOptions::default() }
}

/// The next `times` requests whose address contains `path` fail.
fn fail(sim: &Sim, path: &str, times: u32, kind: FaultAction) {
    sim.faults().add(FaultRule { times, ..FaultRule::next(path, kind) });
}

/// A count under way.
struct Counting {
    report: tokio::task::JoinHandle<CountReport>,
    progress: watch::Receiver<CountProgress>,
}

impl Counting {
    fn begin(source: BlobSource) -> Self {
        let (tell, progress) = watch::channel(CountProgress::default());
        let report = tokio::spawn(async move {
            let rules = [Rule::Prefix("/bench/".into())];
            run(&source, &rules, &options(), |progress| drop(tell.send_replace(progress.clone()))).await.unwrap()
        });
        Self { report, progress }
    }

    /// Waits for a progress of this kind.
    async fn until(&mut self, holds: impl FnMut(&CountProgress) -> bool) -> CountProgress {
        self.progress.wait_for(holds).await.unwrap().clone()
    }
}

/// Takes the simulated Azure away until each page under way has failed more often than a page may while the service answers.
async fn outage(sim: Sim, counting: &mut Counting) -> Sim {
    let address = sim.address();
    sim.stop().await;
    let before = counting.until(|_| true).await;
    let pages = options().concurrency as u64;
    let away = counting.until(|now| now.requests > before.requests + pages * u64::from(ATTEMPTS + 2)).await;
    assert!(away.waiting.as_ref().is_some_and(|why| why.contains("refused")), "{away:?}");
    sim::start(SimOptions { listen: address, ..generated() }).await.unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn t39_a_count_goes_on_after_a_long_outage_and_a_sign_in_that_has_expired() {
    let simulated = SimulatedAzure::with(generated()).await;
    let azure = simulated.signed_in().await;
    let source = BlobSource::new(&simulated.ends().blob, azure).unwrap();
    let calm = Counting::begin(source.clone()).report.await.unwrap();
    assert_eq!((calm.totals.blobs, calm.complete), (BLOBS, true));

    let mut counting = Counting::begin(source);
    counting.until(|now| now.blobs > 0).await;
    let sim = outage(simulated.sim, &mut counting).await;
    // The first requests after it find that the token has expired, and the authority is not back yet.
    fail(&sim, "/token", 3, FaultAction::Drop);
    fail(&sim, "comp=list", 5, FaultAction::Expired);

    let report = counting.report.await.unwrap();
    assert!(report.complete, "{report:?}");
    assert_eq!((report.totals.blobs, report.totals.bytes), (calm.totals.blobs, calm.totals.bytes));
    assert_eq!(report.totals.load, calm.totals.load);
    assert_eq!(sim.faults().pending(), 0, "the sign-in was refused and renewed");
}
