//! The case note: plain text for the council's main case system, obeying what the child said about who may see it.
