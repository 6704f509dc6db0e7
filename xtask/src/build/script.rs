//! The one script of the page: the glue that wasm-bindgen wrote, the loader of the lazy part, then our own start. One module,
//! so that one check of integrity covers all three and nothing waits for a second request.

use super::wasm::{LAZY_PART, LAZY_PART_LOADER};
use anyhow::{Result, ensure};
use std::fs;
use std::path::Path;

/// The function of the loader that the wasm imports.
const LOAD: &str = "__wasm_split_load_lazy";

/// Joins the script from what is in `wasm` and `public`.
pub(super) fn join(wasm: &Path, public: &Path) -> Result<String> {
    let glue = glue(&fs::read_to_string(wasm.join("app.js"))?)?;
    let loader = loader(&fs::read_to_string(wasm.join(LAZY_PART_LOADER))?)?;
    Ok(format!("{glue}\n{loader}\n{}", fs::read_to_string(public.join("start.js"))?))
}

/// The glue, with the loader as a value instead of a module of its own.
fn glue(text: &str) -> Result<String> {
    replace_once(text, &format!("import * as import1 from \"{LAZY_PART_LOADER}\""), "")
}

/// The loader, which finds the lazy part by its hashed name and checks it.
fn loader(text: &str) -> Result<String> {
    let text = replace_once(text, "import { initSync } from \"./main.js\";", "")?;
    let text = replace_once(&text, &format!("export const {LOAD} ="), &format!("const {LOAD} ="))?;
    let address = format!("new URL(\"./{LAZY_PART}\", import.meta.url)");
    let ours = "\"asset:lazy.wasm\", { credentials: \"same-origin\", integrity: \"integrity:lazy.wasm\" }";
    let text = replace_once(&text, &address, ours)?;
    Ok(format!("{text}\nconst import1 = {{ {LOAD} }};"))
}

/// A program that is not split has no lazy part to fetch, though it knows how: its glue gets an end of that instead.
pub(super) fn without_lazy_part(glue: &Path) -> Result<()> {
    const FROM: &str = " from \"__wasm_split_placeholder__\"";
    const NOWHERE: &str =
        " = new Proxy({}, { get: () => () => { throw new Error(\"there is no lazy part here\"); } });";
    let end = |line: &str| match line.strip_prefix("import * as ").and_then(|line| line.strip_suffix(FROM)) {
        Some(name) => format!("const {name}{NOWHERE}\n"),
        None => format!("{line}\n"),
    };
    let text: String = fs::read_to_string(glue)?.lines().map(end).collect();
    ensure!(!text.contains(FROM), "the generated script asks for its lazy part in a way that is not known");
    Ok(fs::write(glue, text)?)
}

/// The tools that write these texts may change: then the build fails here and not in somebody's hands.
fn replace_once(text: &str, what: &str, with: &str) -> Result<String> {
    ensure!(text.matches(what).count() == 1, "the generated script should hold this once: {what}");
    Ok(text.replacen(what, with, 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOADER: &str = "import { initSync } from \"./main.js\";\n\
        export const __wasm_split_load_lazy = make(fetch(new URL(\"./split_lazy.wasm\", import.meta.url)));";

    #[test]
    fn the_loader_fetches_the_lazy_part_by_hash_and_checks_it() {
        let text = loader(LOADER).expect("it is as the tool writes it");
        assert!(text.contains("fetch(\"asset:lazy.wasm\", { credentials"), "{text}");
        assert!(!text.contains("import ") && !text.contains("export "), "it is part of another module: {text}");
    }

    #[test]
    fn a_program_that_is_not_split_asks_nobody_for_a_lazy_part() {
        let file = std::env::temp_dir().join(format!("heard-glue-{}.js", std::process::id()));
        let line = |nth: u8| format!("import * as import{nth} from \"__wasm_split_placeholder__\"\n");
        fs::write(&file, format!("{}{}export const kept = 1;\n", line(1), line(2))).expect("it can be written");
        without_lazy_part(&file).expect("it is as the tool writes it");
        let text = fs::read_to_string(&file).expect("it was written");
        without_lazy_part(&file).expect("twice is the same as once");
        assert_eq!(fs::read_to_string(&file).expect("it was written"), text);
        fs::remove_file(&file).expect("it was made");
        assert!(text.contains("const import1 = new Proxy") && text.contains("const import2 = new Proxy"), "{text}");
        assert!(text.ends_with("export const kept = 1;\n") && !text.contains("import *"), "{text}");
    }

    #[test]
    fn a_loader_of_another_form_fails_the_build() {
        let error = loader("export const somethingElse = 1;").expect_err("it is not known").to_string();
        assert!(error.contains("initSync"), "{error}");
    }
}
