//! Where lines end, wherever in a word of eight bytes that is.

use crate::runtime::stream::search::{is_ascii, position_of_line_end, position_of_line_feed};

/// What is no end of a line, from the bytes next to those that are.
const OTHERS: [u8; 6] = [0x09, 0x0B, 0x0C, 0x0E, 0x00, 0xFF];

#[test]
fn the_first_end_of_a_line_is_found() {
    for length in 0..20 {
        for at in 0..length {
            for (found, after) in [(b'\r', b'\n'), (b'\n', b'\r')] {
                let mut bytes: Vec<u8> = OTHERS.into_iter().cycle().take(length).collect();
                bytes[at] = found;
                bytes.extend([after, found]);
                assert_eq!(position_of_line_end(&bytes), Some(at));
                let line_feed = if found == b'\n' { at } else { length };
                assert_eq!(position_of_line_feed(&bytes), Some(line_feed));
            }
        }
        let none: Vec<u8> = OTHERS.into_iter().cycle().take(length).collect();
        assert_eq!(position_of_line_end(&none), None);
        assert_eq!(position_of_line_feed(&none), None);
    }
}

#[test]
fn a_byte_that_is_not_ascii_is_found() {
    for length in 0..100 {
        let mut bytes = vec![b'x'; length];
        assert!(is_ascii(&bytes));
        for at in 0..length {
            bytes[at] = 0x80;
            assert!(!is_ascii(&bytes), "{at} of {length}");
            bytes[at] = 0x7F;
        }
    }
}
