//! Licences, banned crates and sources of what we build on, by the lists in `deny.toml`.
//!
//! `cargo deny` checks the same and more; building it takes longer than all our tests, so this check needs nothing but cargo.

use super::Breach;
use crate::tools;
use anyhow::{Context, Result};
use serde::Deserialize;

#[derive(Deserialize)]
struct Metadata {
    packages: Vec<Package>,
    resolve: Resolve,
}

#[derive(Deserialize)]
struct Resolve {
    nodes: Vec<Node>,
}

/// What one package is built on.
#[derive(Deserialize)]
struct Node {
    id: String,
    dependencies: Vec<String>,
}

#[derive(Deserialize)]
struct Package {
    id: String,
    name: String,
    version: String,
    license: Option<String>,
    source: Option<String>,
}

pub(super) fn check() -> Result<Vec<Breach>> {
    let metadata =
        tools::read(tools::cargo().args(["metadata", "--format-version", "1", "--all-features", "--quiet"]))?;
    let metadata: Metadata = serde_json::from_str(&metadata).context("cargo metadata")?;
    let deny = std::fs::read_to_string(tools::root().join("deny.toml")).context("deny.toml")?;
    Ok(breaches_of(&metadata, &list(&deny, "allow"), &bans(&deny)))
}

/// A crate that is banned, but for those that cannot do without it.
struct Ban {
    name: String,
    wrappers: Vec<String>,
}

fn breaches_of(metadata: &Metadata, allowed: &[String], bans: &[Ban]) -> Vec<Breach> {
    let packages = &metadata.packages;
    let mut breaches = Vec::new();
    let mut breach = |what, to_do| breaches.push(Breach { file: "Cargo.lock".into(), line: 0, what, to_do });
    for package in packages {
        let name = format!("{} {}", package.name, package.version);
        let Some(source) = &package.source else {
            continue;
        };
        if !source.starts_with("registry+") || !source.ends_with("crates.io-index") {
            breach(format!("{name} comes from {source}"), "take it from crates.io");
        }
        if bans.iter().any(|ban| ban.name == package.name && !ban.allows(&users_of(metadata, package))) {
            breach(format!("{name} is banned"), "deny.toml says why: use what it names instead");
        }
        match &package.license {
            Some(licence) if permits(licence, allowed) => {}
            Some(licence) => breach(
                format!("{name} is under {licence}"),
                "use another crate, or add the licence to deny.toml if the council may ship under it",
            ),
            None => breach(format!("{name} names no licence"), "use another crate"),
        }
    }
    breaches
}

impl Ban {
    fn allows(&self, users: &[&str]) -> bool {
        !self.wrappers.is_empty() && users.iter().all(|user| self.wrappers.iter().any(|wrapper| wrapper == user))
    }
}

/// The packages that are built on this one.
fn users_of<'a>(metadata: &'a Metadata, package: &Package) -> Vec<&'a str> {
    let nodes = metadata.resolve.nodes.iter().filter(|node| node.dependencies.contains(&package.id));
    nodes
        .filter_map(|node| metadata.packages.iter().find(|user| user.id == node.id))
        .map(|user| user.name.as_str())
        .collect()
}

/// The bans of `deny.toml`: one a line, a crate and perhaps its wrappers.
fn bans(deny: &str) -> Vec<Ban> {
    let named = list(deny, "deny");
    let lines = deny.lines().filter_map(|line| line.trim().strip_prefix("{ crate = "));
    let ban = |line: &str| {
        let name = line.split('"').nth(1)?.to_owned();
        let wrappers = line.split_once("wrappers = [").and_then(|(_, rest)| rest.split_once(']'));
        let wrappers =
            wrappers.map_or_else(Vec::new, |(list, _)| list.split('"').skip(1).step_by(2).map(str::to_owned).collect());
        named.contains(&name).then_some(Ban { name, wrappers })
    };
    lines.filter_map(ban).collect()
}

/// The quoted words of `name = [ … ]` in `deny.toml`; of a table, its `crate`.
fn list(deny: &str, name: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut inside = false;
    for line in deny.lines().map(str::trim).filter(|line| !line.starts_with('#')) {
        let opens = line.strip_prefix(name).is_some_and(|rest| rest.trim_start().starts_with("= ["));
        inside |= opens;
        if inside {
            words.extend(line.split('"').nth(1).map(str::to_owned));
            inside = !line.ends_with(']');
        }
    }
    words
}

