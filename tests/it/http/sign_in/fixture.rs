//! The simulated authority, a person with a browser, and what the program tells them.

use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

use blobfreight::azure::{
    Azure,
    auth::{PersonOptions, RefreshTokens, SecretStore},
    cloud::Cloud,
    fault::Fault,
    model::{AskPerson, Identity, SignInCommand, SignInMethod, SignInPrompt},
    session::{SessionOptions, SignInRequest},
    transport::{CallEvent, CallListener},
};
use blobfreight::sim::{Consent, Sim, SimOptions, start};
use secrecy::{ExposeSecret as _, SecretString};
use tokio::sync::{broadcast, mpsc};

pub(super) struct SignInFixture {
    pub(super) sim: Sim,
    pub(super) cloud: Cloud,
    pub(super) person: PersonOptions,
    pub(super) commands: broadcast::Sender<SignInCommand>,
    listener: CallListener,
    prompts: tokio::sync::Mutex<mpsc::UnboundedReceiver<Option<SignInPrompt>>>,
    pub(super) client: reqwest::Client,
}

/// A keyring in memory.
#[derive(Default)]
pub(super) struct MemoryStore(pub(super) Mutex<Vec<(String, String)>>);

impl SecretStore for MemoryStore {
    fn load(&self, name: &str) -> Result<Option<SecretString>, String> {
        Ok(self.0.lock().unwrap().iter().find(|(known, _)| known == name).map(|(_, secret)| secret.clone().into()))
    }

    fn save(&self, name: &str, secret: &SecretString) -> Result<(), String> {
        self.delete(name)?;
        self.0.lock().unwrap().push((name.to_owned(), secret.expose_secret().to_owned()));
        Ok(())
    }

    fn delete(&self, name: &str) -> Result<bool, String> {
        let mut entries = self.0.lock().unwrap();
        let before = entries.len();
        entries.retain(|(known, _)| known != name);
        Ok(entries.len() < before)
    }
}

/// No keyring at all.
pub(super) struct NoStore;

impl SecretStore for NoStore {
    fn load(&self, _: &str) -> Result<Option<SecretString>, String> {
        Err("nothing answers on the bus".to_owned())
    }

    fn save(&self, _: &str, _: &SecretString) -> Result<(), String> {
        Err("nothing answers on the bus".to_owned())
    }

    fn delete(&self, _: &str) -> Result<bool, String> {
        Err("nothing answers on the bus".to_owned())
    }
}

impl SignInFixture {
    pub(super) async fn new() -> Self {
        Self::with(RefreshTokens::default()).await
    }

    /// The authority redirects at once, the simulated clock stands still, and a second of a pause takes a millisecond.
    pub(super) async fn with(refresh_tokens: RefreshTokens) -> Self {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let sim = start(SimOptions { clock_rate: 0.0, ..SimOptions::default() }).await.unwrap();
        sim.switch(|switches| switches.consent = Consent::Granted);
        let ends = sim.endpoints();
        let cloud = Cloud {
            name: "lab".into(),
            arm: ends.arm.clone(),
            authority: ends.authority.clone(),
            blob: None,
            storage_hosts: Vec::new(),
        };
        let (told, prompts) = mpsc::unbounded_channel();
        let listener: CallListener = Arc::new(move |event| {
            if let CallEvent::SignIn(prompt) = event {
                let _ = told.send(prompt);
            }
        });
        let (commands, _) = broadcast::channel(8);
        let person = PersonOptions {
            open_browser: Arc::new(|_| true),
            refresh_tokens: Arc::new(refresh_tokens),
            commands: Some(commands.clone()),
            second: Duration::from_millis(1),
            ..PersonOptions::default()
        };
        let client = reqwest::Client::builder().no_proxy().build().unwrap();
        Self { sim, cloud, person, commands, listener, prompts: tokio::sync::Mutex::new(prompts), client }
    }

    pub(super) async fn sign_in(&self, method: SignInMethod, tenant: Option<&str>) -> Result<(Azure, Identity), Fault> {
        self.sign_in_asking(method, tenant, AskPerson::IfNeeded).await
    }

    pub(super) async fn sign_in_asking(
        &self,
        method: SignInMethod,
        tenant: Option<&str>,
        ask: AskPerson,
    ) -> Result<(Azure, Identity), Fault> {
        let request = SignInRequest {
            options: SessionOptions { backoff: Duration::from_millis(1), ..SessionOptions::default() },
            person: self.person.clone(),
            ask,
            listener: Some(Arc::clone(&self.listener)),
            ..SignInRequest::new(&self.cloud, method, tenant)
        };
        Azure::sign_in_as(request).await
    }

    /// The next prompt; `None` when the program stops asking.
    pub(super) async fn prompt(&self) -> Option<SignInPrompt> {
        let mut prompts = self.prompts.lock().await;
        let told = tokio::time::timeout(Duration::from_secs(20), prompts.recv()).await;
        told.expect("the program asks, or stops asking").unwrap()
    }

    /// Waits for the page's address and follows it, as a browser does; the text of the last page.
    pub(super) async fn follow(&self) -> String {
        let prompt = self.prompt().await.unwrap();
        self.get(prompt.address()).await.1
    }

    /// Status and text of a page; redirects are followed.
    pub(super) async fn get(&self, address: &str) -> (u16, String) {
        let response = self.client.get(address).send().await.unwrap();
        (response.status().as_u16(), response.text().await.unwrap())
    }

    /// The next code to type.
    pub(super) async fn code(&self) -> (String, String) {
        match self.prompt().await.unwrap() {
            SignInPrompt::DeviceCode { address, code, .. } => (address, code),
            other @ SignInPrompt::Browser { .. } => panic!("no code: {other:?}"),
        }
    }

    /// Types the next code; `answer` is `yes` or `no`.
    pub(super) async fn type_code(&self, answer: &str) {
        let (address, code) = self.code().await;
        assert_eq!(self.get(&format!("{address}?code={code}&answer={answer}")).await.0, 200);
    }

    /// A session of somebody who signed in in a browser.
    pub(super) async fn session(&self) -> Azure {
        let (signed_in, _) = tokio::join!(self.sign_in(SignInMethod::Browser, None), self.follow());
        assert_eq!(self.prompt().await, None);
        signed_in.unwrap().0
    }

    /// The bodies of the requests to the token endpoint, with their tenant, in order.
    pub(super) fn token_requests(&self) -> Vec<(String, String)> {
        let journal =
            self.sim.journal().into_iter().filter(|(method, path, _)| method == "POST" && path.ends_with("/token"));
        journal
            .map(|(_, path, body)| (path.trim_start_matches('/').split('/').next().unwrap().to_owned(), body))
            .collect()
    }

    /// The grants that were asked for, in order.
    pub(super) fn grants(&self) -> Vec<String> {
        self.token_requests().iter().map(|(_, body)| field(body, "grant_type").unwrap()).collect()
    }
}

/// A field of a form, still percent-encoded.
pub(super) fn field(body: &str, name: &str) -> Option<String> {
    body.split('&')
        .filter_map(|pair| pair.split_once('='))
        .find(|(known, _)| *known == name)
        .map(|(_, value)| value.to_owned())
}
