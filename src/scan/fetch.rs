//! One page: asked for, read as it arrives, counted. It either comes back whole or not at all; `engine` decides what then.

use quick_xml::{Reader, events::Event};
use tokio::sync::Semaphore;

use super::fast_parser::FastParser;
use super::full_parser;
use super::page_counts::PageCounts;
use super::source::{BlobSource, PageQuery};
use crate::azure::fault::Fault;
use crate::azure::transport::BodyChunks;

/// A page of a listing is never larger.
const PAGE_LIMIT: usize = 64 << 20;

/// Pages held whole at a time; each may take several megabytes.
static WHOLE_PAGES: Semaphore = Semaphore::const_new(2);

/// What a lane brings back.
#[derive(Debug)]
pub(super) enum FetchOutcome {
    /// A page of blobs and the marker of the next.
    Blobs(Box<PageCounts>, Option<String>),
    /// Names of containers and the marker of the next page.
    Containers(Vec<String>, Option<String>),
    /// The page holds XML that only the thorough reader understands.
    Unparsed,
    /// No page.
    Failed(Box<Fault>),
}

/// Fetches and counts one page of blobs.
pub(super) async fn blob_page(
    source: &BlobSource,
    ask: &PageQuery,
    mut tally: PageCounts,
    thorough: bool,
) -> FetchOutcome {
    let mut pieces = match source.send(ask).await {
        Ok(pieces) => pieces,
        Err(fault) => return FetchOutcome::Failed(Box::new(fault)),
    };
    if thorough {
        let Ok(_permit) = WHOLE_PAGES.acquire().await else { return FetchOutcome::Unparsed };
        let read = read_whole(&mut pieces).await;
        let read =
            read.and_then(|page| full_parser::read(&page, &mut tally).map_err(|reason| pieces.broken(reason, &page)));
        return match read {
            Ok(next) => counted(tally, next),
            Err(fault) => FetchOutcome::Failed(Box::new(fault)),
        };
    }
    let mut walker = FastParser::default();
    loop {
        match pieces.next().await {
            Ok(Some(piece)) => {
                if walker.feed(&piece, &mut tally).is_err() {
                    return FetchOutcome::Unparsed;
                }
            }
            Ok(None) => break,
            Err(fault) => return FetchOutcome::Failed(Box::new(fault)),
        }
    }
    match walker.end() {
        Ok(next) => {
            let next = next.map(str::to_owned);
            counted(tally, next)
        }
        Err(_) => FetchOutcome::Unparsed,
    }
}

fn counted(mut tally: PageCounts, next: Option<String>) -> FetchOutcome {
    // In the lane, where it takes no time of the loop that all lanes wait for.
    tally.runs = std::mem::take(&mut tally.spread).runs(&tally.container, &tally.totals.load.large);
    FetchOutcome::Blobs(Box::new(tally), next)
}

/// Fetches one page of containers.
pub(super) async fn container_page(source: &BlobSource, ask: &PageQuery) -> FetchOutcome {
    let read = async {
        let mut pieces = source.send(ask).await?;
        let page = read_whole(&mut pieces).await?;
        container_names(&page).map_err(|reason| pieces.broken(reason, &page))
    };
    match read.await {
        Ok((names, next)) => FetchOutcome::Containers(names, next),
        Err(fault) => FetchOutcome::Failed(Box::new(fault)),
    }
}

async fn read_whole(pieces: &mut BodyChunks) -> Result<Vec<u8>, Fault> {
    let mut page = Vec::new();
    while let Some(piece) = pieces.next().await? {
        page.extend_from_slice(&piece);
        if page.len() > PAGE_LIMIT {
            return Err(pieces.broken("the answer is longer than any listing", &page));
        }
    }
    Ok(page)
}

/// The names of a List Containers page and the marker of the next.
fn container_names(page: &[u8]) -> Result<(Vec<String>, Option<String>), String> {
    let text = std::str::from_utf8(page).map_err(|_| "the listing is not UTF-8 text".to_owned())?;
    let mut reader = Reader::from_str(text.trim_start_matches('\u{feff}'));
    let (mut names, mut marker, mut whole) = (Vec::new(), String::new(), false);
    let (mut path, mut value): (Vec<String>, String) = (Vec::new(), String::new());
    loop {
        match reader.read_event().map_err(|error| format!("the listing is not well-formed XML ({error})"))? {
            Event::Start(tag) => {
                path.push(tag.name().as_ref().to_owned());
                value.clear();
            }
            Event::Text(text) => value.push_str(&text.into_inner()),
            Event::CData(text) => value.push_str(&text.into_inner()),
            Event::GeneralRef(entity) => {
                let escaped = format!("&{};", &*entity);
                value.push_str(&quick_xml::escape::unescape(&escaped).map_err(|error| error.to_string())?);
            }
            Event::End(_) => {
                let here: Vec<&str> = path.iter().map(String::as_str).collect();
                match here.as_slice() {
                    ["EnumerationResults"] => whole = true,
                    ["EnumerationResults", "NextMarker"] => marker.clone_from(&value),
                    ["EnumerationResults", "Containers", "Container", "Name"] => names.push(value.clone()),
                    _ => {}
                }
                path.pop();
                value.clear();
            }
            Event::Eof => break,
            _ => {}
        }
    }
    if !whole {
        return Err("the listing is cut off".to_owned());
    }
    Ok((names, Some(marker).filter(|marker| !marker.is_empty())))
}
