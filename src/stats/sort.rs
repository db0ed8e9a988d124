//! Sorting many whole seconds.

/// Below this length a comparison sort is as fast and needs no second buffer.
const SMALL: usize = 4096;
/// Bits taken per pass; 2,048 counters stay in the first-level cache.
const BITS: u32 = 11;
const DIGITS: usize = 1 << BITS;

/// Sorts ascending. Large slices by a least-significant-digit radix sort (Seward 1954): linear, and it leaves out the
/// passes in which all digits are equal. Percentiles, their bounds, bins and extremes are then look-ups.
pub fn sort_seconds(values: &mut Vec<u32>) {
    if values.len() < SMALL {
        values.sort_unstable();
        return;
    }
    if values.is_sorted() {
        return;
    }
    let highest = values.iter().copied().max().unwrap_or(0);
    let mut other = vec![0; values.len()];
    let mut shift = 0;
    while shift < u32::BITS && highest >> shift != 0 {
        if scatter(values, &mut other, shift) {
            std::mem::swap(values, &mut other);
        }
        shift += BITS;
    }
}

/// One stable pass by the digit at `shift`. Answers false, and leaves `to` alone, where all have the same digit.
fn scatter(from: &[u32], to: &mut [u32], shift: u32) -> bool {
    let digit = |value: u32| (value >> shift) as usize & (DIGITS - 1);
    let mut next = [0usize; DIGITS];
    for &value in from {
        if let Some(count) = next.get_mut(digit(value)) {
            *count += 1;
        }
    }
    if next.contains(&from.len()) {
        return false;
    }
    let mut sum = 0;
    for slot in &mut next {
        sum += std::mem::replace(slot, sum);
    }
    for &value in from {
        if let Some(slot) = next.get_mut(digit(value)) {
            if let Some(place) = to.get_mut(*slot) {
                *place = value;
            }
            *slot += 1;
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::sort_seconds;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(32))]
        #[test]
        fn it_sorts(mut values in prop::collection::vec(any::<u32>(), 0..9000), mask in any::<u32>()) {
            values.iter_mut().for_each(|v| *v &= mask);
            let mut expected = values.clone();
            expected.sort_unstable();
            sort_seconds(&mut values);
            prop_assert_eq!(values, expected);
        }
    }
}
