//! Changes of the fuzzer's inputs that leave a document a document.

use libfuzzer_sys::fuzzer_mutate;
use mutate::{Choices, edit};
use serde_json::Value;

/// Larger texts are left to the fuzzer's own changes, which take no time.
const LARGEST: usize = 64 << 10;

/// Changes the first `size` bytes of `data`, which may become all of it: every other time by structure, where they are
/// a document. Gives the new size.
pub fn mutate(data: &mut [u8], size: usize, max_size: usize, seed: u32) -> usize {
    let mut rng = Rng(u64::from(seed) + 1);
    if rng.one_in(2)
        && let Some(mut document) = document(&data[..size])
    {
        edit::several(&mut document, &mut rng);
        let text = document.to_string();
        if text.len() <= max_size {
            data[..text.len()].copy_from_slice(text.as_bytes());
            return text.len();
        }
    }
    fuzzer_mutate(data, size, max_size)
}

/// The object that a text is, in JSON or in YAML without anchors, which a short text could make endless with.
fn document(text: &[u8]) -> Option<Value> {
    let text = std::str::from_utf8(text).ok().filter(|text| text.len() <= LARGEST)?;
    let value = match serde_json::from_str(text) {
        Ok(value) => value,
        Err(_) if text.contains('&') => return None,
        Err(_) => serde_yaml::from_str::<Value>(text).ok()?,
    };
    value.is_object().then_some(value)
}

/// A small generator (xorshift64*), as the fuzzer gives a seed only.
struct Rng(u64);

impl Choices for Rng {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        let high = self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 32;
        if bound == 0 { 0 } else { high as usize % bound }
    }
}
