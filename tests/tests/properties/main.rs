//! What has to hold for any value, tried with many random ones.

mod encoding;
mod models;
mod strategies;
