//! `cargo xtask tidy`: rules of this repository that the compiler cannot check. Each breach says where, what, and what to do.

mod layers;
mod licences;
mod links;
mod text;

use crate::tools;
use anyhow::{Result, bail};
use std::fmt;
use std::process::Command;

/// One rule broken at one place.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Breach {
    /// Path from the repository's top.
    file: String,
    /// From 1; 0 where the whole file is meant.
    line: usize,
    what: String,
    to_do: &'static str,
}

impl fmt::Display for Breach {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            0 => write!(out, "{}: {}\n    {}", self.file, self.what, self.to_do),
            line => write!(out, "{}:{line}: {}\n    {}", self.file, self.what, self.to_do),
        }
    }
}

pub(crate) fn tidy() -> Result<()> {
    let mut breaches = layers::check()?;
    breaches.extend(licences::check()?);
    for (file, text) in files()? {
        breaches.extend(text::check(&file, &text));
        breaches.extend(links::check(&file, &text, |path| tools::root().join(path).exists()));
    }
    if breaches.is_empty() {
        println!("Tidy");
        return Ok(());
    }
    let list: Vec<String> = breaches.iter().map(ToString::to_string).collect();
    bail!("{}\n\n{} to put right", list.join("\n"), breaches.len())
}

/// The text files that are, or are about to be, part of the repository.
fn files() -> Result<Vec<(String, String)>> {
    let listed = tools::read(
        Command::new("git").args(["ls-files", "--cached", "--others", "--exclude-standard"]).current_dir(tools::root()),
    )?;
    // What is listed but gone, or is not text, has nothing to check.
    Ok(listed
        .lines()
        .filter_map(|file| Some((file.to_owned(), std::fs::read_to_string(tools::root().join(file)).ok()?)))
        .collect())
}
