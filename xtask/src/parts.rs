//! `cargo xtask parts`: what Heard is made of, as a CycloneDX list (version 1.6), for a council's own checks.
//!
//! Of the function and of the application what is compiled into them, by cargo's own word, with the licence and the checksum that
//! the lock file pins; of npm what is delivered: styles, pictures and the font. Tools that build and test are not in it.

use crate::tools;
use anyhow::{Context, Result};
use serde::Deserialize;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// What is compiled for whom: the package, its features, and for which machine.
const PROGRAMS: [(&str, &[&str], &str); 2] =
    [("functions", &["--features", "dynamodb"], "aarch64-unknown-linux-gnu"), ("app", &[], "wasm32-unknown-unknown")];
/// npm packages that only build.
const BUILDS_ONLY: [&str; 2] = ["binaryen", "sass"];

#[derive(Deserialize)]
struct NpmLock {
    packages: BTreeMap<String, NpmPackage>,
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct NpmPackage {
    version: String,
    license: Option<String>,
    dev_dependencies: BTreeMap<String, String>,
}

/// Writes the list and says where it is.
pub(crate) fn parts() -> Result<()> {
    let mut crates = BTreeSet::new();
    for (package, features, target) in PROGRAMS {
        let mut tree = tools::cargo();
        tree.args(["tree", "--locked", "--edges", "normal", "--prefix", "none", "--format", "{p}\t{l}", "--no-dedupe"]);
        let found = tools::read(tree.args(["--package", package, "--target", target]).args(features))?;
        crates.extend(found.lines().filter_map(a_crate));
    }
    let sums = checksums(&std::fs::read_to_string(tools::root().join("Cargo.lock")).context("Cargo.lock")?);
    let lock = std::fs::read_to_string(tools::root().join("app/package-lock.json")).context("app/package-lock.json")?;
    let lock: NpmLock = serde_json::from_str(&lock).context("app/package-lock.json")?;
    let of_cargo = crates.iter().map(|found| cargo_part(found, &sums));
    let parts: Vec<Value> = of_cargo.chain(npm_parts(&lock)).collect();
    let list = json!({
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {
            "component": { "type": "application", "name": "heard", "version": env!("CARGO_PKG_VERSION"), "bom-ref": "heard" },
            "tools": { "components": [{ "type": "application", "name": "cargo xtask parts" }] },
        },
        "components": parts,
    });
    let file = tools::workshop().join("parts.cdx.json");
    std::fs::create_dir_all(tools::workshop())?;
    std::fs::write(&file, serde_json::to_string_pretty(&list)? + "\n")?;
    println!("{} parts: {}", parts.len(), file.display());
    Ok(())
}

/// Name, version and licence of a line of `cargo tree`; none for our own crates, which have a path.
fn a_crate(line: &str) -> Option<(String, String, String)> {
    let (package, licence) = line.split_once('\t')?;
    let mut words = package.split(' ');
    let (name, version) = (words.next()?, words.next()?.strip_prefix('v')?);
    let is_own = words.any(|word| word.starts_with("(/") || word.contains(":\\"));
    (!is_own).then(|| (name.to_owned(), version.to_owned(), licence.trim().to_owned()))
}

fn cargo_part((name, version, licence): &(String, String, String), sums: &BTreeMap<(String, String), String>) -> Value {
    let mut part = part("cargo", name, version, licence);
    if let Some(sum) = sums.get(&(name.clone(), version.clone())) {
        part["hashes"] = json!([{ "alg": "SHA-256", "content": sum }]);
    }
    part
}

fn npm_parts(lock: &NpmLock) -> Vec<Value> {
    let wanted = lock.packages.get("").map(|root| root.dev_dependencies.keys()).into_iter().flatten();
    let delivered = wanted.filter(|name| !BUILDS_ONLY.contains(&name.as_str()));
    let of = |name: &String| {
        let package = lock.packages.get(&format!("node_modules/{name}"))?;
        Some(part("npm", name, &package.version, package.license.as_deref().unwrap_or_default()))
    };
    delivered.filter_map(of).collect()
}

fn part(kind: &str, name: &str, version: &str, licence: &str) -> Value {
    let purl = format!("pkg:{kind}/{}@{version}", name.replace('@', "%40"));
    // Some crates still write `MIT/Apache-2.0`.
    let licence = licence.replace('/', " OR ").split_whitespace().collect::<Vec<_>>().join(" ");
    json!({ "type": "library", "bom-ref": purl, "name": name, "version": version, "purl": purl, "licenses": [{ "expression": licence }] })
}

/// The checksum of each package of `Cargo.lock`.
fn checksums(lock: &str) -> BTreeMap<(String, String), String> {
    let value = |block: &str, name: &str| {
        let line = block.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(" = "))?;
        Some(line.trim_matches('"').to_owned())
    };
    let of = |block: &str| Some(((value(block, "name")?, value(block, "version")?), value(block, "checksum")?));
    lock.split("[[package]]").filter_map(of).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn crates_of_others_are_parts_and_our_own_are_not() {
        let found = a_crate("serde v1.0.228\tMIT OR Apache-2.0");
        assert_eq!(found, Some(("serde".into(), "1.0.228".into(), "MIT OR Apache-2.0".into())));
        let macros = a_crate("serde_derive v1.0.228 (proc-macro)\tMIT OR Apache-2.0");
        assert!(macros.is_some());
        assert_eq!(a_crate("domain v0.1.0 (/srv/heard/domain)\tMIT"), None);
        assert_eq!(a_crate(""), None);
    }

    #[test]
    fn a_part_has_its_address_its_licence_and_its_checksum() {
        let lock = "version = 4\n\n[[package]]\nname = \"a\"\nversion = \"1.0.0\"\nchecksum = \"abc\"\n";
        let part = cargo_part(&("a".into(), "1.0.0".into(), "MIT/Apache-2.0".into()), &checksums(lock));
        assert_eq!(part["purl"], "pkg:cargo/a@1.0.0");
        assert_eq!(part["licenses"][0]["expression"], "MIT OR Apache-2.0");
        assert_eq!(part["hashes"][0]["content"], "abc");
    }

    #[test]
    fn of_npm_what_is_delivered_is_a_part() {
        let lock: NpmLock = serde_json::from_str(
            r#"{"packages": {"": {"devDependencies": {"@a/font": "1", "sass": "1"}},
                "node_modules/@a/font": {"version": "1.2.3", "license": "OFL-1.1"}, "node_modules/sass": {"version": "1.0.0"}}}"#,
        )
        .unwrap();
        let parts = npm_parts(&lock);
        assert_eq!(parts.len(), 1);
        assert_eq!(parts[0]["purl"], "pkg:npm/%40a/font@1.2.3");
    }
}
