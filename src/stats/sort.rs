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
    } else {
        radix(values, |value| value);
    }
}

/// Sorts by the upper half of each entry, whatever the lower half says: seconds, and the ticket that took them.
pub fn sort_keyed(entries: &mut Vec<u64>) {
    if entries.len() < SMALL {
        entries.sort_unstable();
    } else {
        radix(entries, |entry| u32::try_from(entry >> u32::BITS).unwrap_or(u32::MAX));
    }
}

fn radix<T: Copy + Default>(values: &mut Vec<T>, key: impl Fn(T) -> u32 + Copy) {
    if values.is_sorted_by_key(|&value| key(value)) {
        return;
    }
    let highest = values.iter().map(|&value| key(value)).max().unwrap_or(0);
    let mut other = vec![T::default(); values.len()];
    let mut shift = 0;
    while shift < u32::BITS && highest >> shift != 0 {
        if scatter(values, &mut other, |value| (key(value) >> shift) as usize & (DIGITS - 1)) {
            std::mem::swap(values, &mut other);
        }
        shift += BITS;
    }
}

/// One stable pass by a digit. Answers false, and leaves `to` alone, where all have the same digit.
fn scatter<T: Copy>(from: &[T], to: &mut [T], digit: impl Fn(T) -> usize) -> bool {
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

    use super::{sort_keyed, sort_seconds};

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(32))]
        #[test]
        fn it_sorts(mut values in prop::collection::vec(any::<u32>(), 0..9000), mask in any::<u32>()) {
            for value in &mut values {
                *value &= mask;
            }
            let mut expected = values.clone();
            expected.sort_unstable();
            sort_seconds(&mut values);
            let mut keyed: Vec<u64> = values.iter().rev().map(|&v| u64::from(v) << 32 | u64::from(!v)).collect();
            prop_assert_eq!(&values, &expected);
            sort_keyed(&mut keyed);
            prop_assert!(keyed.iter().map(|k| k >> 32).eq(values.iter().map(|&v| u64::from(v))));
        }
    }
}
