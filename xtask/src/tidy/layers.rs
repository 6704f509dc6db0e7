//! Who may depend on whom: `access ← domain ← replica ← app` and `domain ← functions`, nothing else. Only `whole`, which is nothing
//! but tests, sees both ends, and nobody sees it.

use super::Breach;
use crate::tools;
use anyhow::{Context, Result};
use std::collections::BTreeSet;

const OURS: [&str; 7] = ["access", "domain", "replica", "app", "functions", "xtask", "whole"];
const WEB: [&str; 6] = ["web-sys", "js-sys", "wasm-bindgen", "wasm-bindgen-futures", "leptos", "gloo-*"];
const AWS: [&str; 3] = ["aws-*", "lambda_http", "lambda_runtime"];
const IO: [&str; 14] = [
    "tokio",
    "async-std",
    "smol",
    "async-trait",
    "futures",
    "futures-util",
    "hyper",
    "reqwest",
    "axum",
    "rusqlite",
    "socket2",
    "mio",
    "tracing-subscriber",
    "object_store",
];

/// What one crate of ours may be built on.
struct Layer {
    name: &'static str,
    /// Where its manifest is.
    folder: &'static str,
    /// The platform it is judged on; the host when empty. Elsewhere crates pull in web bindings under `cfg(wasm)`.
    target: &'static str,
    ours: &'static [&'static str],
    never: &'static [&'static [&'static str]],
}

const LAYERS: [Layer; 7] = [
    Layer { name: "access", folder: "access", target: "", ours: &[], never: &[&WEB, &AWS, &IO] },
    Layer { name: "domain", folder: "domain", target: "", ours: &["access"], never: &[&WEB, &AWS, &IO] },
    Layer { name: "replica", folder: "replica", target: "", ours: &["access", "domain"], never: &[&WEB, &AWS, &IO] },
    Layer { name: "functions", folder: "functions", target: "", ours: &["access", "domain"], never: &[&WEB] },
    Layer {
        name: "app",
        folder: "app",
        target: "wasm32-unknown-unknown",
        ours: &["access", "domain", "replica"],
        never: &[&AWS, &["axum", "rusqlite", "hyper", "mio"]],
    },
    Layer { name: "xtask", folder: "xtask", target: "", ours: &[], never: &[&AWS, &["leptos", "axum"]] },
    // Tests that need both ends at once, and no browser.
    Layer {
        name: "whole",
        folder: "tests/whole",
        target: "",
        ours: &["access", "domain", "replica", "functions"],
        never: &[&["leptos"]],
    },
];

pub(super) fn check() -> Result<Vec<Breach>> {
    let mut breaches = Vec::new();
    for layer in &LAYERS {
        let mut command = tools::cargo();
        command.args([
            "tree",
            "--quiet",
            "-p",
            layer.name,
            "--edges",
            "normal,dev",
            "--prefix",
            "none",
            "--format",
            "{p}",
        ]);
        if !layer.target.is_empty() {
            command.args(["--target", layer.target]);
        }
        let tree = tools::read(&mut command).with_context(|| format!("the dependencies of {}", layer.name))?;
        breaches.extend(breaches_of(layer, &tree));
    }
    Ok(breaches)
}

fn breaches_of(layer: &Layer, tree: &str) -> Vec<Breach> {
    let names: BTreeSet<&str> = tree
        .lines()
        .filter_map(|line| line.split(' ').next())
        .filter(|name| !name.is_empty() && *name != layer.name)
        .collect();
    let mut breaches = Vec::new();
    for name in names {
        let what = format!("{} is built on {name}", layer.name);
        let file = format!("{}/Cargo.toml", layer.folder);
        if OURS.contains(&name) && !layer.ours.contains(&name) {
            breaches.push(Breach {
                file,
                line: 0,
                what,
                to_do: "the layers are domain ← replica ← app and domain ← functions: move what is shared into domain, and what tests both ends at once into tests/whole",
            });
        } else if layer.never.iter().any(|list| list.iter().any(|rule| matches(rule, name))) {
            let to_do = "this layer stays free of it (`cargo tree -i` shows the way in): pass in what is needed, or switch the feature off";
            breaches.push(Breach { file, line: 0, what, to_do });
        }
    }
    breaches
}

fn matches(rule: &str, name: &str) -> bool {
    rule.strip_suffix('*').map_or(rule == name, |start| name.starts_with(start))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn layer(name: &str) -> &'static Layer {
        LAYERS.iter().find(|layer| layer.name == name).unwrap()
    }

    #[test]
    fn a_domain_that_reads_a_socket_is_a_breach() {
        let found = breaches_of(layer("domain"), "domain v0.1.0 (…)\nserde v1.0.0\ntokio v1.40.0\naws-config v1.0.0\n");
        assert_eq!(
            found.iter().map(|breach| breach.what.as_str()).collect::<Vec<_>>(),
            ["domain is built on aws-config", "domain is built on tokio"]
        );
    }

    #[test]
    fn a_server_that_sees_the_tablets_engine_is_a_breach() {
        let found = breaches_of(layer("functions"), "functions v0.1.0 (…)\ndomain v0.1.0 (…)\nreplica v0.1.0 (…)\n");
        assert_eq!(found.len(), 1);
        assert!(found[0].what.ends_with("built on replica"));
    }

    #[test]
    fn only_the_tests_of_the_whole_see_both_ends_and_nobody_sees_them() {
        let both = "domain v0.1.0 (…)\nreplica v0.1.0 (…)\nfunctions v0.1.0 (…)\nwhole v0.1.0 (…)\n";
        for layer in &LAYERS {
            let found = breaches_of(layer, both).len();
            assert_eq!(found == 0, layer.name == "whole", "{}", layer.name);
        }
    }

    #[test]
    fn an_app_over_replica_and_domain_passes() {
        assert_eq!(
            breaches_of(
                layer("app"),
                "app v0.1.0 (…)\ndomain v0.1.0 (…)\nreplica v0.1.0 (…)\nweb-sys v0.3.0\nleptos v0.8.0\n"
            ),
            []
        );
    }
}
