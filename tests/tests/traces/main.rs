//! What a client writes to a log. Apart from the other programs, since what is traced, and by whom, is a matter of the whole
//! process.

mod chaos;
mod spans;
