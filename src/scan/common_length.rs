//! Compares texts byte by byte, many bytes at a step. Pure.

/// How many bytes both texts begin with.
pub(super) fn common_length(a: &[u8], b: &[u8]) -> usize {
    let wide = a.as_chunks::<32>().0.iter().zip(b.as_chunks::<32>().0).take_while(|(a, b)| a == b).count() * 32;
    let narrow = a[wide..].as_chunks::<8>().0.iter().zip(b[wide..].as_chunks::<8>().0);
    let mut at = wide;
    for (a, b) in narrow {
        let differ = u64::from_le_bytes(*a) ^ u64::from_le_bytes(*b);
        if differ != 0 {
            return at + differ.trailing_zeros() as usize / 8;
        }
        at += 8;
    }
    at + a[at..].iter().zip(&b[at..]).take_while(|(a, b)| a == b).count()
}
