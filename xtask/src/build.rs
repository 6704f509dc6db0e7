//! Makes `dist/`: what the server hands out and the service worker keeps.
//!
//! ```text
//! app (cargo, wasm) → lazy part split off → wasm-bindgen → wasm-opt ─┐
//! styles/*.scss → sass ──────────────────────────────────────────┤
//! fonts, icons ──────────────────────────────────────────────────┼→ hashed assets → index.html, sw.js → .br → dist/
//! vocabulary → pictures of both symbol sets ─────────────────────┘
//! ```
//!
//! Each step is skipped when its inputs did not change.

mod compress;
mod function;
mod script;
mod shell;
mod styles;
mod symbols;
mod wasm;

pub(crate) use function::function;

use crate::tools;
use anyhow::{Context, Result, bail};
use std::fs;
use std::path::PathBuf;

/// What a first visit may cost a tablet on a poor connection, in bytes after brotli: until the door can be used, and until
/// the entrance has come behind it. Beyond either the build fails.
const DOOR_LIMIT: usize = 60_000;
const ENTRANCE_LIMIT: usize = 410_000;

/// The two ways to build the app.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Profile {
    /// Quick to build; what `run` uses.
    Dev,
    /// Small to download; what ships and what the browser tests run.
    Release,
}

/// Builds `dist/` and returns its path.
pub(crate) fn build(profile: Profile) -> Result<PathBuf> {
    tools::wasm_target()?;
    tools::npm_packages("app")?;
    println!("Building the app ({})", if profile == Profile::Dev { "for trying out" } else { "for release" });
    let wasm = wasm::app(profile)?;
    let styles = styles::make()?;
    let symbols = symbols::make()?;

    // Named by process: two builds at a time do not step on each other.
    let staging = tools::workshop().join(format!("dist-{}", std::process::id()));
    let _ = fs::remove_dir_all(&staging);
    fs::create_dir_all(&staging)?;
    let shell = shell::assemble(&staging, profile, &wasm, &styles, &symbols)?;
    symbols.copy_to(&staging)?;
    compress::compress(&staging, profile)?;

    let door = report(&staging, "the door", &shell.door)?;
    let entrance = door + report(&staging, "the entrance", &shell.entrance)?;
    println!("{:>24}  {} pictures of {} symbols, build {}", "symbols", shell.pictures, shell.symbols, shell.build);
    for (what, sent, limit) in [("the door", door, DOOR_LIMIT), ("the entrance", entrance, ENTRANCE_LIMIT)] {
        if profile == Profile::Release && sent > limit {
            bail!("{what} takes {} after brotli: the limit is {}", kilobytes(sent), kilobytes(limit));
        }
    }
    let dist = tools::root().join("dist");
    if dist.exists() {
        fs::remove_dir_all(&dist).context("dist/ could not be replaced")?;
    }
    fs::rename(&staging, &dist).context("dist/ could not be replaced")?;
    Ok(dist)
}

/// Builds the page that runs the storage contract suite in a browser, once there is one; returns its folder.
pub(crate) fn storage_contract() -> Result<Option<PathBuf>> {
    let source = tools::root().join("app/src/bin/storage_contract.rs");
    if fs::read_to_string(&source).is_ok_and(|text| text.trim() != "fn main() {}") {
        return wasm::storage_contract(Profile::Dev).map(Some);
    }
    println!("There is no storage contract page yet");
    Ok(None)
}

/// Builds the same page as small as what ships: the bench exchanges with it. Returns its folder.
pub(crate) fn trial() -> Result<PathBuf> {
    wasm::storage_contract(Profile::Release)
}

/// Prints what a part of a first visit downloads and returns its total.
fn report(staging: &std::path::Path, part: &str, files: &[String]) -> Result<usize> {
    let mut total = 0;
    println!("{part:>24}  {:>9}  {:>9}", "size", "sent");
    for file in files {
        let path = staging.join(file);
        let size = fs::read(&path)?.len();
        let sent = fs::read(compress::beside(&path)).map_or(size, |compressed| compressed.len());
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        println!("{name:>24}  {:>9}  {:>9}", kilobytes(size), kilobytes(sent));
        total += sent;
    }
    println!("{:>24}  {:>9}  {:>9}", "together", "", kilobytes(total));
    Ok(total)
}

fn kilobytes(bytes: usize) -> String {
    format!("{}.{} kB", bytes / 1000, bytes % 1000 / 100)
}
