//! What is made once for every clone on this machine: the tools, and others' crates as cargo compiled them.
//!
//! ```text
//! ~/.cache/heard/            (or $XDG_CACHE_HOME/heard)
//!   lock                     held by whoever changes anything here
//!   tools/                   DynamoDB Local, cfn-lint, cargo-lambda
//!   dependencies/
//!     linked/                libraries and build scripts: a clone gets hard links, where it can
//!     copied/                what cargo writes in place: fingerprints, what build scripts said and made
//!     sizes                  `size path` of every file of both, sorted: whoever finds another lets all of it be
//!     rustc                  `rustc -vV` of the compiler that made them
//! ```
//!
//! Only crates of a registry are kept: their sources never change, so cargo's own fingerprints and times stay true wherever
//! they lie. A member of the workspace has the same hash in two clones with different sources; it is never kept.
//! (A build folder shared by clones would mix those up; compiler caches leave out build scripts and procedural macros.)
//!
//! A target folder is filled once, when it is new: by `.ci/run` before this tool is compiled, else by [`take_over`].
//! [`keep`] replaces what is kept after a command that compiled something new. Neither can fail a command.

use crate::cache::{cache, locked};
use crate::tools;
use anyhow::{Context, Result, bail};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;

/// In a target folder that was filled, or that was kept from.
const MARK: &str = ".heard-kept";

/// Fills a new target folder from what is kept.
pub(crate) fn take_over() {
    let filled = || -> Result<()> {
        let Some(cache) = cache().filter(|cache| cache.join("dependencies/sizes").is_file()) else { return Ok(()) };
        let target = tools::target();
        // One in which cargo has compiled is cargo's: another may be at it in this moment.
        if target.join(MARK).exists() || target.join("debug/.fingerprint").read_dir().is_ok_and(has_product) {
            return Ok(());
        }
        let _lock = locked(&cache)?;
        let kept = Kept { folder: cache.join("dependencies") };
        if kept.is_whole()? && kept.rustc().is_some_and(|kept| rustc().is_ok_and(|here| kept == here)) {
            kept.fill(&target)?;
            println!("Compiled dependencies taken over from {}", kept.folder.display());
        }
        Ok(())
    };
    if let Err(error) = filled() {
        println!("Everything is compiled here: what is kept could not be taken over ({error:#})");
    }
}

/// Whether one of the product's crates was compiled here: all of them depend on `domain`.
fn has_product(fingerprints: fs::ReadDir) -> bool {
    fingerprints.flatten().any(|folder| folder.file_name().to_string_lossy().starts_with("domain-"))
}

/// Keeps what was compiled of others' crates, if any of it is new.
pub(crate) fn keep() {
    let kept = || -> Result<()> {
        let Some(cache) = cache() else { return Ok(()) };
        let target = tools::target();
        let files = files_to_keep(&target, &Locked::read(&tools::root().join("Cargo.lock"))?)?;
        let _lock = locked(&cache)?;
        let kept = Kept { folder: cache.join("dependencies") };
        let rustc = rustc()?;
        if kept.rustc().is_none_or(|kept| kept != rustc) || !kept.is_whole()? || !kept.has_all(&files)? {
            kept.replace(&target, &files, &rustc)?;
            println!("Compiled dependencies kept in {}", kept.folder.display());
        }
        fs::write(target.join(MARK), "")?;
        Ok(())
    };
    if let Err(error) = kept() {
        println!("What was compiled here is not kept for other clones ({error:#})");
    }
}

/// Removes everything that is kept, for whoever wants to start clean.
pub(crate) fn clean() -> Result<()> {
    let Some(cache) = cache().filter(|cache| cache.exists()) else {
        println!("Nothing is kept");
        return Ok(());
    };
    let lock = locked(&cache)?;
    fs::remove_dir_all(&cache).with_context(|| format!("{} could not be removed", cache.display()))?;
    drop(lock);
    println!("{} is gone. `cargo clean` removes what this clone has of its own", cache.display());
    Ok(())
}

fn rustc() -> Result<String> {
    tools::read(Command::new("rustc").arg("-vV").current_dir(tools::root()))
}

/// How a file comes from one place to the other.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum Way {
    /// By a hard link: whoever makes it anew makes another file.
    Linked,
    /// By a copy with its times, for it may be written in place.
    Copied,
}

impl Way {
    fn folder(self) -> &'static str {
        match self {
            Way::Linked => "linked",
            Way::Copied => "copied",
        }
    }
}

/// What is kept: a folder as drawn at the head of this file.
struct Kept {
    folder: PathBuf,
}

impl Kept {
    fn rustc(&self) -> Option<String> {
        fs::read_to_string(self.folder.join("rustc")).ok()
    }

    /// The sizes as they were noted when all of it had been written.
    fn noted(&self) -> Result<BTreeSet<String>> {
        let noted = fs::read_to_string(self.folder.join("sizes"))?;
        Ok(noted.lines().map(str::to_owned).collect())
    }

