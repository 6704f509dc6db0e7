//! `cargo xtask test`: every check, each named and timed; the first that fails ends the run.
//!
//! The browser tests get what they need in the environment: `HEARD_DIST`, `HEARD_SERVER` (the local server's binary),
//! `HEARD_LAMBDA` (the function's), `HEARD_DYNAMODB` (where DynamoDB Local answers),
//! `HEARD_CHROMIUM`, `HEARD_WEBKIT` (WebKitWebDriver), `HEARD_CONTRACT` (the folder of the storage contract page, when there
//! is one) and, with `--soak`, `HEARD_SOAK=1`.
//! Those of the infrastructure get `HEARD_CFN_LINT`, the folder of cfn-lint's programs.

use crate::build::{self, Profile};
use crate::run::Programs;
use crate::tools::DynamoDbLocal;
use crate::{kept, tidy, tools};
use anyhow::{Context, Result, anyhow, bail};
use std::path::PathBuf;
use std::process::Command;
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

/// How much to run.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Extent {
    Quick,
    Full,
    Soak,
}

/// How many cases a property test tries in a soak; proptest's own default is 256.
const SOAK_CASES: &str = "10000";
/// All that is compiled for this machine, with one set of features: whoever compiles with another compiles everything again.
/// This tool is not among it: `cargo xtask` compiles it, and what it depends on, by itself.
const EVERYTHING: [&str; 5] =
    ["--workspace", "--exclude", "xtask", "--features", "functions/dynamodb,whole/dynamodb,app/contract"];
/// Files of browser tests run two at a time: on two cores 83 tests took 485 s instead of 805, once only those that open without
/// a server have a service worker keep everything.
const FILES_AT_A_TIME: &str = "--test-concurrency=2";
/// The one file of browser tests for WebKit.
const IN_WEBKIT: &str = "webkit.test.mjs";
/// How those tests say that it is their driver that hangs.
const STUCK_DRIVER: &str = "WebKitWebDriver did not answer";

pub(crate) fn run(extent: Extent) -> Result<()> {
    let mut steps = Steps::begin();
    let mut result = all(extent, &mut steps);
    if result.is_ok() {
        result = steps.step("kept for other clones", || {
            kept::keep();
            Ok(())
        });
    }
    steps.print(result.is_ok());
    result
}

fn all(extent: Extent, steps: &mut Steps) -> Result<()> {
    steps.step("format", || tools::run(tools::cargo().args(["fmt", "--all", "--check"])).context("run `cargo fmt`"))?;
    steps.step("tidy", tidy::tidy)?;
    steps.step("lint", || {
        clippy(&["-p", "xtask", "--all-targets"])?;
        clippy(&[&EVERYTHING[..], &["--all-targets"]].concat())
    })?;
    let dynamodb = steps.step("DynamoDB Local", tools::dynamodb_local)?;
    let pages = match extent {
        Extent::Quick => None,
        Extent::Full | Extent::Soak => Some(steps.step("wasm target, npm packages", Pages::start)?),
    };
    // On SQLite, and the cloud store by itself.
    steps.step("tests and doc tests", || {
        tools::run(tools::cargo().args(["test", "--quiet", "-p", "xtask"]))?;
        tools::run(&mut cargo_test(extent, &dynamodb))
    })?;
    let Some(pages) = pages else { return Ok(()) };
    steps.step("the same on DynamoDB", || {
        tools::run(
            cargo_test(extent, &dynamodb).env("HEARD_STORE", "dynamodb").args(["--test", "api", "--test", "whole"]),
        )
    })?;
    steps.step("server without the cloud", || {
        tools::run(tools::cargo().args(["check", "--quiet", "-p", "functions", "--bin", "local"]))
    })?;
    if tools::on_path(&["cargo-deny"]).is_some() {
        steps.step("cargo deny", || {
            tools::run(tools::cargo().args(["deny", "--log-level", "error", "check", "bans", "licenses", "sources"]))
        })?;
    }
    steps.step("infrastructure", infrastructure)?;
    let pages = steps.step("waiting for the pages", || pages.join().map_err(|_| anyhow!("the build panicked"))?)?;
    in_browsers(extent, steps, pages)
}

