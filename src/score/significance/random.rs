//! numpy's `default_rng`, so that a seed gives the resamples that sacreBLEU draws with it: a `SeedSequence` (O'Neill's
//! `seed_seq_fe128`), PCG64 in its XSL-RR variant (O'Neill 2014), and Lemire's bounded integers (2019).

const MULTIPLIER: u128 = 0x2360_ed05_1fc6_5da4_4385_df64_9fcc_f645;

/// `numpy.random.Generator(PCG64(seed))`.
#[derive(Clone, Debug)]
pub(in crate::score) struct Generator {
    state: u128,
    increment: u128,
    /// The upper half of a number whose lower half was handed out.
    half: Option<u32>,
}

impl Generator {
    pub(in crate::score) fn new(seed: u64) -> Self {
        let [a, b, c, d] = seeds(seed);
        let wide = |high: u64, low: u64| u128::from(high) << 64 | u128::from(low);
        let mut generator = Self { state: 0, increment: wide(c, d) << 1 | 1, half: None };
        generator.step();
        generator.state = generator.state.wrapping_add(wide(a, b));
        generator.step();
        generator
    }

    fn step(&mut self) {
        self.state = self.state.wrapping_mul(MULTIPLIER).wrapping_add(self.increment);
    }

    fn next_u64(&mut self) -> u64 {
        self.step();
        ((self.state >> 64) as u64 ^ self.state as u64).rotate_right((self.state >> 122) as u32)
    }

    /// The lower half of a number, then the upper one.
    pub(super) fn next_u32(&mut self) -> u32 {
        if let Some(half) = self.half.take() {
            return half;
        }
        let number = self.next_u64();
        self.half = Some((number >> 32) as u32);
        number as u32
    }

    /// Fills `out` with numbers below `bound`, as `integers(bound, size=…)` does.
    pub(in crate::score) fn fill_below(&mut self, bound: u32, out: &mut [u32]) {
        if bound <= 1 {
            out.fill(0);
            return;
        }
        // How many of the 2^32 numbers are too many for each result to be as likely.
        let surplus = bound.wrapping_neg() % bound;
        for value in out {
            *value = loop {
                let product = u64::from(self.next_u32()) * u64::from(bound);
                if product as u32 >= surplus {
                    break (product >> 32) as u32;
                }
            };
        }
    }
}

/// The bits of a generator's numbers, lowest first, as `integers(2, dtype=bool)` draws them.
#[derive(Debug)]
pub(super) struct Bits<'a> {
    generator: &'a mut Generator,
    buffer: u64,
    held: u32,
}

impl<'a> Bits<'a> {
    pub(super) fn new(generator: &'a mut Generator) -> Self {
        Self { generator, buffer: 0, held: 0 }
    }

    /// The next `count` bits, at most 32; the first is the lowest.
    pub(super) fn take(&mut self, count: u32) -> u32 {
        if self.held < count {
            self.buffer |= u64::from(self.generator.next_u32()) << self.held;
            self.held += 32;
        }
        let bits = self.buffer & ((1 << count) - 1);
        self.buffer >>= count;
        self.held -= count;
        bits as u32
    }
}

/// `SeedSequence(seed).generate_state(4, uint64)`.
fn seeds(seed: u64) -> [u64; 4] {
    let hash = |value: u32, constant: &mut u32, factor: u32| {
        let value = value ^ *constant;
        *constant = constant.wrapping_mul(factor);
        let value = value.wrapping_mul(*constant);
        value ^ value >> 16
    };
    let mut constant = 0x43b0_d7e5;
    let mut pool = [seed as u32, (seed >> 32) as u32, 0, 0].map(|word| hash(word, &mut constant, 0x931e_8875));
    for from in 0..pool.len() {
        for to in (0..pool.len()).filter(|to| *to != from) {
            let other = hash(pool[from], &mut constant, 0x931e_8875);
            let mixed = pool[to].wrapping_mul(0xca01_f9dd).wrapping_sub(other.wrapping_mul(0x4973_f715));
            pool[to] = mixed ^ mixed >> 16;
        }
    }
    let mut constant = 0x8b51_f9dd;
    let mut word = |index: usize| u64::from(hash(pool[index % pool.len()], &mut constant, 0x58f3_8ded));
    [0, 2, 4, 6].map(|index| word(index) | word(index + 1) << 32)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// numpy 2.4.6: `default_rng(seed).integers(2**32, size=4, dtype="uint32")`.
    #[test]
    fn numbers_are_those_of_numpy() {
        let four = |seed| {
            let mut generator = Generator::new(seed);
            [(); 4].map(|()| generator.next_u32())
        };
        assert_eq!(four(12345), [3_003_105_693, 976_400_781, 3_387_213_022, 1_360_466_709]);
        assert_eq!(four(0), [3_653_403_231, 2_735_729_615, 2_195_314_465, 1_158_725_112]);
        assert_eq!(four(1 << 40 | 7), [886_972_842, 3_564_019_232, 2_617_800_309, 1_096_527_305]);
    }

    /// numpy 2.4.6: `r = default_rng(12345); r.integers(2, size=40, dtype=bool); r.choice(1000, size=6)`.
    #[test]
    fn bits_and_bounded_numbers_are_those_of_numpy() {
        let mut generator = Generator::new(12345);
        let mut bits = Bits::new(&mut generator);
        let drawn: Vec<u32> = [8, 32].map(|count| bits.take(count)).into();
        assert_eq!(drawn, [157, 2_377_318_337]);
        let mut out = [0; 6];
        generator.fill_below(1000, &mut out);
        assert_eq!(out, [788, 316, 204, 797, 642, 676]);
        // A bound under which every third number is drawn again.
        let mut out = [0; 6];
        Generator::new(12345).fill_below(3 << 30, &mut out);
        assert_eq!(out, [2_252_329_269, 732_300_585, 2_540_409_766, 1_020_350_031, 657_699_810, 2_568_493_921]);
    }
}
