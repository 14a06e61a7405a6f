//! Any drive with any damage: what is told is what a plain reading of each file says.

use std::collections::BTreeSet;
use std::fs;

use proptest::prelude::*;

use super::fixture::{BlobOnDrive, DriveFixture, bytes, status};
use crate::verify::hash::md5_of;
use crate::verify::rules::DriveFault;

/// What happens to a blob's file.
#[derive(Clone, Debug)]
enum Harm {
    None,
    Gone,
    Folder,
    Cut(usize),
    Longer(usize),
    Changed(usize),
    Zeroed(usize, usize),
}

fn harm() -> impl Strategy<Value = Harm> {
    prop_oneof![
        4 => Just(Harm::None),
        1 => Just(Harm::Gone),
        1 => Just(Harm::Folder),
        1 => (1usize..3_000).prop_map(Harm::Cut),
        1 => (1usize..3_000).prop_map(Harm::Longer),
        3 => any::<usize>().prop_map(Harm::Changed),
        1 => (any::<usize>(), 1usize..3_000).prop_map(|(at, count)| Harm::Zeroed(at, count)),
    ]
}

fn blob() -> impl Strategy<Value = (usize, usize, bool, Harm)> {
    (0usize..9_000, prop_oneof![Just(512usize), Just(700), Just(4_096), Just(20_000)], any::<bool>(), harm())
}

fn do_harm(drive: &DriveFixture, blob: &BlobOnDrive, harm: &Harm) {
    let path = drive.at(&blob.name);
    let mut content = fs::read(&path).unwrap();
    match harm {
        Harm::None => return,
        Harm::Gone => return fs::remove_file(path).unwrap(),
        Harm::Folder => {
            fs::remove_file(&path).unwrap();
            return fs::create_dir(path).unwrap();
        }
        Harm::Cut(count) => content.truncate(content.len().saturating_sub(*count)),
        Harm::Longer(count) => content.extend(vec![7; *count]),
        Harm::Changed(_) | Harm::Zeroed(..) if content.is_empty() => return,
        Harm::Changed(at) => {
            let at = at % content.len();
            content[at] ^= 0x55;
        }
        Harm::Zeroed(at, count) => {
            let at = at % content.len();
            let end = (at + count).min(content.len());
            content[at..end].fill(0);
        }
    }
    fs::write(path, content).unwrap();
}

/// The plain reading: the whole file into memory, part by part.
fn expected(drive: &DriveFixture, number: u64, blob: &BlobOnDrive) -> BTreeSet<(u64, Option<u64>, DriveFault)> {
    let path = drive.at(&blob.name);
    let told = |fault| BTreeSet::from([(number, None, fault)]);
    if !path.exists() {
        return told(DriveFault::MissingFile);
    }
    if path.is_dir() {
        return told(DriveFault::NotAFile);
    }
    let content = fs::read(path).unwrap();
    let mut found = match content.len().cmp(&blob.content.len()) {
        std::cmp::Ordering::Less => told(DriveFault::ShortFile),
        std::cmp::Ordering::Greater => told(DriveFault::LongFile),
        std::cmp::Ordering::Equal => BTreeSet::new(),
    };
    let parts = blob.content.chunks(blob.part).enumerate().filter(|(index, _)| !blob.pages || index % 2 == 0);
    for (place, (index, part)) in parts.enumerate() {
        let Some(read) = content.get(index * blob.part..index * blob.part + part.len()) else { continue };
        if md5_of(read) != md5_of(part) {
            let zeros = read.iter().all(|byte| *byte == 0);
            let fault = if zeros { DriveFault::ZeroedPart } else { DriveFault::WrongHash };
            found.insert((number, Some(place as u64), fault));
        }
    }
    found
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn w90_any_damage_is_told_as_a_plain_reading_tells_it(blobs in prop::collection::vec(blob(), 1..40)) {
        let made = blobs.iter().enumerate().map(|(number, (length, part, pages, _))| BlobOnDrive {
            pages: *pages,
            ..BlobOnDrive::new(&format!("c/{}/{number}", number % 3), &bytes(*length, number), *part)
        });
        let drive = DriveFixture::new(made.collect());
        let mut all = BTreeSet::new();
        for (number, (blob, (_, _, _, harm))) in drive.blobs.iter().zip(&blobs).enumerate() {
            do_harm(&drive, blob, harm);
            all.extend(expected(&drive, number as u64, blob));
        }
        let checked = drive.check();
        let told: BTreeSet<_> =
            checked.findings.all().iter().map(|found| (found.entry.unwrap_or(u64::MAX), found.index, found.fault)).collect();
        let bad: BTreeSet<u64> = all.iter().map(|(number, _, _)| *number).collect();
        prop_assert_eq!(&told, &all);
        prop_assert_eq!(checked.right(), blobs.len() as u64 - bad.len() as u64);
        prop_assert_eq!(status(&checked), u8::from(!bad.is_empty()));
    }
}
