//! A session with Azure: it joins tokens, credentials and the transport. It does not know the meaning of a request.
//!
//! - `session`: sends requests. `options`: page size and first pause. `sign_in_request`: where and how to sign in.
//! - `arm`: requests to Azure Resource Manager, page after page. `storage`: requests to an account's blobs with the credential that works.

pub(crate) mod arm;
mod options;
mod session;
mod sign_in_request;
mod storage;

pub use options::SessionOptions;
pub(crate) use session::AzureSession;
pub use sign_in_request::SignInRequest;
