//! The only crate that reads the outside: files, folders, standard input, JSONL; pages (bytes, and the charset that
//! the transport named) out.
