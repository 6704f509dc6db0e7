//! The function as AWS Lambda takes it: a zip with one program for arm64.

use crate::tools;
use anyhow::{Context, Result};
use std::fs;
use std::path::Path;
use std::process::Command;

/// Builds the function and puts it into `dist/` as `lambda.zip`, where `infra/template.yaml` looks for it.
pub(crate) fn function(dist: &Path) -> Result<()> {
    println!("Building the function for arm64");
    let folder = tools::workshop().join("function");
    let program = tools::cargo_lambda()?;
    let mut command = Command::new(&program);
    // It asks the first Python on PATH for zig, the linker: the one that was installed beside it.
    let beside = program.parent().map(Path::to_path_buf);
    let path = std::env::var_os("PATH").unwrap_or_default();
    command.env("PATH", std::env::join_paths(beside.into_iter().chain(std::env::split_paths(&path)))?);
    command.args(["lambda", "build", "--release", "--arm64", "--output-format", "zip"]);
    command.args(["--package", "functions", "--bin", "lambda", "--features", "dynamodb"]);
    tools::run(command.arg("--lambda-dir").arg(&folder).current_dir(tools::root()))?;
    let zip = folder.join("lambda/bootstrap.zip");
    let size = fs::copy(&zip, dist.join("lambda.zip")).with_context(|| format!("{} is missing", zip.display()))?;
    println!("{:>24}  {} kB", "lambda.zip", size / 1000);
    Ok(())
}
