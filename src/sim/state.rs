//! Everything the simulated services remember, and how it is kept in the state file. No request is answered here.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::blob::content::{BlobStore, StoredBlob};
use super::blob::synthetic::SyntheticAccount;
use super::clock::SimClock;
use super::directory::{Directory, SYNTHETIC_ACCOUNT, account_key};
use super::jobs::StoredJob;
use super::locations::Locations;
use super::{SimError, SimOptions};
use crate::files;

/// The state of one simulated Azure.
pub struct SimState {
    /// Own base URL, without a closing slash.
    pub base: String,
    /// Tenant, subscriptions and accounts.
    pub directory: Directory,
    /// Locations of Microsoft.ImportExport.
    pub locations: Locations,
    /// The simulated clock.
    pub clock: SimClock,
    /// Blob content by account name.
    pub stores: BTreeMap<String, BlobStore>,
    /// Jobs by Azure Resource Manager id in lower case.
    pub jobs: BTreeMap<String, StoredJob>,
    /// Subscriptions (ids in lower case) where Microsoft.ImportExport is registered.
    pub registered: BTreeSet<String>,
    /// The generated account, when there is one.
    pub bench: Option<Arc<SyntheticAccount>>,
    /// Set by whatever must be in the state file before the answer leaves.
    pub changed: bool,
    /// How often each key was made anew, by account name and key number.
    pub renewed: BTreeMap<(String, u8), u32>,
    /// Requests answered, for request ids and rate limit headers.
    pub answered: u64,
}

#[derive(Serialize, Deserialize)]
struct SavedState {
    version: u32,
    now: Timestamp,
    jobs: Vec<StoredJob>,
    registered: BTreeSet<String>,
    containers: Vec<(String, String, BTreeMap<String, String>)>,
    uploads: Vec<Upload>,
}

#[derive(Serialize, Deserialize)]
struct Upload {
    account: String,
    container: String,
    name: String,
    item: StoredBlob,
}

impl SimState {
    /// The world at the start: built-in assets, then the state file if there is one.
    pub fn new(settings: &SimOptions, base: String) -> Result<Self, SimError> {
        let directory = Directory::built_in(settings.synthetic.is_some()).map_err(SimError::Assets)?;
        let registered = directory
            .subscriptions
            .iter()
            .filter(|s| s.import_export == "Registered")
            .map(|s| s.id.to_ascii_lowercase())
            .collect();
        let mut stores = BTreeMap::new();
        for account in &directory.accounts {
            stores.insert(account.name.clone(), BlobStore::of(account).map_err(SimError::Assets)?);
        }
        let mut world = Self {
            base,
            locations: Locations::built_in().map_err(SimError::Assets)?,
            clock: clock(Timestamp::now(), settings),
            directory,
            stores,
            jobs: BTreeMap::new(),
            registered,
            bench: settings.synthetic.map(|s| Arc::new(SyntheticAccount::new(s.blobs))),
            changed: false,
            renewed: BTreeMap::new(),
            answered: 0,
        };
        if let Some(path) = settings.state_file.as_deref().filter(|p| p.exists()) {
            world.restore(path, settings).map_err(|reason| SimError::State { path: path.to_owned(), reason })?;
        }
        Ok(world)
    }

    /// Simulated now.
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// The account whose endpoints are handed out: the generated one, else the sample.
    pub fn main_account(&self) -> &str {
        if self.bench.is_some() {
            return SYNTHETIC_ACCOUNT;
        }
        let sample = self.directory.accounts.iter().find(|a| a.sample).or_else(|| self.directory.accounts.first());
        sample.map_or("", |a| a.name.as_str())
    }

    /// A key of an account as it is now; made-up keys are made anew in memory only.
    pub fn key(&self, account: &str, number: u8) -> String {
        match self.renewed.get(&(account.to_owned(), number)) {
            None => account_key(account, number),
            Some(times) => account_key(&format!("{account} again {times}"), number),
        }
    }

    fn restore(&mut self, path: &Path, settings: &SimOptions) -> Result<(), String> {
        let bytes = std::fs::read(path).map_err(|e| e.to_string())?;
        let saved: SavedState = serde_json::from_slice(&bytes).map_err(|e| e.to_string())?;
        if saved.version != 1 {
            return Err(format!("it has version {}, and only version 1 is known", saved.version));
        }
        self.clock = clock(saved.now, settings);
        self.registered = saved.registered;
        self.jobs = saved.jobs.into_iter().map(|job| (job.id().to_lowercase(), job)).collect();
        for (account, container, metadata) in saved.containers {
            if let Some(store) = self.stores.get_mut(&account) {
                store.create_container(&container, metadata, saved.now);
            }
        }
        for upload in saved.uploads {
            if let Some(container) =
                self.stores.get_mut(&upload.account).and_then(|s| s.containers.get_mut(&upload.container))
            {
                container.put(&upload.name, upload.item);
            }
        }
        Ok(())
    }

    /// Writes jobs, uploads and the clock: beside the file, synced, then renamed over it.
    ///
    /// # Errors
    /// What the file system said.
    pub fn save(&self, path: &Path) -> std::io::Result<()> {
        let mut containers = Vec::new();
        let mut uploads = Vec::new();
        for (account, store) in &self.stores {
            for (name, container) in &store.containers {
                if container.made_here {
                    containers.push((account.clone(), name.clone(), container.metadata.clone()));
                }
                for (blob, items) in &container.blobs {
                    for item in items.iter().filter(|i| i.uploaded) {
                        uploads.push(Upload {
                            account: account.clone(),
                            container: name.clone(),
                            name: blob.clone(),
                            item: item.clone(),
                        });
                    }
                }
            }
        }
        let jobs = self.jobs.values().cloned().collect();
        let saved =
            SavedState { version: 1, now: self.now(), jobs, registered: self.registered.clone(), containers, uploads };
        std::fs::create_dir_all(files::folder_of(path))?;
        files::replace(path, ".blobfreight-simulator-", &serde_json::to_vec(&saved)?)
    }
}

fn clock(now: Timestamp, settings: &SimOptions) -> SimClock {
    let clock = SimClock::starting_at(now, settings.clock_rate);
    if settings.hurry_under_way { clock.unhurried() } else { clock }
}
