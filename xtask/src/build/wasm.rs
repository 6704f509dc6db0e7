//! The app as wasm and its JavaScript glue.

use super::Profile;
use crate::fingerprint::{self, Inputs};
use crate::tools;
use anyhow::{Context, Result};
use std::path::{Path, PathBuf};
use wasm_bindgen_cli_support::Bindgen;

/// What rustc emits beyond the first wasm standard; wasm-opt must be told to accept it.
const FEATURES: [&str; 7] = [
    "--enable-bulk-memory",
    "--enable-bulk-memory-opt",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--enable-reference-types",
    "--enable-multivalue",
];

/// Compiles the app; the folder returned holds `app.js`, `app_bg.wasm` and, where crates bring their own, `snippets/`.
pub(super) fn app(profile: Profile) -> Result<PathBuf> {
    let name = match profile {
        Profile::Dev => "wasm-dev",
        Profile::Release => "wasm",
    };
    let compiled = compile(name, &["--bin", "app"])?.join("app.wasm");
    bind(&compiled, profile)
}

/// The storage contract suite as a page: `index.html`, `storage_contract.js` and its wasm in one folder. It shares the
/// dependencies that the release build compiled.
pub(super) fn storage_contract() -> Result<PathBuf> {
    let compiled =
        compile("wasm", &["--bin", "storage_contract", "--features", "contract"])?.join("storage_contract.wasm");
    let folder = bind(&compiled, Profile::Dev)?;
    std::fs::write(folder.join("index.html"), CONTRACT_PAGE)?;
    std::fs::write(folder.join("start.js"), CONTRACT_START)?;
    Ok(folder)
}

const CONTRACT_PAGE: &str = r#"<!doctype html><html lang="en"><meta charset="utf-8"><title>Storage contract</title><script type="module" src="start.js"></script></html>"#;
const CONTRACT_START: &str = r#"import start from "./storage_contract.js"; await start("./storage_contract_bg.wasm");"#;

fn compile(profile: &str, what: &[&str]) -> Result<PathBuf> {
    let mut command = tools::cargo();
    command
        .args(["build", "--quiet", "-p", "app", "--target", "wasm32-unknown-unknown", "--profile", profile])
        .args(what);
    tools::run(&mut command)?;
    Ok(tools::target().join("wasm32-unknown-unknown").join(profile))
}

/// Joins a compiled wasm file with its JavaScript side and, for release, makes it small.
fn bind(compiled: &Path, profile: Profile) -> Result<PathBuf> {
    let bytes = std::fs::read(compiled).with_context(|| format!("{} is missing", compiled.display()))?;
    let stem = compiled.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let folder = tools::workshop().join(format!("{stem}-{profile:?}").to_lowercase());
    let inputs = Inputs::new("wasm-bindgen 1").bytes(&bytes).path(&tools::root().join("app/package-lock.json"))?;
    fingerprint::step(&folder, inputs, |folder| {
        let mut bindgen = Bindgen::new();
        bindgen.input_path(compiled).out_name(&stem).typescript(false).web(true)?;
        bindgen.remove_producers_section(true).remove_name_section(profile == Profile::Release);
        bindgen.generate(folder).context("wasm-bindgen")?;
        match profile {
            Profile::Dev => Ok(()),
            Profile::Release => optimise(&folder.join(format!("{stem}_bg.wasm"))),
        }
    })?;
    Ok(folder)
}

fn optimise(wasm: &Path) -> Result<()> {
    println!("Making the wasm small");
    let mut command = tools::node("binaryen/bin/wasm-opt")?;
    command.arg("-Oz").args(FEATURES).arg(wasm).arg("-o").arg(wasm);
    tools::run(&mut command)
}
