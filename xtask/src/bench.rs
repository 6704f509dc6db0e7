//! `cargo xtask bench`: what is quick and what is not, measured in one run on this machine.

use crate::build::{self, Profile};
use crate::{run, tools};
use anyhow::{Context, Result};
use std::process::Command;

/// Builds what ships, then measures folding on this machine, the screen in a slowed browser, and what the cloud would bill.
pub(crate) fn bench() -> Result<()> {
    let dist = build::build(Profile::Release)?;
    let server = run::server(Profile::Release, run::Store::Sqlite)?;
    tools::npm_packages("tests")?;
    let chromium = tools::chromium()?;
    println!();
    tools::run(tools::cargo().args(["run", "--quiet", "--release", "--package", "domain", "--example", "fold"]))?;
    let node = tools::on_path(&["node", "node.exe"]).context("node is missing: install Node 20 or later")?;
    let mut command = Command::new(node);
    command.current_dir(tools::root()).arg("tests/bench/screen.mjs");
    tools::run(command.env("HEARD_DIST", dist).env("HEARD_SERVER", server).env("HEARD_CHROMIUM", chromium))?;
    cost()
}

/// Prints what requests cost in DynamoDB's units; the tests that hold these costs down tell them.
fn cost() -> Result<()> {
    let dynamodb = tools::dynamodb_local()?;
    println!("\n{:>28}  {:>10}  {:>11}", "DynamoDB", "read units", "write units");
    let mut command = tools::cargo();
    command.args(["test", "--quiet", "-p", "functions", "--features", "dynamodb", "--test", "cloud", "cost"]);
    let told = tools::read(command.args(["--", "--nocapture"]).env("HEARD_DYNAMODB", dynamodb.endpoint()))?;
    for row in told.lines().filter(|line| line.starts_with("  ") && line.trim_end().ends_with(".0")) {
        println!("{row}");
    }
    Ok(())
}
