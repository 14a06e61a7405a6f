//! Refresh tokens: in memory, and in the system's keyring where the person asked for that. Nowhere else.

use std::{
    collections::HashMap,
    fmt,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
};

use secrecy::{ExposeSecret, SecretString};

use crate::azure::model::KeyringRemoval;

/// A store of secrets that outlives the program: the system's keyring, or a test's.
pub trait SecretStore: Send + Sync {
    /// The secret of that name; `None` where there is none.
    ///
    /// # Errors
    /// The store does not answer; why, without a full stop.
    fn load(&self, name: &str) -> Result<Option<SecretString>, String>;

    /// Keeps a secret; replaces the one before.
    ///
    /// # Errors
    /// As [`SecretStore::load`].
    fn save(&self, name: &str, secret: &SecretString) -> Result<(), String>;

    /// Removes a secret; whether there was one.
    ///
    /// # Errors
    /// As [`SecretStore::load`].
    fn delete(&self, name: &str) -> Result<bool, String>;
}

/// The refresh tokens of this process, by authority and application.
#[derive(Default)]
pub struct RefreshTokens {
    tokens: Mutex<HashMap<String, SecretString>>,
    store: Option<Arc<dyn SecretStore>>,
    remember: AtomicBool,
    trouble: Mutex<Option<String>>,
}

impl fmt::Debug for RefreshTokens {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RefreshTokens")
    }
}

impl RefreshTokens {
    /// No tokens yet. `store` is used only for what the person asks to be remembered.
    pub fn new(store: Option<Arc<dyn SecretStore>>) -> Self {
        Self { store, ..Self::default() }
    }

    /// From now on new tokens go into the store, or no longer.
    pub fn remember(&self, remember: bool) {
        self.remember.store(remember, Ordering::Relaxed);
    }

    /// Why the store could not keep or give a token, once.
    pub fn take_trouble(&self) -> Option<String> {
        self.trouble.lock().unwrap_or_else(PoisonError::into_inner).take()
    }

    /// The token; the store is asked where memory has none.
    pub(super) async fn get(&self, name: &str) -> Option<SecretString> {
        let known = self.lock().get(name).cloned();
        if known.is_some() {
            return known;
        }
        let stored = self.in_store(name, |store, name| store.load(name)).await.flatten();
        if let Some(token) = &stored {
            self.lock().insert(name.to_owned(), token.clone());
        }
        stored
    }

    /// Keeps the newest token.
    pub(super) async fn put(&self, name: &str, token: SecretString) {
        let before = self.lock().insert(name.to_owned(), token.clone());
        let same = before.is_some_and(|before| before.expose_secret() == token.expose_secret());
        if !same && self.remember.load(Ordering::Relaxed) {
            self.in_store(name, move |store, name| store.save(name, &token)).await;
        }
    }

    /// Removes the token from memory and from the store; what became of the store's.
    pub(super) async fn remove(&self, name: &str) -> KeyringRemoval {
        self.lock().remove(name);
        self.forget(name).await
    }

    /// Whether the store has the token that memory has.
    ///
    /// # Errors
    /// The store does not answer; why, without a full stop.
    pub(super) async fn is_kept(&self, name: &str) -> Result<bool, String> {
        let stored = self.asked(name, |store, name| store.load(name)).await.transpose()?.flatten();
        let known = self.lock().get(name).cloned();
        Ok(known.zip(stored).is_some_and(|(known, stored)| known.expose_secret() == stored.expose_secret()))
    }

    /// Removes the token from the store alone: a session goes on with it.
    pub(super) async fn forget(&self, name: &str) -> KeyringRemoval {
        match self.asked(name, |store, name| store.delete(name)).await {
            None | Some(Ok(false)) => KeyringRemoval::NothingThere,
            Some(Ok(true)) => KeyringRemoval::Removed,
            Some(Err(why)) => KeyringRemoval::Unknown(why),
        }
    }

    /// Asks the store on a thread of its own: keyrings block, and may wait for a password. `None` without a store.
    async fn asked<T: Send + 'static>(
        &self,
        name: &str,
        ask: impl FnOnce(&dyn SecretStore, &str) -> Result<T, String> + Send + 'static,
    ) -> Option<Result<T, String>> {
        let (store, name) = (Arc::clone(self.store.as_ref()?), name.to_owned());
        let asked = tokio::task::spawn_blocking(move || ask(store.as_ref(), &name)).await;
        Some(asked.unwrap_or_else(|_| Err("it ended without an answer".to_owned())))
    }

    /// The answer of the store; a failure is kept for [`Self::take_trouble`].
    async fn in_store<T: Send + 'static>(
        &self,
        name: &str,
        ask: impl FnOnce(&dyn SecretStore, &str) -> Result<T, String> + Send + 'static,
    ) -> Option<T> {
        match self.asked(name, ask).await? {
            Ok(answer) => Some(answer),
            // Nobody asked for the store, so nobody misses it.
            Err(_) if !self.remember.load(Ordering::Relaxed) => None,
            Err(why) => {
                *self.trouble.lock().unwrap_or_else(PoisonError::into_inner) = Some(why);
                None
            }
        }
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<String, SecretString>> {
        self.tokens.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
