//! Which hasher is used: the fast one where it gives the digests of the plain one, otherwise the plain one.

use md5::{Digest as _, Md5};

use super::super::rules::Md5Sum;
use super::lanes::LaneMd5;
use super::part_hasher::PartHasher;
use super::plain::PlainMd5;

/// The hasher, and why it is not the fast one where it is not.
pub struct ChosenHasher {
    /// The hasher.
    pub hasher: Box<dyn PartHasher>,
    /// Why the fast one is not used.
    pub reason: Option<&'static str>,
}

/// Tries the fast hasher and takes the plain one where the fast one fails.
pub fn choose() -> ChosenHasher {
    if self_test(&LaneMd5::default()) {
        return ChosenHasher { hasher: Box::new(LaneMd5::default()), reason: None };
    }
    let reason = "the fast hasher gave other digests than the plain one when it was tried";
    ChosenHasher { hasher: Box::new(PlainMd5), reason: Some(reason) }
}

/// MD5 of some bytes with the plain hasher.
pub fn md5_of(bytes: &[u8]) -> Md5Sum {
    Md5::digest(bytes).into()
}

/// Whether a hasher gives the digests of the plain one: messages of all lengths around a block's edge, given in pieces, in every number of
/// streams up to its lanes.
pub fn self_test(hasher: &dyn PartHasher) -> bool {
    let text: Vec<u8> = (0..4_096_u32).map(|at| at.wrapping_mul(167).wrapping_add(at >> 5).to_le_bytes()[0]).collect();
    let lengths = [0, 1, 55, 56, 57, 63, 64, 65, 119, 128, 1_000, 4_000];
    (1..=hasher.lanes()).all(|count| {
        let mut streams = hasher.streams(count);
        let messages: Vec<&[u8]> = (0..count)
            .map(|stream| {
                let length = lengths.get((stream + count) % lengths.len()).copied().unwrap_or(0);
                text.get(stream..stream + length).unwrap_or_default()
            })
            .collect();
        for cut in [0..1, 1..64, 64..200, 200..5_000_usize] {
            let pieces: Vec<&[u8]> = messages
                .iter()
                .map(|message| {
                    message.get(cut.start.min(message.len())..cut.end.min(message.len())).unwrap_or_default()
                })
                .collect();
            streams.update(&pieces);
        }
        messages.iter().enumerate().all(|(stream, message)| streams.finish(stream, &[]) == md5_of(message))
            && (0..count).all(|stream| streams.finish(stream, b"end") == md5_of(b"end"))
    })
}

#[cfg(test)]
mod tests {
    use super::super::part_hasher::LaneStreams;
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_known_digests_of_the_standard() {
        assert_eq!(crate::verify::rules::md5_text(&md5_of(b"")), "D41D8CD98F00B204E9800998ECF8427E");
        assert_eq!(crate::verify::rules::md5_text(&md5_of(b"message digest")), "F96B697D7CB7938D525A2F31AAF161D0");
    }

    #[test]
    fn a_hasher_that_lies_about_one_length_fails_its_test() {
        struct Lying(Box<dyn LaneStreams>, Vec<usize>);
        impl LaneStreams for Lying {
            fn update(&mut self, pieces: &[&[u8]]) {
                self.0.update(pieces);
                self.1.iter_mut().zip(pieces).for_each(|(length, piece)| *length += piece.len());
            }
            fn finish(&mut self, stream: usize, last: &[u8]) -> Md5Sum {
                let sum = self.0.finish(stream, last);
                if std::mem::take(&mut self.1[stream]) == 119 { [0; 16] } else { sum }
            }
        }
        struct Liar;
        impl PartHasher for Liar {
            fn name(&self) -> &'static str {
                "liar"
            }
            fn lanes(&self) -> usize {
                16
            }
            fn streams(&self, count: usize) -> Box<dyn LaneStreams> {
                Box::new(Lying(PlainMd5.streams(count), vec![0; count]))
            }
        }
        assert!(self_test(&PlainMd5) && !self_test(&Liar));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn lanes_agree_with_the_plain_digest_whatever_the_lengths_and_pieces(
            lengths in prop::collection::vec(0usize..700, 1..40),
            cuts in prop::collection::vec(0usize..700, 0..5),
            seed in any::<u8>(),
        ) {
            let messages: Vec<Vec<u8>> = lengths.iter().enumerate()
                .map(|(lane, length)| (0..*length).map(|at| (at * 7 + lane * 13).to_le_bytes()[0] ^ seed).collect()).collect();
            let mut cuts = cuts;
            cuts.push(700);
            cuts.sort_unstable();
            let mut streams = LaneMd5::default().streams(messages.len());
            let mut from = 0;
            for to in cuts {
                let pieces: Vec<&[u8]> =
                    messages.iter().map(|message| &message[from.min(message.len())..to.min(message.len())]).collect();
                streams.update(&pieces);
                from = to;
            }
            for (lane, message) in messages.iter().enumerate() {
                prop_assert_eq!(streams.finish(lane, &[]), md5_of(message));
            }
        }
    }
}