/// What the browser tests open.
struct Pages {
    /// The app as it ships.
    dist: PathBuf,
    contract: Option<PathBuf>,
    /// What building them took.
    took: Vec<(&'static str, Duration)>,
}

impl Pages {
    /// Builds them on a thread of its own: half of that is a linker's work on one core, and the tests of what runs on this
    /// machine have the other meanwhile. Where one of those fails, nobody waits for the build.
    fn start() -> Result<JoinHandle<Result<Pages>>> {
        // Before anything is compiled side by side, for that would wait for each other's downloads.
        tools::wasm_target()?;
        tools::npm_packages("app")?;
        tools::npm_packages("tests")?;
        Ok(thread::spawn(|| {
            let start = Instant::now();
            let dist = build::build(Profile::Release)?;
            let shipped = start.elapsed();
            let contract = build::storage_contract()?;
            let took = vec![("the app as it ships", shipped), ("storage contract", start.elapsed() - shipped)];
            Ok(Pages { dist, contract, took })
        }))
    }
}

/// What needs the whole thing: the app as it ships, the programs, Chromium and WebKit.
fn in_browsers(extent: Extent, steps: &mut Steps, pages: Pages) -> Result<()> {
    let Pages { dist, contract, took } = pages;
    steps.beside = took;
    let programs = Programs::of_tests();
    let chromium = steps.step("browser", tools::chromium)?;
    let webkit = steps.step("engine of the iPad", || Ok(tools::webkit()))?;
    let (in_webkit, in_chromium): (Vec<_>, Vec<_>) =
        test_files("tests")?.into_iter().partition(|file| file.ends_with(IN_WEBKIT));
    steps.step("browser tests", || {
        let mut command = node_on(&in_chromium, &[FILES_AT_A_TIME])?;
        command.env("HEARD_DIST", &dist).env("HEARD_CHROMIUM", chromium);
        command.env("HEARD_SERVER", &programs.local).env("HEARD_LAMBDA", programs.lambda);
        let dynamodb = tools::dynamodb_local()?;
        command.env("HEARD_DYNAMODB", dynamodb.endpoint());
        if let Some(contract) = contract {
            command.env("HEARD_CONTRACT", contract);
        }
        if extent == Extent::Soak {
            command.env("HEARD_SOAK", "1");
        }
        tools::run(&mut command)
    })?;
    let Some(webkit) = webkit else { return Ok(()) };
    steps.step("tests in WebKit", || {
        let mut command = node_on(&in_webkit, &[])?;
        command.env("HEARD_DIST", &dist).env("HEARD_SERVER", &programs.local).env("HEARD_WEBKIT", webkit);
        let output = command.output().context("node could not be started")?;
        let told = String::from_utf8_lossy(&output.stdout);
        println!("{told}");
        if output.status.success() {
            return Ok(());
        }
        // Nothing of ours: it has been seen twice in some forty runs on a busy machine.
        if told.contains(STUCK_DRIVER) {
            println!("The driver of WebKit stopped answering: once more");
            return tools::run(&mut command);
        }
        bail!("the tests in WebKit failed ({})", output.status)
    })
}

/// `cargo test` on everything.
fn cargo_test(extent: Extent, dynamodb: &DynamoDbLocal) -> Command {
    let mut command = tools::cargo();
    command.args(["test", "--quiet"]).args(EVERYTHING).env("HEARD_DYNAMODB", dynamodb.endpoint());
    if extent == Extent::Soak {
        command.env("PROPTEST_CASES", SOAK_CASES);
    }
    command
}

fn clippy(what: &[&str]) -> Result<()> {
    tools::run(tools::cargo().args(["clippy", "--quiet"]).args(what).args(["--", "-D", "warnings"]))
}

/// What the cloud gets is only looked at here: the template against AWS's own schemas, then against our rules.
fn infrastructure() -> Result<()> {
    let programs = tools::python_tool("cfn-lint", "infra/requirements.txt")?;
    let mut lint = Command::new(programs.join("cfn-lint"));
    lint.args(["--include-checks", "I", "--regions", "eu-west-2", "--template", "infra/template.yaml"]);
    tools::run(lint.current_dir(tools::root()))?;
    tools::run(node_on(&test_files("infra")?, &[])?.env("HEARD_CFN_LINT", programs))
}

/// Node on these tests.
fn node_on(files: &[PathBuf], options: &[&str]) -> Result<Command> {
    let node = tools::on_path(&["node", "node.exe"]).context("node is missing: install Node 20 or later")?;
    let mut command = Command::new(node);
    command.current_dir(tools::root()).arg("--test").args(options).args(files);
    Ok(command)
}

/// The files `**/*.test.mjs` of a folder, those of packages left out. Node 20 takes no patterns.
fn test_files(folder: &str) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    let mut folders = vec![tools::root().join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder)? {
            let path = entry?.path();
            match path.file_name().map(|name| name.to_string_lossy()) {
                Some(name) if name == "node_modules" => {}
                _ if path.is_dir() => folders.push(path),
                Some(name) if name.ends_with(".test.mjs") => files.push(path),
                _ => {}
            }
        }
    }
    files.sort();
    Ok(files)
}

