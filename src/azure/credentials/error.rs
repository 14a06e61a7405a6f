//! Why an account cannot be opened without a sign-in.

/// Why an account cannot be opened without a sign-in: one sentence each, with what to do and without any secret.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AccessError {
    /// Neither an endpoint nor a connection string.
    #[error("no storage account is named; give --blob-endpoint URL, or set AZURE_STORAGE_CONNECTION_STRING")]
    NoAccount,
    /// An endpoint, but nothing to open it with.
    #[error("there is nothing to open {0} with; set AZURE_STORAGE_KEY or AZURE_STORAGE_SAS_TOKEN, or sign in instead")]
    NoCredential(String),
    /// The endpoint is not one.
    #[error(
        "the blob endpoint `{0}` {1}; it looks like https://account.blob.core.windows.net, or http://127.0.0.1:10000/devstoreaccount1 for an emulator"
    )]
    Endpoint(String, String),
    /// The key is not base64.
    #[error("the account key in {0} is not base64 text; copy it again from the account's access keys")]
    Key(&'static str),
    /// The shared access signature is damaged in a way that cannot be mended.
    #[error("the shared access signature in {0} {1}; copy the whole token again")]
    Signature(&'static str, String),
    /// A key where a signature is expected, or the other way round.
    #[error("{0} holds {1}; set {2} instead")]
    WrongVariable(&'static str, &'static str, &'static str),
    /// The connection string cannot be read, or says too little.
    #[error("the connection string {0}; copy it again from the account's access keys")]
    ConnectionString(String),
    /// The connection string belongs to another account than the endpoint.
    #[error(
        "the connection string is for the account {theirs}, and --blob-endpoint is of {ours}; set AZURE_STORAGE_KEY or AZURE_STORAGE_SAS_TOKEN for it"
    )]
    OtherAccount {
        /// Account of the endpoint.
        ours: String,
        /// Account of the connection string.
        theirs: String,
    },
}
