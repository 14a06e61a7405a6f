//! The generated account: any number of blobs, none of them stored, pages made by patching numbers into ready-made bytes.

use std::fmt::Write as _;
use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;

use super::super::response::hash;
use super::arrow::{self, WrittenBatch};
use super::content::{StoredBlob, etag};

/// The only container of the generated account.
pub(crate) const CONTAINER: &str = "bench";
const FOLDER: u64 = 1_000;
/// Ready-made pages kept for reuse; more lanes than this make new ones.
const KEPT_PAGES: usize = 64;

type SyntheticPages = Arc<Mutex<Vec<SyntheticPage>>>;

/// The form of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum PageForm {
    Xml,
    Arrow,
}

/// Entries of a page: which blob of a folder it begins with, how many there are, and their bytes.
struct SyntheticPage {
    form: PageForm,
    phase: u64,
    count: usize,
    bytes: Vec<u8>,
    /// Where the folder's digits of the first entry are.
    at: usize,
    /// Bytes from there to the digits of the next entry.
    stride: usize,
    pool: SyntheticPages,
}

/// The generated content.
pub(crate) struct SyntheticAccount {
    blobs: u64,
    digits: usize,
    /// The thousand entries of folder 0, all of the same length.
    folder: Vec<u8>,
    entry: usize,
    /// Where the folder's digits are in an entry.
    at: usize,
    items: Vec<StoredBlob>,
    pool: SyntheticPages,
}

impl SyntheticAccount {
    /// Content of that many blobs.
    pub(crate) fn new(blobs: u64) -> Self {
        let digits = (blobs.saturating_sub(1) / FOLDER).to_string().len().max(4);
        let modified = jiff::Timestamp::constant(1_735_689_600, 0);
        let items: Vec<StoredBlob> =
            (0..FOLDER).map(|k| StoredBlob::generated(&format!("bench {k}"), size(k), modified)).collect();
        let mut folder = String::new();
        for (k, item) in items.iter().enumerate() {
            entry(&mut folder, &format!("d{:0digits$}/blob-{k:04}.dat", 0), item);
        }
        let entry = folder.len() / items.len().max(1);
        Self {
            blobs,
            digits,
            at: "<Blob><Name>d".len(),
            folder: folder.into_bytes(),
            entry,
            items,
            pool: SyntheticPages::default(),
        }
    }

    /// How many blobs there are.
    pub(crate) fn blobs(&self) -> u64 {
        self.blobs
    }

    /// The properties of a blob by its number.
    pub(crate) fn item(&self, index: u64) -> &StoredBlob {
        &self.items[usize::try_from(index % FOLDER).unwrap_or(0)]
    }

    /// The name of a blob by its number.
    pub(crate) fn name(&self, index: u64) -> String {
        format!("d{:0width$}/blob-{:04}.dat", index / FOLDER, index % FOLDER, width = self.digits)
    }

