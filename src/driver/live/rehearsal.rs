//! The simulated Azure of a rehearsal: started in this process at the first sign-in, and kept until the program ends.

use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};

use tokio::sync::Mutex;

use crate::azure::Azure;
use crate::azure::cloud::Cloud;
use crate::azure::fault::{Fault, Retry};
use crate::azure::model::{Identity, JobAddress, SignInMethod};
use crate::protocol::message::RehearsalOrder;
use crate::sim::{self, Mishap, Sim};

/// Simulated seconds per second while drives are under way: six hours a second. The configuration may set another rate.
pub const CLOCK_RATE: f64 = 21_600.0;

/// The simulated Azure, which is started once.
pub struct Rehearsal {
    state: PathBuf,
    clock_rate: f64,
    sim: Mutex<Option<Sim>>,
}

impl Rehearsal {
    /// Name of its cloud.
    pub const NAME: &'static str = "rehearsal";

    /// The directory that has a folder for each drive that was sent back.
    pub(super) fn drives(data: &Path) -> PathBuf {
        data.join("rehearsal-drives")
    }

    /// Starts nothing yet. Jobs and uploads are kept in the data directory from one start to the next.
    pub fn new(data: &Path, clock_rate: f64) -> Self {
        Self { state: data.join("rehearsal.json"), clock_rate, sim: Mutex::new(None) }
    }

    /// Signs in to the simulated Azure. Starts it if it does not run yet.
    ///
    /// # Errors
    /// No port on loopback, or its state file is unreadable.
    pub async fn sign_in(&self) -> Result<(Azure, Identity), Fault> {
        let (cloud, tenant) = self.started().await?;
        Azure::sign_in(&cloud, SignInMethod::Rehearsal, Some(&tenant)).await
    }

    /// The time on the simulated clock, once the simulated Azure runs.
    pub async fn clock(&self) -> Option<sim::ClockReading> {
        self.sim.lock().await.as_ref().map(Sim::clock)
    }

    /// Moves the clock of the simulated Azure, or lets something go wrong in it: with this job, or from its point of view.
    ///
    /// # Errors
    /// It does not run, or this cannot happen now.
    pub async fn order(&self, order: RehearsalOrder, job: &JobAddress) -> Result<(), Fault> {
        let running = self.sim.lock().await;
        let refused = |why: String| Fault { retry: Retry::Never, ..Fault::local("do that in the rehearsal", why) };
        let sim = running.as_ref().ok_or_else(|| refused("sign in to the rehearsal first".to_owned()))?;
        let id = job.resource_id();
        let done = match order {
            RehearsalOrder::Day => {
                sim.advance(jiff::SignedDuration::from_hours(24));
                Ok(())
            }
            RehearsalOrder::NextStage => sim.to_next_stage(&id),
            RehearsalOrder::LoseParcel => sim.mishap(&id, Mishap::ParcelLost),
            RehearsalOrder::LoseDrive => sim.mishap(&id, Mishap::DriveMissing),
            RehearsalOrder::FailBlobs => sim.mishap(&id, Mishap::BlobsFailed),
            RehearsalOrder::DropJob => sim.mishap(&id, Mishap::JobDropped),
            RehearsalOrder::CloseLocation => sim.mishap(&id, Mishap::LocationClosed),
            RehearsalOrder::Throttle => sim.mishap(&id, Mishap::Throttled),
            RehearsalOrder::DelayKeys => sim.mishap(&id, Mishap::KeysLate),
            RehearsalOrder::DamageDrive => sim.mishap(&id, Mishap::DriveDamaged),
        };
        done.map_err(refused)
    }

    /// Starts the simulated Azure if it does not run yet; returns its endpoints and its tenant.
    async fn started(&self) -> Result<(Cloud, String), Fault> {
        let mut running = self.sim.lock().await;
        let sim = match running.take() {
            Some(sim) => sim,
            None => self.start().await?,
        };
        let endpoints = sim.endpoints();
        let cloud = Cloud {
            name: Self::NAME.into(),
            arm: endpoints.arm.clone(),
            authority: endpoints.authority.clone(),
            blob: None,
            storage_hosts: Vec::new(),
        };
        let tenant = endpoints.tenant.clone();
        *running = Some(sim);
        Ok((cloud, tenant))
    }

    async fn start(&self) -> Result<Sim, Fault> {
        let settings = sim::SimOptions {
            listen: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
            clock_rate: self.clock_rate,
            // Simulated time is fast only while drives are under way: a job does not expire while the person reads what to do.
            hurry_under_way: true,
            state_file: Some(self.state.clone()),
            drives: self.state.parent().map(Self::drives),
            ..sim::SimOptions::default()
        };
        sim::start(settings).await.map_err(|error| Fault::local("start the rehearsal", error.to_string()))
    }
}
