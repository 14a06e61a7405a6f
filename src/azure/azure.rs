//! [`Azure`]: the handle through which the rest of the program reaches Azure. Its calls are in `accounts`, `blobs` and `jobs`.

use azure_core::http::Url;

use super::{
    cloud::Cloud,
    credentials::AccountAccess,
    fault::Fault,
    jobs::{DataBoxService, ImportExportService, JobService},
    model::{Access, Identity, ServiceName, SignInMethod, StorageAccount},
    session::{AzureSession, SessionOptions, SignInRequest},
    transport::CallListener,
};

/// A session with one Azure cloud, or with one account of it. Cheap to clone: clones share tokens, keys and connections.
#[derive(Clone)]
pub struct Azure {
    pub(super) session: AzureSession,
    import_export: ImportExportService,
    pub(super) data_box_service: DataBoxService,
}

impl std::fmt::Debug for Azure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Azure").field("cloud", &self.session.cloud().name).finish_non_exhaustive()
    }
}

impl Azure {
    /// Signs in and gets a token for Azure Resource Manager at once, so that a wrong sign-in fails here and not later.
    /// `tenant` is a tenant GUID or domain; `None` leaves it to the method. Gives up after 30 seconds.
    ///
    /// # Errors
    /// `SignedOut` when the method gives no token, `Offline` when the authority does not answer,
    /// `Local` when the environment or the cloud's endpoints are unusable.
    pub async fn sign_in(cloud: &Cloud, method: SignInMethod, tenant: Option<&str>) -> Result<(Self, Identity), Fault> {
        Self::sign_in_as(SignInRequest::new(cloud, method, tenant)).await
    }

    /// [`Azure::sign_in`] with another page size and pace, for tests and emulators.
    ///
    /// # Errors
    /// As [`Azure::sign_in`].
    pub async fn sign_in_with(
        cloud: &Cloud,
        method: SignInMethod,
        tenant: Option<&str>,
        options: SessionOptions,
    ) -> Result<(Self, Identity), Fault> {
        Self::sign_in_as(SignInRequest { options, ..SignInRequest::new(cloud, method, tenant) }).await
    }

    /// [`Azure::sign_in`], where a person may be asked. It then takes as long as the person takes.
    ///
    /// # Errors
    /// As [`Azure::sign_in`]; `Cancelled` when the person gave up.
    pub async fn sign_in_as(request: SignInRequest<'_>) -> Result<(Self, Identity), Fault> {
        let (session, identity) = AzureSession::sign_in(request).await?;
        Ok((Self::of(session), identity))
    }

    /// A session with one storage account, opened with its key or a shared access signature and without a sign-in. Only its blobs
    /// can be reached; a call that needs a sign-in fails with `SignedOut` before it is sent.
    pub fn for_account(access: AccountAccess) -> Self {
        Self::for_account_with(access, SessionOptions::default())
    }

    /// [`Azure::for_account`] with another page size and pace, for tests and emulators.
    pub fn for_account_with(access: AccountAccess, options: SessionOptions) -> Self {
        Self::of(AzureSession::for_account(access, options))
    }

    fn of(session: AzureSession) -> Self {
        let (import_export, data_box_service) =
            (ImportExportService::new(session.clone()), DataBoxService::new(session.clone()));
        Self { session, import_export, data_box_service }
    }

    /// The account this session was opened for; `None` for a sign-in.
    pub fn account(&self) -> Option<&AccountAccess> {
        self.session.credentials().opened()
    }

    /// The same session, which tells `listener` of every pause between two attempts, and when a person has to sign in. Without a
    /// listener nobody is asked, and a call that needs a person fails. The task that waits calls it.
    pub fn with_listener(&self, listener: &CallListener) -> Self {
        Self {
            session: self.session.with_listener(listener),
            import_export: self.import_export.with_listener(listener),
            data_box_service: self.data_box_service.with_listener(listener),
        }
    }

    /// The cloud this session belongs to.
    pub fn cloud(&self) -> &Cloud {
        self.session.cloud()
    }

    /// A service that keeps export jobs.
    pub fn jobs(&self, service: ServiceName) -> &dyn JobService {
        match service {
            ServiceName::ImportExport => &self.import_export,
            ServiceName::DataBox => &self.data_box_service,
        }
    }

    /// Which credential reads the blobs at `endpoint` (token, key or signature). Sends no request. Final after the first page: a
    /// sign-in without a data role turns to the account's key with that page, and stays with it for the session.
    pub fn blob_access(&self, endpoint: &str) -> Access {
        let given = self.session.credentials().opened().map(AccountAccess::access);
        Url::parse(endpoint)
            .map_or(given.unwrap_or(Access::EntraToken), |base_url| self.session.credentials().access(&base_url))
    }

    /// Keeps an account's id, which its key is fetched with where the sign-in has no role for the data, and whether it is
    /// hierarchical. The session knows the accounts that it listed or read, but not one that comes from a draft.
    pub fn remember(&self, account: &StorageAccount) {
        self.session.credentials().remember(account);
    }

    /// From now on the token of the sign-in may be sent to the server of this blob endpoint. A person allowed it.
    pub fn permit(&self, endpoint: &str) {
        if let Ok(base_url) = Url::parse(endpoint) {
            self.session.credentials().permit(&base_url);
        }
    }
}
