//! A picture of each symbol of the vocabulary in both sets, or no build at all.
//!
//! `symbols/<set>/colour/<id>.svg` is for the colour and calm themes and for staff; `symbols/<set>/contrast/<id>.svg` is
//! one shape in white, for the black ground of the contrast theme. On white (print) a style sheet inverts it: one file does for both.
//!
//! A picture is named `set:name`: an npm icon set (`fluent-emoji-flat`, `fluent-emoji-high-contrast`, `healthicons`), or
//! `heard`, our own drawings in `app/symbols/<name>.svg`. A symbol's `turn` (90, 180 or 270 degrees, clockwise) turns both;
//! `twice` shows it two times, for "a lot".

use crate::fingerprint::{self, Inputs};
use crate::tools;
use anyhow::{Context, Result, bail};
use serde::Deserialize;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// What takes the place of `currentColor`: the ink of the colour theme, and white for a black ground.
const INK: &str = "#14323f";
const WHITE: &str = "#fff";

#[derive(Deserialize)]
struct Vocabulary {
    topics: Vec<Topic>,
    #[serde(default)]
    controls: Vec<Symbol>,
}

#[derive(Deserialize)]
struct Topic {
    symbols: Vec<Symbol>,
}

#[derive(Deserialize)]
struct Symbol {
    id: String,
    colour: Option<String>,
    contrast: Option<String>,
    #[serde(default)]
    turn: u64,
    #[serde(default)]
    twice: bool,
}

/// The pictures that were made.
pub(super) struct Symbols {
    folder: PathBuf,
    /// Names the set in addresses: changes when any picture does.
    pub(super) set: String,
    /// How many symbols the vocabulary has.
    pub(super) count: usize,
}

/// Draws every symbol of the vocabulary, or fails with the list of those without a picture.
pub(super) fn make() -> Result<Symbols> {
    let root = tools::root();
    let vocabulary = root.join("domain/vocabulary/symbols.json");
    let own = root.join("app/symbols");
    let folder = tools::workshop().join("symbols");
    let text = fs::read_to_string(&vocabulary).with_context(|| format!("{} cannot be read", vocabulary.display()))?;
    let parsed: Vocabulary = serde_json::from_str(&text).context("domain/vocabulary/symbols.json")?;
    let symbols: Vec<&Symbol> = parsed.topics.iter().flat_map(|topic| &topic.symbols).chain(&parsed.controls).collect();
    let inputs = Inputs::new("symbols 1").path(&vocabulary)?.path(&own)?.path(&root.join("app/package-lock.json"))?;
    fingerprint::step(&folder, inputs, |folder| {
        let mut sets = Sets { packages: root.join("app/node_modules/@iconify-json"), own, read: BTreeMap::new() };
        draw_all(&symbols, &mut sets, folder)
    })?;
    let mut drawn = Inputs::new("set");
    for file in fingerprint::files(&folder)? {
        let name = file.strip_prefix(&folder)?.to_string_lossy().into_owned();
        drawn = drawn.bytes(name.as_bytes()).bytes(&fs::read(&file)?);
    }
    let set = drawn.key().chars().take(12).collect();
    Ok(Symbols { folder, set, count: symbols.len() })
}

impl Symbols {
    /// Puts the pictures where the server finds them.
    pub(super) fn copy_to(&self, dist: &Path) -> Result<()> {
        for file in fingerprint::files(&self.folder)? {
            let to = dist.join("symbols").join(&self.set).join(file.strip_prefix(&self.folder)?);
            fs::create_dir_all(to.parent().context("a picture lies in a folder")?)?;
            fs::copy(file, to)?;
        }
        Ok(())
    }
}

fn draw_all(symbols: &[&Symbol], sets: &mut Sets, folder: &Path) -> Result<()> {
    let mut wanting = Vec::new();
    let mut seen = BTreeSet::new();
    for symbol in symbols {
        let id = &symbol.id;
        if !id.chars().all(|letter| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '-') {
            wanting.push(format!("{id}: an id has only small letters, digits and hyphens"));
        }
        if !seen.insert(id) {
            wanting.push(format!("{id}: this id occurs twice"));
        }
        if ![0, 90, 180, 270].contains(&symbol.turn) {
            wanting.push(format!("{id}: a turn of {} degrees is none of 90, 180, 270", symbol.turn));
        }
        let turn = Turn { quarter_turns: symbol.turn / 90, mirrored: false, twice: symbol.twice };
        for (theme, name, ink) in [("colour", &symbol.colour, INK), ("contrast", &symbol.contrast, WHITE)] {
            match name.as_deref().map(|name| sets.draw(name, turn, ink)) {
                Some(Ok(picture)) => {
                    fs::create_dir_all(folder.join(theme))?;
                    fs::write(folder.join(theme).join(format!("{id}.svg")), picture)?;
                }
                Some(Err(error)) => wanting.push(format!("{id}: {error:#}")),
                None => wanting.push(format!("{id}: no {theme} picture is named")),
            }
        }
    }
    if !wanting.is_empty() {
        bail!(
            "the vocabulary (domain/vocabulary/symbols.json) cannot be shown in every theme:\n  {}",
            wanting.join("\n  ")
        );
    }
    Ok(())
}

/// The icon sets, read when first asked for.
struct Sets {
    packages: PathBuf,
    own: PathBuf,
    read: BTreeMap<String, Value>,
}

/// How a picture is turned from how its set has it.
#[derive(Clone, Copy, Default)]
struct Turn {
    quarter_turns: u64,
    mirrored: bool,
    twice: bool,
}