/// Whether an SPDX expression can be met with the allowed licences: any side of OR, all sides of AND.
fn permits(expression: &str, allowed: &[String]) -> bool {
    let spaced = expression.replace('/', " OR ").replace('(', " ( ").replace(')', " ) ");
    let mut words = spaced.split_whitespace().peekable();
    any(&mut words, allowed)
}

type Words<'a> = std::iter::Peekable<std::str::SplitWhitespace<'a>>;

fn any(words: &mut Words<'_>, allowed: &[String]) -> bool {
    let mut met = every(words, allowed);
    while words.next_if_eq(&"OR").is_some() {
        met |= every(words, allowed);
    }
    met
}

fn every(words: &mut Words<'_>, allowed: &[String]) -> bool {
    let mut met = one(words, allowed);
    while words.next_if_eq(&"AND").is_some() {
        met &= one(words, allowed);
    }
    met
}

fn one(words: &mut Words<'_>, allowed: &[String]) -> bool {
    match words.next() {
        Some("(") => {
            let met = any(words, allowed);
            words.next_if_eq(&")");
            met
        }
        Some(licence) => {
            let exception = words.next_if_eq(&"WITH").and_then(|_| words.next());
            let whole = exception.map_or_else(|| licence.to_owned(), |exception| format!("{licence} WITH {exception}"));
            allowed.contains(&whole)
        }
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn allowed() -> Vec<String> {
        ["MIT", "Apache-2.0", "Unicode-3.0"].map(str::to_owned).to_vec()
    }

    fn package(name: &str, license: &str) -> Package {
        Package {
            id: name.into(),
            name: name.into(),
            version: "1.0.0".into(),
            license: Some(license.into()),
            source: Some("registry+https://example/crates.io-index".into()),
        }
    }

    #[test]
    fn an_expression_is_met_by_either_side_of_or_and_both_of_and() {
        for met in [
            "MIT",
            "MIT OR GPL-3.0",
            "GPL-3.0/MIT",
            "(MIT OR Apache-2.0) AND Unicode-3.0",
            "GPL-3.0 OR (MIT AND Apache-2.0)",
        ] {
            assert!(permits(met, &allowed()), "{met}");
        }
        for unmet in
            ["GPL-3.0", "MIT AND GPL-3.0", "(MIT OR Apache-2.0) AND GPL-3.0", "Apache-2.0 WITH LLVM-exception", ""]
        {
            assert!(!permits(unmet, &allowed()), "{unmet}");
        }
    }

    #[test]
    fn a_banned_crate_and_an_unknown_licence_are_breaches() {
        let packages = vec![package("openssl-sys", "MIT"), package("sticky", "AGPL-3.0"), package("fine", "MIT")];
        let metadata = Metadata { packages, resolve: Resolve { nodes: Vec::new() } };
        assert_eq!(breaches_of(&metadata, &allowed(), &bans("deny = [\n  { crate = \"openssl-sys\" },\n]")).len(), 2);
    }

    #[test]
    fn a_banned_crate_is_left_to_those_that_cannot_do_without_it() {
        let deny = "deny = [\n  { crate = \"time\", wrappers = [\"sdk\", \"signer\"], reason = \"x\" },\n]";
        let breaches = |users: &[&str]| {
            let mut packages = vec![package("time", "MIT")];
            packages.extend(users.iter().map(|user| package(user, "MIT")));
            let node = |user: &&str| Node { id: (*user).into(), dependencies: vec!["time".into()] };
            let metadata = Metadata { packages, resolve: Resolve { nodes: users.iter().map(node).collect() } };
            breaches_of(&metadata, &allowed(), &bans(deny)).len()
        };
        assert_eq!(breaches(&["sdk", "signer"]), 0);
        assert_eq!(breaches(&["sdk", "calendar"]), 1);
    }

    #[test]
    fn a_crate_from_a_repository_is_a_breach() {
        let mut forked = package("forked", "MIT");
        forked.source = Some("git+https://example/forked".into());
        let metadata = Metadata { packages: vec![forked], resolve: Resolve { nodes: Vec::new() } };
        assert_eq!(breaches_of(&metadata, &allowed(), &[]).len(), 1);
    }

    #[test]
    fn the_lists_of_deny_toml_are_read() {
        let deny = "[licenses]\nallow = [\n  \"MIT\",\n  # why\n  \"ISC\", # because\n]\n[bans]\ndeny = [\n  { crate = \"regex\", reason = \"size\" },\n]\n";
        assert_eq!(list(deny, "allow"), ["MIT", "ISC"]);
        assert_eq!(list(deny, "deny"), ["regex"]);
    }
}
