//! The pipeline that every request goes through: our transport, our retries, and the policies of a session.

use std::sync::Arc;

use azure_core::http::{ClientOptions, Pipeline, RetryOptions, Transport, policies::Policy};

use super::{RetryPolicy, client};

/// A pipeline with our transport and our retries; `azure_core`'s own retries are off, because two loops multiply.
pub(crate) fn pipeline(per_try: Vec<Arc<dyn Policy>>) -> Pipeline {
    let repeat: Arc<dyn Policy> = Arc::new(RetryPolicy);
    Pipeline::new(Some("blobfreight"), Some(env!("CARGO_PKG_VERSION")), options(), vec![repeat], per_try, None)
}

/// The same for an Azure machine's metadata service.
pub(crate) fn metadata_options() -> ClientOptions {
    ClientOptions { transport: Some(Transport::new(client::metadata_transport())), ..options() }
}

/// Options with our transport and no retries.
pub(crate) fn options() -> ClientOptions {
    ClientOptions {
        transport: Some(Transport::new(client::transport())),
        retry: RetryOptions::none(),
        ..ClientOptions::default()
    }
}
