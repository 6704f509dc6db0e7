//! The shell: everything a tablet needs to open Heard without a network, each file named by its hash.
//!
//! The texts in `app/public` may name what the build makes:
//! `asset:NAME` becomes the address of an asset, `integrity:NAME` its SHA-256, `{{build}}` the build, `{{symbols}}` where the
//! pictures are, `{{profile}}` how it was built, `{{words:KEY}}` the words of the entrance, and in `sw.js` `"{{precache}}"` the list of what to keep.

use super::Profile;
use super::script;
use super::styles::SHEETS;
use super::symbols::Symbols;
use super::wasm::LAZY_PART;
use crate::fingerprint::{self, Inputs};
use crate::tools;
use anyhow::{Context, Result, bail};
use serde_json::json;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

const FONT_PACKAGE: &str =
    "app/node_modules/@fontsource-variable/atkinson-hyperlegible-next/files/atkinson-hyperlegible-next";
/// Our name and the package's for what we serve: western Europe first, then the letters of other Latin scripts.
const FONTS: [(&str, &str); 2] =
    [("font.woff2", "latin-wght-normal.woff2"), ("font-more.woff2", "latin-ext-wght-normal.woff2")];
/// Fonts that are fetched only when a page needs a letter of theirs, pictures only an installer asks for, and the lazy
/// part with the style sheets of its pages and of the child's side, which come while somebody signs in.
const NOT_ON_FIRST_SCREEN: [&str; 5] = ["font-more", "icon", "lazy", "pages.css", "child.css"];

/// What the door needs beside its page.
const AT_THE_DOOR: [&str; 3] = ["door.js", "font.woff2", "staff.css"];

/// The words of the entrance.
const WORDS: &str = "app/locales/first/en-GB/first.ftl";

/// What was put together.
pub(super) struct Shell {
    /// Sixteen hex digits that change with anything in the shell.
    pub(super) build: String,
    /// Paths under `dist/` of what a first visit downloads before the door can be used.
    pub(super) door: Vec<String>,
    /// The same of what comes then, until the application is there.
    pub(super) entrance: Vec<String>,
    pub(super) symbols: usize,
    pub(super) pictures: usize,
}

struct Asset {
    /// Address from the site's root.
    url: String,
    sha256: String,
    integrity: String,
}

/// Fills `dist` with everything but the symbols.
pub(super) fn assemble(dist: &Path, profile: Profile, wasm: &Path, styles: &Path, symbols: &Symbols) -> Result<Shell> {
    let public = tools::root().join("app/public");
    let mut assets = Assets { dist: dist.to_path_buf(), made: BTreeMap::new() };
    for (name, file) in FONTS {
        assets.add(name, &fs::read(tools::root().join(format!("{FONT_PACKAGE}-{file}")))?)?;
    }
    for icon in fingerprint::files(&public.join("icons"))? {
        let name = icon.file_name().unwrap_or_default().to_string_lossy().into_owned();
        assets.add(&name, &fs::read(&icon)?)?;
    }
    for sheet in SHEETS {
        let css = fs::read_to_string(styles.join(sheet).with_extension("css"))?;
        let css = assets.name_in(&css)?;
        assets.add(&format!("{sheet}.css"), css.as_bytes())?;
    }
    assets.add("app.wasm", &fs::read(wasm.join("app_bg.wasm"))?)?;
    assets.add("lazy.wasm", &fs::read(wasm.join(LAZY_PART))?)?;
    let snippets = assets.snippets(&wasm.join("snippets"))?;
    assets.add("door.js", &fs::read(public.join("door.js"))?)?;
    let start = assets.name_in(&script::join(wasm, &public)?)?;
    assets.add("start.js", start.as_bytes())?;

    let symbols_at = format!("/symbols/{}/", symbols.set);
    let templates = ["index.html", "manifest.webmanifest", "sw.js"].map(|name| (name, public.join(name)));
    let mut inputs = Inputs::new("shell").bytes(symbols.set.as_bytes());
    for asset in assets.made.values() {
        inputs = inputs.bytes(asset.sha256.as_bytes());
    }
    for (_, path) in &templates {
        inputs = inputs.bytes(&fs::read(path)?);
    }
    let build: String = inputs.key().chars().take(16).collect();

    let mut keep: Vec<_> = assets
        .made
        .iter()
        .filter(|(name, _)| !name.ends_with(".png"))
        .map(|(_, asset)| listed(asset))
        .chain(snippets)
        .collect();
    for (name, path) in templates {
        let text = words_in(&fs::read_to_string(path)?)?;
        let text = text.replace("{{build}}", &build).replace("{{symbols}}", &symbols_at);
        let text = text.replace("{{profile}}", &format!("{profile:?}").to_lowercase());
        let text =
            if name == "sw.js" { text.replace("\"{{precache}}\"", &serde_json::to_string(&keep)?) } else { text };
        let text = assets.name_in(&text)?;
        fs::write(dist.join(name), &text)?;
        let url = if name == "index.html" { "/".to_owned() } else { format!("/{name}") };
        keep.push(listed(&Asset {
            url,
            sha256: fingerprint::hex(text.as_bytes()),
            integrity: fingerprint::integrity(text.as_bytes()),
        }));
    }
    let mut door = vec!["index.html".to_owned()];
    let mut entrance = Vec::new();
    let on_first =
        assets.made.iter().filter(|(name, _)| !NOT_ON_FIRST_SCREEN.iter().any(|other| name.starts_with(other)));
    for (name, asset) in on_first {
        let part = if AT_THE_DOOR.contains(&name.as_str()) { &mut door } else { &mut entrance };
        part.push(asset.url.trim_start_matches('/').to_owned());
    }
    Ok(Shell { build, door, entrance, symbols: symbols.count, pictures: symbols.count * 2 })
}

