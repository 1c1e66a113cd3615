//! The command `saidline`.

fn main() {}