/// The steps taken so far and how long each took.
struct Steps {
    began: Instant,
    taken: Vec<(&'static str, Duration)>,
    /// What was done meanwhile, on another thread.
    beside: Vec<(&'static str, Duration)>,
}

impl Steps {
    fn begin() -> Steps {
        Steps { began: Instant::now(), taken: Vec::new(), beside: Vec::new() }
    }

    fn step<T>(&mut self, name: &'static str, act: impl FnOnce() -> Result<T>) -> Result<T> {
        println!("\n== {name}");
        let start = Instant::now();
        let result = act();
        self.taken.push((name, start.elapsed()));
        match result {
            Ok(value) => Ok(value),
            Err(error) => bail!("{name}: {error:#}"),
        }
    }

    fn print(&self, all_passed: bool) {
        println!("\n{:>28}  seconds", "step");
        for (at, (name, time)) in self.taken.iter().enumerate() {
            let failed = !all_passed && at + 1 == self.taken.len();
            println!("{name:>28}  {:>7.1}{}", time.as_secs_f64(), if failed { "  failed" } else { "" });
        }
        for (name, time) in &self.beside {
            println!("{name:>28}  {:>7.1}  beside the others", time.as_secs_f64());
        }
        println!("{:>28}  {:>7.1}", "together", self.began.elapsed().as_secs_f64());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failing_step_is_named_and_still_counted() {
        let mut steps = Steps::begin();
        let error = steps.step("lint", || -> Result<()> { bail!("three warnings") }).expect_err("it fails");
        assert_eq!(error.to_string(), "lint: three warnings");
        assert_eq!(steps.taken.len(), 1);
    }

    #[test]
    fn tests_of_packages_are_not_ours() {
        let folder = std::env::temp_dir().join(format!("heard-test-files-{}", std::process::id()));
        for file in ["a.test.mjs", "a.mjs", "faults/b.test.mjs", "bench/node_modules/x/c.test.mjs"] {
            let file = folder.join(file);
            std::fs::create_dir_all(file.parent().expect("it lies in the folder")).expect("it can be made");
            std::fs::write(file, "").expect("it can be written");
        }
        // Joined to the repository's top, a path from the root stays what it is.
        let found = test_files(&folder.to_string_lossy()).expect("it can be read");
        std::fs::remove_dir_all(&folder).expect("it was made");
        assert_eq!(found, [folder.join("a.test.mjs"), folder.join("faults/b.test.mjs")]);
    }
}
