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

/// What TLS itself found wrong. An input or output error carries it, but does not name it as its source.
pub(crate) fn tls(error: &Error) -> Option<&rustls::Error> {
    chain(error).find_map(|cause| {
        let mut cause = cause;
        while let Some(inner) = cause.downcast_ref::<std::io::Error>().and_then(std::io::Error::get_ref) {
            cause = inner;
        }
        cause.downcast_ref::<rustls::Error>()
    })
}

/// The error itself and everything below it. Walks both the wrapped error and its sources, for the wrapper hides one level.
pub(crate) fn chain(error: &Error) -> impl Iterator<Item = &(dyn std::error::Error + 'static)> {
    let inner = error.get_ref().map(|inner| inner as &(dyn std::error::Error + 'static));
    ErrorSources(error.source()).chain(ErrorSources(inner))
}

/// An error and the ones it names as its source.
struct ErrorSources<'a>(Option<&'a (dyn std::error::Error + 'static)>);

impl<'a> Iterator for ErrorSources<'a> {
    type Item = &'a (dyn std::error::Error + 'static);

    fn next(&mut self) -> Option<Self::Item> {
        let cause = self.0?;
        self.0 = cause.source();
        Some(cause)
    }
}
