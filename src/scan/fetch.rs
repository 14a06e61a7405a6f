//! Fetches one page and reads it as it arrives. A page comes back whole or not at all; what happens then is for `engine` to decide.

use std::time::{Duration, Instant};

use tokio::sync::Semaphore;

use super::arrow_parser::{ArrowParser, UnreadArrow};
use super::entry::{EntrySink, ListingForm};
use super::fast_parser::FastParser;
use super::full_parser;
use super::level_names::LevelNames;
use super::page_counts::{PageCounter, PageCounts};
use super::source::{BlobSource, PageQuery};
use super::window::PageTime;
use crate::azure::fault::Fault;
use crate::azure::transport::BodyChunks;

/// No page of a listing is larger than this.
const PAGE_LIMIT: usize = 64 << 20;

/// Pages held whole at a time, for each may take several megabytes.
static WHOLE_PAGES: Semaphore = Semaphore::const_new(2);

/// One page to fetch.
#[derive(Debug)]
pub(super) struct FetchRequest {
    pub(super) query: PageQuery,
    pub(super) target: FetchTarget,
    /// Read it with the full parser, because the fast one did not recognise it.
    pub(super) full_parser: bool,
    /// Wait so long before it is sent.
    pub(super) pause: Duration,
}

/// What a page is read for.
#[derive(Debug)]
pub(super) enum FetchTarget {
    /// Blobs are counted.
    Counts(Box<PageCounter>),
    /// The names of one level are kept.
    LevelNames,
    /// The names of containers are kept.
    Containers,
}

/// A page that came, and the marker of the next.
#[derive(Debug)]
pub(super) enum FetchedPage {
    Counts(Box<PageCounts>, Option<String>),
    LevelNames(LevelNames, Option<String>),
    Containers(Vec<String>, Option<String>),
}

/// Why there is no page.
#[derive(Debug)]
pub(super) enum FetchFailure {
    /// The page holds XML that only the full parser reads, or a form of Apache Arrow that is not read.
    Unparsed,
    Failed(Box<Fault>),
}

impl From<Fault> for FetchFailure {
    fn from(fault: Fault) -> Self {
        Self::Failed(Box::new(fault))
    }
}

/// Fetches a page; says how long it took.
pub(super) async fn fetch(source: &BlobSource, request: FetchRequest) -> (Result<FetchedPage, FetchFailure>, PageTime) {
    if !request.pause.is_zero() {
        tokio::time::sleep(request.pause).await;
    }
    let (begun, mut reading) = (Instant::now(), Duration::ZERO);
    let page = read_page(source, request, &mut reading).await;
    (page, PageTime { whole: begun.elapsed(), reading })
}

async fn read_page(
    source: &BlobSource,
    request: FetchRequest,
    reading: &mut Duration,
) -> Result<FetchedPage, FetchFailure> {
    let FetchRequest { query, target, full_parser, .. } = request;
    let mut chunks = source.send(&query).await?;
    match target {
        FetchTarget::Counts(mut counter) => {
            let next = read_blobs(source, &mut chunks, counter.as_mut(), full_parser, reading).await?;
            // Finished here and not in the engine's loop, which all requests wait for.
            let form = if chunks.is_arrow() { ListingForm::Arrow } else { ListingForm::Xml };
            let counts = timed(reading, || counter.finish(form));
            Ok(FetchedPage::Counts(Box::new(counts), next))
        }
        FetchTarget::LevelNames => {
            let mut names = LevelNames::default();
            let next = read_blobs(source, &mut chunks, &mut names, full_parser, reading).await?;
            Ok(FetchedPage::LevelNames(names, next))
        }
        FetchTarget::Containers => {
            let page = read_whole(&mut chunks).await?;
            let read = full_parser::read_containers(&page);
            let (names, next) = read.map_err(|reason| chunks.broken(reason, &page))?;
            Ok(FetchedPage::Containers(names, next))
        }
    }
}

/// Adds the time that `work` takes.
fn timed<T>(reading: &mut Duration, work: impl FnOnce() -> T) -> T {
    let begun = Instant::now();
    let done = work();
    *reading += begun.elapsed();
    done
}

/// Reads a page of blobs into `sink` and returns the marker of the next page.
async fn read_blobs(
    source: &BlobSource,
    chunks: &mut BodyChunks,
    sink: &mut impl EntrySink,
    full_parser: bool,
    reading: &mut Duration,
) -> Result<Option<String>, FetchFailure> {
    if chunks.is_arrow() {
        return read_arrow(source, chunks, sink, reading).await;
    }
    if full_parser {
        let Ok(_permit) = WHOLE_PAGES.acquire().await else { return Err(FetchFailure::Unparsed) };
        let page = read_whole(chunks).await?;
        let read = timed(reading, || full_parser::read(&page, sink));
        return Ok(read.map_err(|reason| chunks.broken(reason, &page))?);
    }
    let mut parser = FastParser::default();
    while let Some(chunk) = chunks.next().await? {
        timed(reading, || parser.feed(&chunk, sink)).map_err(|_| FetchFailure::Unparsed)?;
    }
    let next = parser.end().map_err(|_| FetchFailure::Unparsed)?;
    Ok(next.map(str::to_owned))
}

/// The same for a page in Apache Arrow.
async fn read_arrow(
    source: &BlobSource,
    chunks: &mut BodyChunks,
    sink: &mut impl EntrySink,
    reading: &mut Duration,
) -> Result<Option<String>, FetchFailure> {
    let mut parser = ArrowParser::reusing(source.take_memory());
    let unread = |unread, chunks: &BodyChunks| {
        source.note_unread(&unread);
        match unread {
            UnreadArrow::Damaged(reason) => chunks.broken(reason, &[]).into(),
            // The same page comes in XML next.
            UnreadArrow::Unsupported(_) => FetchFailure::Unparsed,
        }
    };
    while let Some(chunk) = chunks.next().await? {
        timed(reading, || parser.feed(&chunk, sink)).map_err(|fault| unread(fault, chunks))?;
    }
    let next = parser.end().map_err(|fault| unread(fault, chunks))?.map(str::to_owned);
    source.give_back(parser.into_memory());
    Ok(next)
}

async fn read_whole(chunks: &mut BodyChunks) -> Result<Vec<u8>, Fault> {
    let mut page = Vec::new();
    while let Some(chunk) = chunks.next().await? {
        page.extend_from_slice(&chunk);
        if page.len() > PAGE_LIMIT {
            return Err(chunks.broken("the answer is longer than any listing", &page));
        }
    }
    Ok(page)
}