impl Sets {
    fn draw(&mut self, name: &str, turn: Turn, ink: &str) -> Result<String> {
        let (set, icon) = name.split_once(':').with_context(|| format!("`{name}` is not of the form set:name"))?;
        let (body, width, height, turn) =
            if set == "heard" { self.own(icon, turn)? } else { self.of_package(set, icon, turn)? };
        Ok(picture(&body, width, height, turn).replace("currentColor", ink))
    }

    /// Our own drawings are 32 by 32, like the Fluent ones.
    fn own(&self, icon: &str, turn: Turn) -> Result<(String, f64, f64, Turn)> {
        let file = self.own.join(icon).with_extension("svg");
        let text = fs::read_to_string(&file).with_context(|| format!("app/symbols/{icon}.svg is missing"))?;
        let inner = text.split_once('>').and_then(|(_, rest)| rest.rsplit_once("</svg>")).map(|(inner, _)| inner);
        let body = inner.with_context(|| format!("app/symbols/{icon}.svg is not one svg element"))?;
        Ok((body.trim().to_owned(), 32.0, 32.0, turn))
    }

    fn of_package(&mut self, set: &str, icon: &str, turn: Turn) -> Result<(String, f64, f64, Turn)> {
        if !self.read.contains_key(set) {
            let file = self.packages.join(set).join("icons.json");
            let text = fs::read_to_string(&file).with_context(|| format!("there is no icon set `{set}`"))?;
            self.read.insert(set.to_owned(), serde_json::from_str(&text)?);
        }
        let icons = &self.read[set];
        let (body, turn) = body(icons, icon, turn).with_context(|| format!("`{set}` has no `{icon}`"))?;
        let size = |name| icons["icons"][icon][name].as_f64().or_else(|| icons[name].as_f64()).unwrap_or(16.0);
        Ok((body, size("width"), size("height"), turn))
    }
}

/// The drawing of an icon, following aliases and adding up their turns.
fn body(icons: &Value, icon: &str, turn: Turn) -> Option<(String, Turn)> {
    if let Some(body) = icons["icons"][icon]["body"].as_str() {
        return Some((body.to_owned(), turn));
    }
    let alias = icons["aliases"].get(icon)?;
    let turn = Turn {
        quarter_turns: turn.quarter_turns + alias["rotate"].as_u64().unwrap_or(0),
        mirrored: turn.mirrored != alias["hFlip"].as_bool().unwrap_or(false),
        ..turn
    };
    body(icons, alias["parent"].as_str()?, turn)
}

fn picture(body: &str, width: f64, height: f64, turn: Turn) -> String {
    let (middle_x, middle_y) = (width / 2.0, height / 2.0);
    let mut transform = String::new();
    if !turn.quarter_turns.is_multiple_of(4) {
        transform.push_str(&format!("rotate({} {middle_x} {middle_y})", turn.quarter_turns % 4 * 90));
    }
    if turn.mirrored {
        transform.push_str(&format!("translate({width} 0)scale(-1 1)"));
    }
    let body = if transform.is_empty() { body.to_owned() } else { format!(r#"<g transform="{transform}">{body}</g>"#) };
    let body = match turn.twice {
        true => {
            let one = |x, y| format!(r#"<g transform="translate({x} {y})scale(.62)">{body}</g>"#);
            one(0.0, height * 0.38) + &one(width * 0.38, 0.0)
        }
        false => body,
    };
    format!(
        r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}">{body}</svg>"#
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sets() -> Sets {
        let icons = r#"{"width":32,"height":32,"icons":{"bus":{"body":"<path fill=\"currentColor\" d=\"M1 1\"/>"}},
            "aliases":{"bus-right":{"parent":"bus","hFlip":true}}}"#;
        let read = BTreeMap::from([("test".to_owned(), serde_json::from_str(icons).expect("it is JSON"))]);
        Sets { packages: PathBuf::from("nowhere"), own: PathBuf::from("nowhere"), read }
    }

    fn symbol(id: &str, contrast: &str) -> Symbol {
        Symbol {
            id: id.to_owned(),
            colour: Some("test:bus".to_owned()),
            contrast: Some(contrast.to_owned()),
            turn: 0,
            twice: false,
        }
    }

    #[test]
    fn a_contrast_picture_is_white_so_that_it_shows_on_black() {
        let picture = sets().draw("test:bus", Turn::default(), WHITE).expect("it exists");
        assert!(picture.contains(r##"fill="#fff""##) && !picture.contains("currentColor"));
    }

    #[test]
    fn an_alias_that_mirrors_is_drawn_mirrored() {
        assert!(sets().draw("test:bus-right", Turn::default(), INK).expect("it exists").contains("scale(-1 1)"));
    }

    #[test]
    fn a_turned_symbol_turns_about_its_middle() {
        let turn = Turn { quarter_turns: 3, mirrored: false, twice: false };
        assert!(sets().draw("test:bus", turn, INK).expect("it exists").contains("rotate(270 16 16)"));
    }

    #[test]
    fn every_symbol_without_a_picture_is_listed() {
        let folder = std::env::temp_dir().join(format!("heard-symbols-{}", std::process::id()));
        let (bus, hoist, twice) =
            (symbol("bus", "test:bus"), symbol("hoist", "test:hoist"), symbol("bus", "other:bus"));
        let error = draw_all(&[&bus, &hoist, &twice], &mut sets(), &folder).expect_err("hoist is missing").to_string();
        assert!(error.contains("hoist: `test` has no `hoist`"), "{error}");
        assert!(error.contains("bus: this id occurs twice"), "{error}");
        assert!(error.contains("there is no icon set `other`"), "{error}");
        fs::remove_dir_all(folder).expect("it was made");
    }
}