    /// Whether every file has the size it had.
    fn is_whole(&self) -> Result<bool> {
        if !self.folder.join("sizes").is_file() {
            return Ok(false);
        }
        Ok(self.noted()? == sizes(&self.folder)?)
    }

    fn has_all(&self, files: &BTreeMap<PathBuf, Way>) -> Result<bool> {
        let noted = self.noted()?;
        let kept: BTreeSet<&str> = noted.iter().filter_map(|line| Some(line.split_once(' ')?.1)).collect();
        Ok(files.iter().all(|(file, way)| kept.contains(slashed(&Path::new(way.folder()).join(file)).as_str())))
    }

    /// Puts everything where cargo looks for it, in place of what is there of the same units.
    fn fill(&self, target: &Path) -> Result<()> {
        for way in [Way::Linked, Way::Copied] {
            let from = self.folder.join(way.folder());
            for file in crate::fingerprint::files(&from)? {
                place(&file, &target.join(file.strip_prefix(&from)?), way)?;
            }
        }
        fs::write(target.join(MARK), "")?;
        Ok(())
    }

    /// Replaces all of it by these files of a target folder, in one step.
    fn replace(&self, target: &Path, files: &BTreeMap<PathBuf, Way>, rustc: &str) -> Result<()> {
        let beside = |what: &str| self.folder.with_extension(format!("{what}-{}", std::process::id()));
        let (new, old) = (beside("new"), beside("old"));
        let _ = fs::remove_dir_all(&new);
        let written = || -> Result<()> {
            for (file, way) in files {
                place(&target.join(file), &new.join(way.folder()).join(file), *way)?;
            }
            fs::create_dir_all(new.join(Way::Copied.folder()))?;
            fs::write(new.join(Way::Copied.folder()).join(MARK), "")?;
            fs::write(new.join("rustc"), rustc)?;
            let sizes: Vec<String> = sizes(&new)?.into_iter().collect();
            fs::write(new.join("sizes"), sizes.join("\n") + "\n")?;
            if self.folder.exists() {
                fs::rename(&self.folder, &old)?;
            }
            Ok(fs::rename(&new, &self.folder)?)
        };
        let result = written();
        for leftover in [new, old] {
            let _ = fs::remove_dir_all(leftover);
        }
        result
    }
}

/// `size path` of every file of both parts.
fn sizes(folder: &Path) -> Result<BTreeSet<String>> {
    let mut sizes = BTreeSet::new();
    for part in [Way::Linked, Way::Copied].map(|way| folder.join(way.folder())).iter().filter(|part| part.is_dir()) {
        for file in crate::fingerprint::files(part)? {
            sizes.insert(format!("{} {}", fs::metadata(&file)?.len(), slashed(file.strip_prefix(folder)?)));
        }
    }
    Ok(sizes)
}

fn slashed(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "/")
}

fn place(from: &Path, to: &Path, way: Way) -> Result<()> {
    fs::create_dir_all(to.parent().context("a file lies in a folder")?)?;
    // Never through a link that is there already: the other end is somebody else's.
    match fs::remove_file(to) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error.into()),
        _ => {}
    }
    if way == Way::Linked && fs::hard_link(from, to).is_ok() {
        return Ok(());
    }
    fs::copy(from, to).with_context(|| format!("{} could not be copied", from.display()))?;
    // Cargo compares times.
    let modified = fs::metadata(from)?.modified()?;
    let copy = File::options().append(true).open(to).or_else(|_| File::open(to))?;
    Ok(copy.set_modified(modified)?)
}

/// The crates of registries that a Cargo.lock names, as `name-version`, the name of the folder that cargo unpacks them to.
struct Locked {
    names: BTreeSet<String>,
    folders: BTreeSet<String>,
}

impl Locked {
    fn read(lock: &Path) -> Result<Locked> {
        let lock = fs::read_to_string(lock).with_context(|| format!("{} cannot be read", lock.display()))?;
        let mut locked = Locked { names: BTreeSet::new(), folders: BTreeSet::new() };
        for package in lock.split("[[package]]").skip(1) {
            let field = |name: &str| {
                package.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(" = \"")?.strip_suffix('"'))
            };
            if let (Some(name), Some(version), Some(_)) = (field("name"), field("version"), field("source")) {
                locked.names.insert(name.to_owned());
                locked.folders.insert(format!("{name}-{version}"));
            }
        }
        Ok(locked)
    }

    /// Whether a dep-info file, as rustc writes it for cargo, speaks of the sources of one of these.
    fn made(&self, dep_info: &str) -> bool {
        let words = dep_info.split([' ', '\n']);
        words.flat_map(|path| path.split(['/', '\\'])).any(|part| self.folders.contains(part))
    }
}

