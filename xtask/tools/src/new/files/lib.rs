//! The tests of the repository as a whole, which are in `tests/`.
