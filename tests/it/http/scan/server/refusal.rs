//! Answers that the server gives in the place of pages.

use super::query::Query;

/// What comes instead of some pages.
#[derive(Clone, Debug)]
pub(crate) struct Refusal {
    pub status: u16,
    pub body: Body,
    /// Instead of pages of containers, not of blobs.
    pub of_containers: bool,
    pub page: PagePosition,
    /// How many pages are refused before all comes as it should; `usize::MAX` for all.
    pub times: usize,
}

/// What a refusal says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Body {
    /// In the service's form, with this code.
    Code(&'static str),
    /// A web page, as of a proxy.
    Html,
    /// Nothing.
    Empty,
}

/// The place of a page in its listing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PagePosition {
    First,
    /// Neither the first nor the last.
    Inner,
    Last,
}

impl Refusal {
    /// Takes the place of a page, if it is one of those.
    pub(super) fn take(&mut self, query: &Query, last: bool) -> Option<(u16, Body)> {
        let page = match self.page {
            PagePosition::First => query.marker == 0,
            PagePosition::Inner => query.marker > 0 && !last,
            PagePosition::Last => last,
        };
        let hit = page && self.of_containers == query.container.is_empty() && self.times > 0;
        self.times -= usize::from(hit && self.times < usize::MAX);
        hit.then_some((self.status, self.body))
    }
}

impl Body {
    pub(super) fn write(self, page: &mut Vec<u8>) -> &'static str {
        page.clear();
        match self {
            Self::Code(code) => {
                let error =
                    format!("<?xml version=\"1.0\"?><Error><Code>{code}</Code><Message>Why not.</Message></Error>");
                page.extend_from_slice(error.as_bytes());
                "Content-Type: application/xml\r\n"
            }
            Self::Html => {
                page.extend_from_slice(b"<!DOCTYPE html><html><body>Welcome to our hotel</body></html>");
                "Content-Type: text/html; charset=utf-8\r\n"
            }
            Self::Empty => "",
        }
    }
}
