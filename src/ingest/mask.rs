//! Finds the bytes that matter to the scanner, 64 at a time.

/// Bytes looked at in one go: one bit of a `u64` each.
pub(super) const BLOCK: usize = 64;

/// The same as a position.
pub(super) const BLOCK_LENGTH: u32 = 64;

/// The usual quote.
pub(super) const QUOTE: u8 = b'"';

/// A mask with a bit set for each delimiter, quote, LF and CR of the block; bit 0 is the first byte.
#[cfg(not(all(target_arch = "wasm32", target_feature = "simd128")))]
#[inline]
#[allow(
    clippy::needless_bitwise_bool,
    reason = "a lazy operator is a branch, which keeps the loop from becoming vector compares"
)]
pub(super) fn specials(block: &[u8; BLOCK], delimiter: u8, quote: u8) -> u64 {
    // A byte per byte first: this loop has no branch, so the compiler turns it into vector compares.
    let mut flags = [0_u8; BLOCK];
    for (flag, &byte) in flags.iter_mut().zip(block) {
        *flag = u8::from((byte == delimiter) | (byte == quote) | (byte == b'\n') | (byte == b'\r'));
    }
    // Then eight flags to eight bits: the multiplication moves bit 8i to bit 56 + i, and no two products collide.
    let (words, _) = flags.as_chunks::<8>();
    words
        .iter()
        .rev()
        .fold(0, |mask, word| (mask << 8) | (u64::from_le_bytes(*word).wrapping_mul(0x0102_0408_1020_4080) >> 56))
}

/// A mask with a bit set for each delimiter, quote, LF and CR of the block; bit 0 is the first byte.
#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
#[inline]
pub(super) fn specials(block: &[u8; BLOCK], delimiter: u8, quote: u8) -> u64 {
    use core::arch::wasm32::{u8x16_bitmask, u8x16_eq, u8x16_splat, u64x2, v128_or};

    let (halves, _) = block.as_chunks::<8>();
    let (pairs, _) = halves.as_chunks::<2>();
    pairs.iter().rev().fold(0, |mask, [low, high]| {
        let bytes = u64x2(u64::from_le_bytes(*low), u64::from_le_bytes(*high));
        let separators = v128_or(u8x16_eq(bytes, u8x16_splat(delimiter)), u8x16_eq(bytes, u8x16_splat(quote)));
        let line_ends = v128_or(u8x16_eq(bytes, u8x16_splat(b'\n')), u8x16_eq(bytes, u8x16_splat(b'\r')));
        (mask << 16) | u64::from(u8x16_bitmask(v128_or(separators, line_ends)))
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_bit_for_each_special_byte(bytes in prop::collection::vec(prop_oneof![any::<u8>(), Just(b'"'), Just(b';'), Just(b'\n'), Just(b'\r')], BLOCK)) {
            let block: [u8; BLOCK] = bytes.try_into().unwrap_or([0; BLOCK]);
            let expected = block.iter().enumerate().filter(|(_, b)| b";\"\n\r".contains(b)).fold(0, |m, (i, _)| m | (1_u64 << i));
            prop_assert_eq!(specials(&block, b';', QUOTE), expected);
        }
    }
}
