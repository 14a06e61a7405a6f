//! The credential that one request is sent with.

use std::sync::Arc;

use super::{AccountKey, Sas};

/// The credential that a request is sent with.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) enum Credential {
    /// The sign-in's token.
    #[default]
    Token,
    /// A storage account's key.
    Key(Arc<AccountKey>),
    /// A shared access signature, without `?`.
    Sas(Arc<Sas>),
}
