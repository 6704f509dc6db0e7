//! The style sheets, from Sass.

use crate::fingerprint::{self, Inputs};
use crate::tools;
use anyhow::Result;
use std::path::PathBuf;

/// The sheets of the app; every other file in `app/styles` is a part of one of them.
pub(super) const SHEETS: [&str; 3] = ["staff", "pages", "child"];

/// Compiles the sheets; the folder returned holds one `.css` for each.
pub(super) fn make() -> Result<PathBuf> {
    let app = tools::root().join("app");
    let folder = tools::workshop().join("styles");
    let inputs = Inputs::new("sass 1").path(&app.join("styles"))?.path(&app.join("package-lock.json"))?;
    fingerprint::step(&folder, inputs, |folder| {
        let mut command = tools::node("sass/sass.js")?;
        command.args(["--no-source-map", "--style=compressed", "--quiet-deps"]);
        command.arg(format!("--load-path={}", app.join("node_modules").display()));
        for sheet in SHEETS {
            let source = app.join("styles").join(sheet).with_extension("scss");
            command.arg(format!("{}:{}", source.display(), folder.join(sheet).with_extension("css").display()));
        }
        tools::run(&mut command)
    })?;
    Ok(folder)
}
