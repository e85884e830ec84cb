//! What holds for this repository: its rules, its pages, and that what is checked in is what the generator gives.

mod generated;
mod models_alone;
mod named_tests;
mod pages;
mod rooms;
mod runtime_crate;
mod twelve_tasks;
mod vendor_rule;
