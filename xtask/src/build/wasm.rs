//! The app as wasm and its JavaScript glue.

use super::{Profile, script};
use crate::fingerprint::{self, Inputs};
use crate::tools;
use anyhow::{Context, Result, bail};
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

/// The file of the lazy part, and the module that fetches it, in the folder that [`app`] returns.
pub(super) const LAZY_PART: &str = "split_lazy.wasm";
pub(super) const LAZY_PART_LOADER: &str = "__wasm_split.js";

/// Compiles the app and splits off its lazy part (`app/src/lazy.rs`); the folder returned holds `app.js`, `app_bg.wasm`,
/// [`LAZY_PART`], [`LAZY_PART_LOADER`] and, where crates bring their own, `snippets/`.
pub(super) fn app(profile: Profile) -> Result<PathBuf> {
    let name = match profile {
        Profile::Dev => "wasm-dev",
        Profile::Release => "wasm",
    };
    let compiled = compile(name, &["--bin", "app"])?.join("app.wasm");
    bind(&compiled, profile, Split::LazyPart)
}

/// The storage contract suite as a page: `index.html`, `storage_contract.js` and its wasm in one folder. It shares the
/// dependencies that the release build compiled. The bench calls it too.
pub(super) fn storage_contract(profile: Profile) -> Result<PathBuf> {
    let compiled =
        compile("wasm", &["--bin", "storage_contract", "--features", "contract"])?.join("storage_contract.wasm");
    let folder = bind(&compiled, profile, Split::Nowhere)?;
    script::without_lazy_part(&folder.join("storage_contract.js"))?;
    std::fs::write(folder.join("index.html"), CONTRACT_PAGE)?;
    std::fs::write(folder.join("start.js"), CONTRACT_START)?;
    Ok(folder)
}

const CONTRACT_PAGE: &str = r#"<!doctype html><html lang="en"><meta charset="utf-8"><title>Storage contract</title><script type="module" src="start.js"></script></html>"#;
const CONTRACT_START: &str = r#"import start from "./storage_contract.js"; await start("./storage_contract_bg.wasm");"#;

fn compile(profile: &str, what: &[&str]) -> Result<PathBuf> {
    let mut command = tools::cargo();
    command.args(["build", "-p", "app", "--target", "wasm32-unknown-unknown", "--profile", profile]).args(what);
    tools::run(&mut command)?;
    Ok(tools::target().join("wasm32-unknown-unknown").join(profile))
}

/// Whether a program comes in one file or in two.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Split {
    Nowhere,
    LazyPart,
}

/// Joins a compiled wasm file with its JavaScript side and, for release, makes it small.
fn bind(compiled: &Path, profile: Profile, split: Split) -> Result<PathBuf> {
    let bytes = std::fs::read(compiled).with_context(|| format!("{} is missing", compiled.display()))?;
    let stem = compiled.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let folder = tools::workshop().join(format!("{stem}-{profile:?}").to_lowercase());
    let inputs = Inputs::new("wasm-bindgen 3").bytes(&bytes).path(&tools::root().join("app/package-lock.json"))?;
    fingerprint::step(&folder, inputs, |folder| {
        let first = folder.join(format!("{stem}.wasm"));
        match split {
            Split::Nowhere => std::fs::copy(compiled, &first).map(drop)?,
            Split::LazyPart => split_off_lazy_part(&bytes, &first, folder)?,
        }
        let mut bindgen = Bindgen::new();
        bindgen.input_path(&first).out_name(&stem).typescript(false).web(true)?;
        // The lazy part is joined to the first by what the linker exports: its memory and its table.
        bindgen.keep_lld_exports(split == Split::LazyPart);
        bindgen.remove_producers_section(true).remove_name_section(profile == Profile::Release);
        bindgen.generate(folder).context("wasm-bindgen")?;
        std::fs::remove_file(first)?;
        if profile == Profile::Release {
            optimise(&folder.join(format!("{stem}_bg.wasm")))?;
            if split == Split::LazyPart {
                optimise(&folder.join(LAZY_PART))?;
            }
        }
        Ok(())
    })?;
    Ok(folder)
}

/// Cuts the program in two: `first` holds what runs until the vault is unlocked, [`LAZY_PART`] what only its pages need.
fn split_off_lazy_part(program: &[u8], first: &Path, folder: &Path) -> Result<()> {
    let mut options = wasm_split_cli_support::Options::new(program);
    (options.output_dir, options.main_out_path, options.link_name) = (folder, first, LAZY_PART_LOADER);
    let parts = wasm_split_cli_support::transform(options)
        .map_err(|error| anyhow::anyhow!("the wasm could not be split: {error:#}"))?;
    match parts.split_modules.as_slice() {
        [lazy] if lazy.ends_with(LAZY_PART) => Ok(()),
        others => bail!("the wasm is split at `lazy` and nowhere else, but it came in these parts: {others:?}"),
    }
}

fn optimise(wasm: &Path) -> Result<()> {
    println!("Making {} small", wasm.file_name().unwrap_or_default().to_string_lossy());
    let mut command = tools::node("binaryen/bin/wasm-opt")?;
    command.args(["-Oz", "--strip-debug"]).args(FEATURES).arg(wasm).arg("-o").arg(wasm);
    tools::run(&mut command)
}
