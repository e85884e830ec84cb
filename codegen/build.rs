//! Has cargo build this crate anew when a template changes: the templates are part of it.

fn main() {
    println!("cargo:rerun-if-changed=../templates");
}
