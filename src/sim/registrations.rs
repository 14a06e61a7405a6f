//! In which subscriptions each resource provider is registered.

use std::collections::BTreeSet;

use super::directory::Directory;
use super::jobs::job::JobProvider;

/// The registrations of both providers.
#[derive(Debug, Default)]
pub(super) struct Registrations {
    registered: BTreeSet<(JobProvider, String)>,
}

impl Registrations {
    /// Those at the start: Import/Export as the directory says, Data Box everywhere.
    pub(super) fn built_in(directory: &Directory) -> Self {
        let mut registrations = Self::default();
        for subscription in &directory.subscriptions {
            registrations.set(JobProvider::DataBox, &subscription.id, true);
            registrations.set(JobProvider::ImportExport, &subscription.id, subscription.import_export == "Registered");
        }
        registrations
    }

    /// Whether a provider is registered in a subscription.
    pub(super) fn has(&self, provider: JobProvider, subscription: &str) -> bool {
        self.registered.contains(&(provider, subscription.to_ascii_lowercase()))
    }

    /// Registers a provider, or takes the registration back.
    pub(super) fn set(&mut self, provider: JobProvider, subscription: &str, registered: bool) {
        let entry = (provider, subscription.to_ascii_lowercase());
        if registered {
            self.registered.insert(entry);
        } else {
            self.registered.remove(&entry);
        }
    }

    /// The subscriptions with a provider, ids in lower case.
    pub(super) fn with(&self, provider: JobProvider) -> BTreeSet<String> {
        self.registered.iter().filter(|(p, _)| *p == provider).map(|(_, id)| id.clone()).collect()
    }

    /// Replaces the registrations of a provider.
    pub(super) fn replace(&mut self, provider: JobProvider, subscriptions: BTreeSet<String>) {
        self.registered.retain(|(p, _)| *p != provider);
        self.registered.extend(subscriptions.into_iter().map(|id| (provider, id)));
    }
}