/// Puts the entrance's words where a text has `{{words:KEY}}`, so that each is written once.
fn words_in(text: &str) -> Result<String> {
    let words = fs::read_to_string(tools::root().join(WORDS))?;
    let mut said = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("{{words:") {
        let (key, after) = after.split_once("}}").context("`{{words:` has no end")?;
        let line = words.lines().find_map(|line| line.strip_prefix(key)?.strip_prefix(" = "));
        said.push_str(before);
        said.push_str(line.with_context(|| format!("{WORDS} has no line for `{key}`"))?);
        rest = after;
    }
    Ok(said + rest)
}

fn listed(asset: &Asset) -> serde_json::Value {
    json!({ "url": asset.url, "integrity": asset.integrity })
}

/// The files under `dist/assets`, by the name they have in our texts.
struct Assets {
    dist: PathBuf,
    made: BTreeMap<String, Asset>,
}

impl Assets {
    fn add(&mut self, name: &str, bytes: &[u8]) -> Result<()> {
        let sha256 = fingerprint::hex(bytes);
        let (stem, ending) = name.rsplit_once('.').with_context(|| format!("{name} has no ending"))?;
        let short: String = sha256.chars().take(12).collect();
        let url = format!("/assets/{stem}.{short}.{ending}");
        let file = self.dist.join(url.trim_start_matches('/'));
        fs::create_dir_all(file.parent().context("an asset lies in a folder")?)?;
        fs::write(file, bytes)?;
        let integrity = fingerprint::integrity(bytes);
        self.made.insert(name.to_owned(), Asset { url, sha256, integrity });
        Ok(())
    }

    /// Small JavaScript that crates bring along; the glue names it by a path that carries the crate's own hash.
    fn snippets(&self, folder: &Path) -> Result<Vec<serde_json::Value>> {
        let mut kept = Vec::new();
        if !folder.is_dir() {
            return Ok(kept);
        }
        for file in fingerprint::files(folder)? {
            let url = format!("/assets/snippets/{}", file.strip_prefix(folder)?.display());
            let to = self.dist.join(url.trim_start_matches('/'));
            fs::create_dir_all(to.parent().context("a snippet lies in a folder")?)?;
            fs::copy(&file, to)?;
            kept.push(json!({ "url": url, "integrity": fingerprint::integrity(&fs::read(&file)?) }));
        }
        Ok(kept)
    }

    /// Puts addresses and hashes where a text has `asset:NAME` and `integrity:NAME`.
    fn name_in(&self, text: &str) -> Result<String> {
        let mut text = text.to_owned();
        for (name, asset) in &self.made {
            text = text
                .replace(&format!("asset:{name}"), &asset.url)
                .replace(&format!("integrity:{name}"), &asset.integrity);
        }
        for left in ["asset:", "integrity:"] {
            if let Some((_, rest)) = text.split_once(left) {
                let name: String = rest
                    .chars()
                    .take_while(|letter| letter.is_ascii_alphanumeric() || ".-_".contains(*letter))
                    .collect();
                if name.contains('.') {
                    bail!("`{left}{name}` names no asset of this build");
                }
            }
        }
        Ok(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn assets() -> Assets {
        let asset =
            Asset { url: "/assets/font.abc.woff2".into(), sha256: "abc".into(), integrity: "sha256-abc=".into() };
        Assets { dist: PathBuf::from("nowhere"), made: BTreeMap::from([("font.woff2".to_owned(), asset)]) }
    }

    #[test]
    fn a_text_gets_addresses_and_hashes() {
        let text = assets()
            .name_in(r#"<link href="asset:font.woff2" integrity="integrity:font.woff2">"#)
            .expect("it is known");
        assert_eq!(text, r#"<link href="/assets/font.abc.woff2" integrity="sha256-abc=">"#);
    }

    #[test]
    fn a_text_that_names_an_unknown_asset_fails_the_build() {
        assert!(assets().name_in("url(asset:crown.png)").expect_err("there is none").to_string().contains("crown.png"));
    }
}
