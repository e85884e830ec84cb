//! Where lines end, wherever in a word of eight bytes that is.

use crate::runtime::stream::search::position_of_either;

#[test]
fn the_first_of_two_bytes_is_found() {
    for length in 0..20 {
        for at in 0..length {
            for (found, after) in [(b'\r', b'\n'), (b'\n', b'\r')] {
                let mut bytes = vec![0x80; length];
                bytes[at] = found;
                bytes.extend([after, found]);
                assert_eq!(position_of_either(&bytes, [b'\r', b'\n']), Some(at));
            }
        }
        let none = [0x09, 0x0B, 0x0C, 0x0E, 0x00, 0xFF].iter().cycle().take(length);
        let none: Vec<u8> = none.copied().collect();
        assert_eq!(position_of_either(&none, [b'\r', b'\n']), None);
    }
}
