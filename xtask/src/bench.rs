//! `cargo xtask bench`: what is quick and what is not, measured in one run on this machine.

use crate::build::{self, Profile};
use crate::{run, tools};
use anyhow::{Context, Result};
use std::process::Command;

/// Builds what ships, then measures folding on this machine and the screen in a slowed browser.
pub(crate) fn bench() -> Result<()> {
    let dist = build::build(Profile::Release)?;
    let server = run::server(Profile::Release)?;
    tools::npm_packages("tests")?;
    let chromium = tools::chromium()?;
    println!();
    tools::run(tools::cargo().args(["run", "--quiet", "--release", "--package", "domain", "--example", "fold"]))?;
    let node = tools::on_path(&["node", "node.exe"]).context("node is missing: install Node 20 or later")?;
    let mut command = Command::new(node);
    command.current_dir(tools::root()).arg("tests/bench/screen.mjs");
    tools::run(command.env("HEARD_DIST", dist).env("HEARD_SERVER", server).env("HEARD_CHROMIUM", chromium))
}