    /// The number of the first blob whose name is not below `key`.
    pub(crate) fn lower_bound(&self, key: &str) -> u64 {
        let (mut low, mut high) = (0, self.blobs);
        while low < high {
            let middle = low + (high - low) / 2;
            if self.name(middle).as_str() < key {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        low
    }

    /// The first blob whose name is not below `key`.
    pub(crate) fn at_or_after(&self, key: &str) -> Option<(String, &[StoredBlob])> {
        let index = self.lower_bound(key);
        let k = usize::try_from(index % FOLDER).unwrap_or(0);
        (index < self.blobs).then(|| (self.name(index), &self.items[k..=k]))
    }

    /// The rendered entries of blobs `from..to`.
    pub(crate) fn entries(&self, from: u64, to: u64) -> Bytes {
        self.filled(PageForm::Xml, from, to)
    }

    /// The same in Apache Arrow: the columns with the marker of the next page, then the rows.
    pub(super) fn arrow_messages(&self, from: u64, to: u64, marker: Option<&str>) -> [Bytes; 2] {
        let columns = arrow::generated(self.named(from % FOLDER, 1).iter().map(|(name, item)| (name.as_str(), *item)));
        let rows = if from < to { self.filled(PageForm::Arrow, from, to) } else { Bytes::new() };
        [Bytes::from(arrow::schema(&columns, marker)), rows]
    }

    /// Blobs from one of a folder on, as if the folder were the first.
    fn named(&self, phase: u64, count: usize) -> Vec<(String, &StoredBlob)> {
        (phase..phase + count as u64).map(|index| (self.name(index % FOLDER), self.item(index))).collect()
    }

    /// The page of blobs `from..to`.
    fn filled(&self, form: PageForm, from: u64, to: u64) -> Bytes {
        let count = usize::try_from(to.saturating_sub(from)).unwrap_or(0);
        let phase = from % FOLDER;
        let mut page = self.page(form, phase, count);
        let mut digits = String::with_capacity(self.digits);
        let mut drawn = u64::MAX;
        for slot in 0..count {
            let folder = (from + slot as u64) / FOLDER;
            if folder != drawn {
                digits.clear();
                let _ = write!(digits, "{folder:0width$}", width = self.digits);
                drawn = folder;
            }
            let at = slot * page.stride + page.at;
            if let Some(place) = page.bytes.get_mut(at..at + digits.len()) {
                place.copy_from_slice(digits.as_bytes());
            }
        }
        Bytes::from_owner(page)
    }

    /// A page of the right form, an old one if there is one: only folder numbers differ between pages of one form.
    fn page(&self, form: PageForm, phase: u64, count: usize) -> SyntheticPage {
        let mut pool = self.pool.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(found) = pool.iter().position(|p| p.form == form && p.phase == phase && p.count == count) {
            return pool.swap_remove(found);
        }
        drop(pool);
        let pool = Arc::clone(&self.pool);
        if form == PageForm::Arrow {
            let named = self.named(phase, count);
            let columns = arrow::generated(named.iter().map(|(name, item)| (name.as_str(), *item)));
            let WrittenBatch { bytes, texts } = arrow::batch(&columns, count);
            let stride = self.name(0).len();
            return SyntheticPage { form, phase, count, bytes, at: texts + 1, stride, pool };
        }
        let length = count * self.entry;
        let mut bytes = Vec::with_capacity(length);
        let mut start = usize::try_from(phase).unwrap_or(0) * self.entry;
        while bytes.len() < length {
            let end = self.folder.len().min(start + length - bytes.len());
            bytes.extend_from_slice(&self.folder[start..end]);
            start = 0;
        }
        SyntheticPage { form, phase, count, bytes, at: self.at, stride: self.entry, pool }
    }
}

impl AsRef<[u8]> for SyntheticPage {
    fn as_ref(&self) -> &[u8] {
        &self.bytes
    }
}

impl Drop for SyntheticPage {
    fn drop(&mut self) {
        let bytes = std::mem::take(&mut self.bytes);
        let mut pool = self.pool.lock().unwrap_or_else(PoisonError::into_inner);
        if !bytes.is_empty() && pool.len() < KEPT_PAGES {
            let Self { form, phase, count, at, stride, .. } = *self;
            pool.push(SyntheticPage { form, phase, count, bytes, at, stride, pool: Arc::clone(&self.pool) });
        }
    }
}

/// The size of the k-th blob of every folder: eight digits, so that all entries are equally long.
fn size(k: u64) -> u64 {
    10_000_000 + hash(&format!("size {k}")) % 90_000_000
}

fn entry(out: &mut String, name: &str, item: &StoredBlob) {
    let date = super::super::clock::http_date(item.modified);
    let _ = write!(
        out,
        "<Blob><Name>{name}</Name><Properties><Creation-Time>{date}</Creation-Time><Last-Modified>{date}</Last-Modified><Etag>{}</Etag>\
         <Content-Length>{}</Content-Length><Content-Type>application/octet-stream</Content-Type><Content-Encoding /><Content-Language />\
         <Content-CRC64 /><Content-MD5>1B2M2Y8AsgTpgAmY7PhCfg==</Content-MD5><Cache-Control /><Content-Disposition /><BlobType>BlockBlob</BlobType>\
         <AccessTier>Hot</AccessTier><AccessTierInferred>true</AccessTierInferred><LeaseStatus>unlocked</LeaseStatus><LeaseState>available</LeaseState>\
         <ServerEncrypted>true</ServerEncrypted><TagCount>1</TagCount><EncryptionScope>northlight-archive-default-scope</EncryptionScope>\
         <CustomerProvidedKeySha256 /><LastAccessTime>{date}</LastAccessTime></Properties><OrMetadata /></Blob>",
        etag(&item.etag),
        item.length,
    );
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_patched_page_names_the_same_blobs_as_the_numbers_say() {
        let bench = SyntheticAccount::new(12_345);
        for (from, to) in [(0, 5_000), (5_000, 10_000), (0, 5_000), (999, 2_003), (12_000, 12_345), (7_001, 12_001)] {
            let page = bench.entries(from, to);
            let text = std::str::from_utf8(&page).unwrap();
            let names: Vec<&str> = text.split("<Name>").skip(1).map(|t| t.split('<').next().unwrap()).collect();
            let expected: Vec<String> = (from..to).map(|i| bench.name(i)).collect();
            assert_eq!(names, expected);
        }
    }

    #[test]
    fn names_are_in_order_and_found_again() {
        let bench = SyntheticAccount::new(2_500);
        for i in 0..2_500 {
            assert_eq!(bench.lower_bound(&bench.name(i)), i);
        }
        assert_eq!(bench.lower_bound("d0001/"), 1_000);
        assert_eq!(bench.lower_bound("e"), 2_500);
    }
}
