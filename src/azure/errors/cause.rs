//! Finds the cause below an error of the transport: a timeout, a refused certificate, an error of our own.

use std::error::Error as _;

use azure_core::Error;

pub(crate) fn is_timeout(error: &Error) -> bool {
    chain(error).any(|cause| {
        cause.downcast_ref::<reqwest::Error>().is_some_and(reqwest::Error::is_timeout)
            || cause.downcast_ref::<std::io::Error>().is_some_and(|io| io.kind() == std::io::ErrorKind::TimedOut)
    })
}

pub(crate) fn is_tls(error: &Error) -> bool {
    tls(error).is_some() || chain(error).any(|cause| cause.to_string().contains("certificate"))
}

/// The error of TLS itself. An input or output error carries it, but does not name it as its source.
pub(super) fn tls(error: &Error) -> Option<&rustls::Error> {
    chain(error).find_map(|cause| {
        let mut cause = cause;
        while let Some(inner) = cause.downcast_ref::<std::io::Error>().and_then(std::io::Error::get_ref) {
            cause = inner;
        }
        cause.downcast_ref::<rustls::Error>()
    })
}

type Cause<'a> = &'a (dyn std::error::Error + 'static);

/// The error itself and everything below it. Walks both the wrapped error and its sources, for the wrapper hides one level.
pub(crate) fn chain(error: &Error) -> impl Iterator<Item = Cause<'_>> {
    let inner = error.get_ref().map(|inner| inner as Cause<'_>);
    sources(error.source()).chain(sources(inner))
}

/// An error and the ones it names as its source.
fn sources(first: Option<Cause<'_>>) -> impl Iterator<Item = Cause<'_>> {
    std::iter::successors(first, |cause| (*cause).source())
}
