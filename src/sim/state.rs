//! The state of the simulated services, and how it is kept in the state file. No request is answered here.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::auth::Grants;
use super::blob::content::{BlobStore, StoredBlob};
use super::blob::sample;
use super::blob::synthetic::SyntheticAccount;
use super::clock::SimClock;
use super::data_box::stored_operation::StoredOperation;
use super::directory::{Directory, DirectoryGroup, DirectorySubscription, SYNTHETIC_ACCOUNT, account_key};
use super::jobs::job::{JobProvider, StoredJob};
use super::locations::Locations;
use super::options::{SimError, SimOptions};
use super::registrations::Registrations;
use super::switches::Switches;
use crate::files;

/// The state of one simulated Azure.
pub(super) struct SimState {
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
    /// In which subscriptions the providers of jobs are registered.
    pub registrations: Registrations,
    /// Long-running operations of Microsoft.DataBox by id.
    pub operations: BTreeMap<String, StoredOperation>,
    /// Accounts (ids in lower case) with the lock of Data Box.
    pub locked: BTreeSet<String>,
    /// How the services behave where nobody documents it.
    pub switches: Switches,
    /// Folder for the drives of jobs.
    pub drives: Option<PathBuf>,
    /// The generated account of `simulate --blobs`.
    pub bench: Option<Arc<SyntheticAccount>>,
    /// Set by a change that must be in the state file before the response leaves.
    pub changed: bool,
    /// How often each account key was regenerated, by account name and key number.
    pub renewed: BTreeMap<(String, u8), u32>,
    /// Codes and refresh tokens of the authority. They are not kept in the state file.
    pub grants: Grants,
    /// How many requests were answered; request ids and rate limit headers follow from it.
    pub answered: u64,
}

#[derive(Serialize, Deserialize)]
struct SavedState {
    version: u32,
    now: Timestamp,
    jobs: Vec<StoredJob>,
    /// Of Microsoft.ImportExport.
    registered: BTreeSet<String>,
    /// Of Microsoft.DataBox; absent in files of earlier versions.
    #[serde(default)]
    data_box_registered: Option<BTreeSet<String>>,
    #[serde(default)]
    operations: BTreeMap<String, StoredOperation>,
    #[serde(default)]
    locked: BTreeSet<String>,
    /// Locations that were closed, in the order of closing.
    #[serde(default)]
    closed: Vec<String>,
    /// Resource groups that a request made: subscription, name, location.
    #[serde(default)]
    groups: Vec<(String, String, String)>,
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
    /// The state at the start: the built-in assets, then the state file if there is one.
    pub(super) fn new(options: &SimOptions, base: String) -> Result<Self, SimError> {
        let directory = Directory::built_in(options.synthetic.is_some()).map_err(SimError::Assets)?;
        let mut stores = BTreeMap::new();
        for account in &directory.accounts {
            stores.insert(account.name.clone(), sample::store_of(account).map_err(SimError::Assets)?);
        }
        let mut state = Self {
            base,
            locations: Locations::built_in().map_err(SimError::Assets)?,
            clock: clock(Timestamp::now(), options),
            registrations: Registrations::built_in(&directory),
            directory,
            stores,
            jobs: BTreeMap::new(),
            operations: BTreeMap::new(),
            locked: BTreeSet::new(),
            switches: options.switches.clone(),
            drives: options.drives.clone(),
            bench: options.synthetic.map(|s| Arc::new(SyntheticAccount::new(s.blobs))),
            changed: false,
            renewed: BTreeMap::new(),
            grants: Grants::default(),
            answered: 0,
        };
        if let Some(path) = options.state_file.as_deref().filter(|p| p.exists()) {
            state.restore(path, options).map_err(|reason| SimError::State { path: path.to_owned(), reason })?;
        }
        Ok(state)
    }

    /// Simulated now.
    pub(super) fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// The jobs of a provider in a subscription or group, by name.
    pub(super) fn jobs_in<'s>(
        &'s self,
        provider: JobProvider,
        subscription: &'s str,
        group: Option<&'s str>,
    ) -> impl Iterator<Item = &'s StoredJob> {
        self.jobs.values().filter(move |job| {
            job.provider == provider
                && job.subscription.eq_ignore_ascii_case(subscription)
                && group.is_none_or(|g| g.eq_ignore_ascii_case(&job.group))
        })
    }

    /// The account of [`super::SimEndpoints`]: the generated one, else the sample.
    pub(super) fn main_account(&self) -> &str {
        if self.bench.is_some() {
            return SYNTHETIC_ACCOUNT;
        }
        let sample = self.directory.accounts.iter().find(|a| a.sample).or_else(|| self.directory.accounts.first());
        sample.map_or("", |a| a.name.as_str())
    }

    /// The current key of an account. Regenerated keys are not kept in the state file.
    pub(super) fn key(&self, account: &str, number: u8) -> String {
        match self.renewed.get(&(account.to_owned(), number)) {
            None => account_key(account, number),
            Some(times) => account_key(&format!("{account} again {times}"), number),
        }
    }

    fn restore(&mut self, path: &Path, options: &SimOptions) -> Result<(), String> {
        let bytes = std::fs::read(path).map_err(|e| e.to_string())?;
        let saved: SavedState = serde_json::from_slice(&bytes).map_err(|e| e.to_string())?;
        if saved.version != 1 {
            return Err(format!("it has version {}, and only version 1 is known", saved.version));
        }
        self.clock = clock(saved.now, options);
        self.registrations.replace(JobProvider::ImportExport, saved.registered);
        if let Some(subscriptions) = saved.data_box_registered {
            self.registrations.replace(JobProvider::DataBox, subscriptions);
        }
        (self.operations, self.locked) = (saved.operations, saved.locked);
        saved.closed.iter().for_each(|location| self.locations.close(location));
        self.jobs = saved.jobs.into_iter().map(|job| (job.id().to_lowercase(), job)).collect();
        for (subscription, name, location) in saved.groups {
            if let Some(owner) = self.directory.subscriptions.iter_mut().find(|owner| owner.id == subscription) {
                owner.groups.push(DirectoryGroup { name, location, made_here: true });
            }
        }
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
    /// The error of the file system.
    pub(super) fn save(&self, path: &Path) -> std::io::Result<()> {
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
        let made = |owner: &DirectorySubscription| {
            let groups = owner.groups.iter().filter(|group| group.made_here);
            groups.map(|group| (owner.id.clone(), group.name.clone(), group.location.clone())).collect::<Vec<_>>()
        };
        let groups = self.directory.subscriptions.iter().flat_map(made).collect();
        let saved = SavedState {
            version: 1,
            now: self.now(),
            jobs,
            registered: self.registrations.with(JobProvider::ImportExport),
            data_box_registered: Some(self.registrations.with(JobProvider::DataBox)),
            operations: self.operations.clone(),
            locked: self.locked.clone(),
            closed: self.locations.closed().to_vec(),
            groups,
            containers,
            uploads,
        };
        std::fs::create_dir_all(files::folder_of(path))?;
        files::replace(path, &serde_json::to_vec(&saved)?)
    }
}

fn clock(now: Timestamp, options: &SimOptions) -> SimClock {
    let clock = SimClock::starting_at(now, options.clock_rate);
    if options.hurry_under_way { clock.unhurried() } else { clock }
}
