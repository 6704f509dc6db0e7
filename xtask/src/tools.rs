//! The programs the other commands call, and setting up those that are missing.

mod cloud;
mod webkit;

pub(crate) use cloud::{DynamoDbLocal, cargo_lambda, dynamodb_local};
pub(crate) use webkit::webkit;

use crate::cache::{cache, locked};
use crate::fingerprint;
use anyhow::{Context, Result, bail};
use std::path::{Path, PathBuf};
use std::process::Command;

/// The repository's top folder.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("xtask lies directly under the repository").to_path_buf()
}

/// Where the steps of this tool keep what they made.
pub(crate) fn workshop() -> PathBuf {
    target().join("heard")
}

/// `cargo`, without what the outer `cargo run` put in the environment: it would make build scripts run again.
pub(crate) fn cargo() -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    for (name, _) in std::env::vars_os() {
        let name = name.to_string_lossy();
        if name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_") {
            command.env_remove(name.as_ref());
        }
    }
    command.current_dir(root());
    command
}

/// Runs a command, its output going where ours goes.
pub(crate) fn run(command: &mut Command) -> Result<()> {
    let status = command.status().with_context(|| format!("could not start {}", words(command)))?;
    if !status.success() {
        bail!("{} failed ({status})", words(command));
    }
    Ok(())
}

/// Runs a command and returns what it printed.
pub(crate) fn read(command: &mut Command) -> Result<String> {
    let output = command.output().with_context(|| format!("could not start {}", words(command)))?;
    if !output.status.success() {
        bail!("{} failed: {}", words(command), String::from_utf8_lossy(&output.stderr).trim());
    }
    Ok(String::from_utf8(output.stdout)?)
}

fn words(command: &Command) -> String {
    let mut words = vec![command.get_program().to_string_lossy().into_owned()];
    words.extend(command.get_args().map(|argument| argument.to_string_lossy().into_owned()));
    words.join(" ")
}

/// The first of `names` found on PATH.
pub(crate) fn on_path(names: &[&str]) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    names
        .iter()
        .find_map(|name| std::env::split_paths(&path).map(|folder| folder.join(name)).find(|file| file.is_file()))
}

/// Adds the wasm target to the toolchain unless it is there.
pub(crate) fn wasm_target() -> Result<()> {
    let sysroot = read(Command::new("rustc").args(["--print", "sysroot"]).current_dir(root()))?;
    if Path::new(sysroot.trim()).join("lib/rustlib/wasm32-unknown-unknown/lib").is_dir() {
        return Ok(());
    }
    println!("Adding the wasm target to Rust");
    run(Command::new("rustup").args(["target", "add", "wasm32-unknown-unknown"]).current_dir(root()))
        .context("Heard runs in the browser as wasm: this needs `rustup target add wasm32-unknown-unknown`")
}

/// Installs the npm packages of `folder` unless they are those of its lock file.
pub(crate) fn npm_packages(folder: &str) -> Result<()> {
    let folder = root().join(folder);
    let lock = std::fs::read(folder.join("package-lock.json")).context("package-lock.json is missing")?;
    let stamp = folder.join("node_modules/.heard-lock");
    let key = fingerprint::hex(&lock);
    if std::fs::read_to_string(&stamp).is_ok_and(|installed| installed == key) {
        return Ok(());
    }
    println!("Fetching the npm packages of {}/", folder.file_name().unwrap_or_default().to_string_lossy());
    let npm = on_path(&["npm", "npm.cmd"]).context("npm is missing: install Node 20 or later")?;
    run(Command::new(npm)
        .args([
            "ci",
            "--ignore-scripts",
            "--omit=optional",
            "--prefer-offline",
            "--no-audit",
            "--no-fund",
            "--loglevel=error",
        ])
        .current_dir(&folder))?;
    std::fs::write(stamp, key)?;
    Ok(())
}

/// Runs a script of an npm package of the app: `script` is its path under `app/node_modules`.
pub(crate) fn node(script: &str) -> Result<Command> {
    let node = on_path(&["node", "node.exe"]).context("node is missing: install Node 20 or later")?;
    let mut command = Command::new(node);
    command.arg(root().join("app/node_modules").join(script)).current_dir(root());
    Ok(command)
}

/// A tool that is a Python package, in a virtual environment of its own; returns the folder of its programs.
/// `requirements` is the file that names every version, from the repository's top.
pub(crate) fn python_tool(name: &str, requirements: &str) -> Result<PathBuf> {
    const APT: &str = "On Debian or Ubuntu: sudo apt-get install -y python3-venv";
    let wanted = std::fs::read(root().join(requirements)).with_context(|| format!("{requirements} is missing"))?;
    let key = fingerprint::hex(&wanted);
    let (tools, _lock) = tools_folder()?;
    let environment = tools.join(format!("{name}-{}", key.get(..16).unwrap_or(&key)));
    let programs = environment.join(if cfg!(windows) { "Scripts" } else { "bin" });
    let stamp = environment.join(".heard-requirements");
    let python_is_there = ["python", "python.exe"].iter().any(|name| programs.join(name).is_file());
    if python_is_there && std::fs::read_to_string(&stamp).is_ok_and(|installed| installed == key) {
        return Ok(programs);
    }
    println!("Fetching {name}");
    let python =
        on_path(&["python3", "python.exe"]).with_context(|| format!("{name} needs Python 3 with venv. {APT}"))?;
    run(Command::new(python).args(["-m", "venv", "--clear"]).arg(&environment))
        .with_context(|| format!("{name} needs Python's venv. {APT}"))?;
    // Without dependencies: what the file does not name is not installed.
    run(Command::new(programs.join("python"))
        .args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps", "--requirement"])
        .arg(requirements)
        .current_dir(root()))?;
    std::fs::write(stamp, key)?;
    Ok(programs)
}

/// The browser of the tests: what is on PATH, else Debian's package where we may install it.
pub(crate) fn chromium() -> Result<PathBuf> {
    const NAMES: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
    if let Some(found) = on_path(&NAMES) {
        return Ok(found);
    }
    apt_install(&["chromium"])?;
    on_path(&NAMES)
        .context("the browser tests need Chromium on PATH. On Debian or Ubuntu: sudo apt-get install -y chromium")
}

/// Installs packages of Debian's where we may; elsewhere it leaves that to whoever reads what is missing.
fn apt_install(packages: &[&str]) -> Result<()> {
    let root_here = read(Command::new("id").arg("-u")).is_ok_and(|id| id.trim() == "0");
    if root_here && on_path(&["apt-get"]).is_some() {
        println!("Installing {}", packages.join(", "));
        let apt =
            |arguments: &[&str]| run(Command::new("apt-get").env("DEBIAN_FRONTEND", "noninteractive").args(arguments));
        apt(&["update", "-qq"])?;
        apt(&[&["install", "-y", "-qq", "--no-install-recommends"], packages].concat())?;
    }
    Ok(())
}

/// A folder for tools, and the right to change it until the lock is dropped: this user's, or else this clone's.
pub(crate) fn tools_folder() -> Result<(PathBuf, Option<std::fs::File>)> {
    if let Some(cache) = cache()
        && let Ok(lock) = locked(&cache)
    {
        return Ok((cache.join("tools"), Some(lock)));
    }
    Ok((target().join("tools"), None))
}

/// Cargo's target folder.
pub(crate) fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), |folder| root().join(folder))
}
