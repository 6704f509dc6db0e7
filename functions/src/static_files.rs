//! The app's files: read once at the start, handed out from memory. What is not among them cannot be asked for.
//!
//! ```text
//! /assets/… /symbols/…   named by their hash: kept for good
//! the other files        asked for each time, answered 304 while they are the same
//! any other address      a page of the app: index.html, and the app reads the address
//! ```

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use axum::Extension;
use axum::body::Bytes;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use sha2::{Digest, Sha256};

use crate::http::compress::accepts;
use crate::problem::Problem;

const PAGE: &str = "/index.html";

/// The files of `dist/`, by path.
#[derive(Default)]
pub struct StaticFiles {
    files: HashMap<String, File>,
}

struct File {
    bytes: Bytes,
    brotli: Option<Bytes>,
    media_type: &'static str,
    tag: HeaderValue,
    kept_for_good: bool,
}

/// The app's files could not be read.
#[derive(Debug, thiserror::Error)]
pub enum FilesError {
    /// There is no app there.
    #[error("no index.html in {0}")]
    NoApp(PathBuf),
    /// A file could not be read.
    #[error("{0} cannot be read")]
    Unreadable(PathBuf, #[source] std::io::Error),
}

impl StaticFiles {
    /// Reads every file below a folder.
    ///
    /// # Errors
    /// [`FilesError::NoApp`] when there is no `index.html`.
    pub fn read(dist: &Path) -> Result<StaticFiles, FilesError> {
        if !dist.join("index.html").is_file() {
            return Err(FilesError::NoApp(dist.to_owned()));
        }
        let mut contents = HashMap::new();
        read_folder(dist, "", &mut contents)?;
        let paths: Vec<String> = contents.keys().filter(|path| !path.ends_with(".br")).cloned().collect();
        let mut files = HashMap::new();
        for path in paths {
            let brotli = contents.get(&format!("{path}.br")).cloned();
            if let Some(bytes) = contents.remove(&path) {
                files.insert(path.clone(), File::new(&path, bytes, brotli));
            }
        }
        Ok(StaticFiles { files })
    }

    /// What is at this address: a file, or for an address without an ending a page of the app.
    fn find(&self, path: &str) -> Option<&File> {
        let last = path.rsplit('/').next().unwrap_or_default();
        match self.files.get(path) {
            Some(file) => Some(file),
            None if last.contains('.') => None,
            None => self.files.get(PAGE),
        }
    }
}

impl File {
    fn new(path: &str, bytes: Bytes, brotli: Option<Bytes>) -> File {
        let hash = domain::hash::hex(&Sha256::digest(&bytes));
        File {
            bytes,
            brotli,
            media_type: media_type(path),
            tag: HeaderValue::from_str(&format!("W/\"{hash}\""))
                .expect("hex digits and quotes are allowed in a header"),
            kept_for_good: path.starts_with("/assets/") || path.starts_with("/symbols/"),
        }
    }

    fn respond(&self, headers: &HeaderMap) -> Response {
        let text = |name| headers.get(name).and_then(|value: &HeaderValue| value.to_str().ok());
        let caching = if self.kept_for_good { "public, max-age=31536000, immutable" } else { "no-cache" };
        let same = text(header::IF_NONE_MATCH)
            .is_some_and(|tags| tags.split(',').any(|tag| tag.trim().as_bytes() == self.tag.as_bytes()));
        let brotli =
            self.brotli.as_ref().filter(|_| text(header::ACCEPT_ENCODING).is_some_and(|offer| accepts(offer, "br")));
        let mut response = match (same, brotli) {
            (true, _) => StatusCode::NOT_MODIFIED.into_response(),
            (false, Some(small)) => small.clone().into_response(),
            (false, None) => self.bytes.clone().into_response(),
        };
        let reply = response.headers_mut();
        reply.insert(header::CONTENT_TYPE, HeaderValue::from_static(self.media_type));
        reply.insert(header::CACHE_CONTROL, HeaderValue::from_static(caching));
        reply.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
        reply.insert(header::ETAG, self.tag.clone());
        if brotli.is_some() && !same {
            reply.insert(header::CONTENT_ENCODING, HeaderValue::from_static("br"));
        }
        response
    }
}

/// Answers everything that is not the API.
pub(crate) async fn serve(
    Extension(files): Extension<Arc<StaticFiles>>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    if !matches!(method, Method::GET | Method::HEAD) {
        return Err(Problem::MethodNotAllowed);
    }
    let file = files.find(uri.path()).ok_or(Problem::NotFound)?;
    Ok(file.respond(&headers))
}

fn read_folder(folder: &Path, address: &str, contents: &mut HashMap<String, Bytes>) -> Result<(), FilesError> {
    let unreadable = |error| FilesError::Unreadable(folder.to_owned(), error);
    for item in std::fs::read_dir(folder).map_err(unreadable)? {
        let item = item.map_err(unreadable)?;
        let path = item.path();
        let address = format!("{address}/{}", item.file_name().to_string_lossy());
        if path.is_dir() {
            read_folder(&path, &address, contents)?;
        } else {
            let bytes = std::fs::read(&path).map_err(|error| FilesError::Unreadable(path, error))?;
            contents.insert(address, bytes.into());
        }
    }
    Ok(())
}

fn media_type(path: &str) -> &'static str {
    match path.rsplit('.').next() {
        Some("html") => "text/html; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("wasm") => "application/wasm",
        Some("webmanifest") => "application/manifest+json",
        Some("json") => "application/json",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("ico") => "image/x-icon",
        Some("woff2") => "font/woff2",
        Some("txt") => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}