/// The files of a target folder, by their paths in it, that came of these crates.
fn files_to_keep(target: &Path, locked: &Locked) -> Result<BTreeMap<PathBuf, Way>> {
    let mut found = BTreeMap::new();
    for profile in profiles(target)? {
        for unit in Units::read(&profile)?.of(locked) {
            found.extend(unit.into_iter().map(|(file, way)| {
                let path = file.strip_prefix(target).expect("it was found in there").to_path_buf();
                (path, way)
            }));
        }
    }
    Ok(found)
}

/// The folders of a target folder, for this machine and for others, into which cargo compiled with a profile.
fn profiles(target: &Path) -> Result<Vec<PathBuf>> {
    let folders = |of: &Path| -> Result<Vec<PathBuf>> {
        let entries = fs::read_dir(of)?.collect::<std::io::Result<Vec<_>>>()?;
        Ok(entries.into_iter().map(|entry| entry.path()).filter(|path| path.is_dir()).collect())
    };
    let mut profiles = Vec::new();
    for folder in folders(target)? {
        let is_profile = folder.join(".fingerprint").is_dir();
        let inner = if is_profile { vec![folder] } else { folders(&folder)? };
        profiles.extend(inner.into_iter().filter(|folder| folder.join(".fingerprint").is_dir()));
    }
    Ok(profiles)
}

/// What cargo compiled with one profile. A unit is `name-hash`: a folder of fingerprints, often one under `build`, and files in
/// `deps` that end with the hash.
struct Units {
    profile: PathBuf,
    names: Vec<String>,
    in_deps: BTreeMap<String, Vec<PathBuf>>,
}

impl Units {
    fn read(profile: &Path) -> Result<Units> {
        let mut names = Vec::new();
        for entry in fs::read_dir(profile.join(".fingerprint"))? {
            names.push(entry?.file_name().to_string_lossy().into_owned());
        }
        let mut in_deps = BTreeMap::<_, Vec<_>>::new();
        if let Ok(entries) = fs::read_dir(profile.join("deps")) {
            for entry in entries {
                let path = entry?.path();
                if let Some(hash) = hash_of(&path) {
                    in_deps.entry(hash).or_default().push(path);
                }
            }
        }
        Ok(Units { profile: profile.to_path_buf(), names, in_deps })
    }

    /// The files of each unit that came of one of these crates.
    fn of(&self, locked: &Locked) -> Vec<Vec<(PathBuf, Way)>> {
        self.names.iter().filter_map(|unit| self.files(unit, locked).ok().flatten()).collect()
    }

    fn files(&self, unit: &str, locked: &Locked) -> Result<Option<Vec<(PathBuf, Way)>>> {
        let Some((name, hash)) = unit.rsplit_once('-').filter(|(name, _)| locked.names.contains(*name)) else {
            return Ok(None);
        };
        let fingerprints = crate::fingerprint::files(&self.profile.join(".fingerprint").join(unit))?;
        let built = self.profile.join("build").join(unit);
        let built = if built.is_dir() { crate::fingerprint::files(&built)? } else { Vec::new() };
        let libraries = self.in_deps.get(hash).cloned().unwrap_or_default();
        // What a build script said has no such file: there the name has to do.
        let is_dep_info = |file: &&PathBuf| file.extension().is_some_and(|ending| ending == "d");
        for file in libraries.iter().chain(&built).filter(is_dep_info) {
            if !locked.made(&fs::read_to_string(file)?) {
                return Ok(None);
            }
        }
        // One that another cargo, or a failure, left without its fingerprint is nothing to keep.
        if !fingerprints.iter().any(|file| file.extension().is_some_and(|ending| ending == "json") && is_json(file)) {
            bail!("{name} was not compiled to its end");
        }
        let way = |file: &Path, in_deps: bool| {
            let is_program = file.file_stem().is_some_and(|stem| {
                let stem = stem.to_string_lossy();
                stem.starts_with("build-script-") || stem.starts_with("build_script_")
            });
            let is_text = file.extension().is_some_and(|ending| ending == "d");
            if (in_deps || is_program) && !is_text { Way::Linked } else { Way::Copied }
        };
        let files = libraries.into_iter().map(|file| (way(&file, true), file));
        let files = files.chain(built.into_iter().map(|file| (way(&file, false), file)));
        Ok(Some(
            files
                .chain(fingerprints.into_iter().map(|file| (Way::Copied, file)))
                .map(|(way, file)| (file, way))
                .collect(),
        ))
    }
}

fn is_json(file: &Path) -> bool {
    fs::read(file).is_ok_and(|bytes| serde_json::from_slice::<Value>(&bytes).is_ok())
}

/// The hash that cargo put at the end of a file's name, before its ending.
fn hash_of(file: &Path) -> Option<String> {
    let name = file.file_name()?.to_str()?;
    let hash = name.rsplit_once('-')?.1.split('.').next()?;
    (hash.len() == 16 && hash.bytes().all(|byte| byte.is_ascii_hexdigit())).then(|| hash.to_owned())
}

#[cfg(test)]
mod tests;
