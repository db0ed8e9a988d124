//! Draws that belong to a visit and not to the order in which things happen: common random numbers.
//!
//! Every (ticket, visit) has a stream of its own, so that the same visit draws the same number whichever policy is
//! replayed, and differences between policies are not noise (common random numbers: Law 2015, chapter 11). Seeds are mixed
//! by `splitmix64` (Steele, Lea & Flood 2014); streams are xoshiro256** (Blackman & Vigna 2021), which `rand_xoshiro`
//! implements.

use rand_xoshiro::Xoshiro256StarStar;
use rand_xoshiro::rand_core::{Rng, SeedableRng};

/// What a stream is drawn for; each purpose has streams of its own.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Purpose {
    /// The effort of a visit.
    Effort = 1,
    /// The seed of one replication.
    Replication = 2,
    /// Weeks of a bootstrap.
    Weeks = 3,
    /// The time from the ticket before to this one, of a sampled desk.
    Arrival = 4,
    /// Whether a ticket goes on, of a sampled desk.
    Route = 5,
}

/// One step of `splitmix64`: the number that follows a state (Vigna, `splitmix64.c`).
#[inline]
pub fn splitmix64(state: u64) -> u64 {
    let mut z = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

/// The seed of the stream of a visit: `splitmix64` applied to seed, purpose, ticket and visit in turn.
#[inline]
pub fn stream_seed(seed: u64, ticket: u32, visit: u32, purpose: Purpose) -> u64 {
    let place = u64::from(ticket) << u32::BITS | u64::from(visit);
    splitmix64(splitmix64(seed ^ splitmix64(purpose as u64)) ^ place)
}

/// The stream of a visit.
#[inline]
pub fn stream(seed: u64, ticket: u32, visit: u32, purpose: Purpose) -> Xoshiro256StarStar {
    Xoshiro256StarStar::seed_from_u64(stream_seed(seed, ticket, visit, purpose))
}

/// A position below `n` (0 for `n = 0`), each as likely but for `n / 2^64` (Lemire 2019).
#[inline]
pub fn below(random: &mut Xoshiro256StarStar, n: usize) -> usize {
    usize::try_from((u128::from(random.next_u64()) * n as u128) >> u64::BITS).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use rand_xoshiro::Xoshiro256StarStar;
    use rand_xoshiro::rand_core::{Rng as _, SeedableRng as _};

    use super::{Purpose, below, splitmix64, stream, stream_seed};

    /// The first outputs of Vigna's `splitmix64.c` from the state 1234567, as Rosetta Code publishes them
    /// ("Pseudo-random numbers/Splitmix64").
    #[test]
    fn splitmix_is_vignas() {
        let expected = [
            6_457_827_717_110_365_317_u64,
            3_203_168_211_198_807_973,
            9_817_491_932_198_370_423,
            4_593_380_528_125_082_431,
            16_408_922_859_458_223_821,
        ];
        let mut state = 1_234_567_u64;
        for value in expected {
            assert_eq!(splitmix64(state), value);
            state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        }
    }

    /// The first outputs of `xoshiro256starstar.c` from the state 1, 2, 3, 4, by hand: `rotl(s1 * 5, 7) * 9` with s1 = 2 is
    /// `10 * 128 * 9 = 11520`; then s1 = 0; the others as `rand_xoshiro` and `NumPy`-style ports publish them.
    #[test]
    fn xoshiro_is_vignas() {
        let mut seed = [0; 32];
        for (word, value) in [1_u8, 2, 3, 4].into_iter().enumerate() {
            seed[8 * word] = value;
        }
        let mut random = Xoshiro256StarStar::from_seed(seed);
        for value in [11_520_u64, 0, 1_509_978_240, 1_215_971_899_390_074_240, 1_216_172_134_540_287_360] {
            assert_eq!(random.next_u64(), value);
        }
    }

    #[test]
    fn streams_differ_by_each_of_their_names_and_by_nothing_else() {
        let seeds = [
            stream_seed(1, 2, 3, Purpose::Effort),
            stream_seed(2, 2, 3, Purpose::Effort),
            stream_seed(1, 3, 3, Purpose::Effort),
            stream_seed(1, 2, 4, Purpose::Effort),
            stream_seed(1, 3, 2, Purpose::Effort),
            stream_seed(1, 2, 3, Purpose::Weeks),
        ];
        for (i, a) in seeds.iter().enumerate() {
            assert!(seeds.iter().skip(i + 1).all(|b| a != b));
        }
        assert_eq!(stream(7, 1, 1, Purpose::Effort).next_u64(), stream(7, 1, 1, Purpose::Effort).next_u64());
    }

    /// Ten cells of 10,000 draws, one of each stream: 1,000 each, standard deviation 30; all within five of them.
    #[test]
    fn first_draws_of_neighbouring_streams_are_even() {
        let mut cells = [0_u32; 10];
        for ticket in 0..10_000 {
            cells[below(&mut stream(42, ticket, 0, Purpose::Effort), 10)] += 1;
        }
        assert!(cells.iter().all(|&n| (850..=1150).contains(&n)), "{cells:?}");
        assert_eq!(below(&mut stream(1, 1, 1, Purpose::Effort), 0), 0);
    }
}
