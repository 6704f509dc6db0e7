//! The app's files, and nothing but the app's files.

use axum::body::Body;
use axum::http::{Method, header};
use functions::static_files::{FilesError, StaticFiles};

use crate::support::Server;
use crate::support::client::{Client, Reply};

const FILES: [(&str, &str, &str); 7] = [
    ("index.html", "text/html; charset=utf-8", "no-cache"),
    ("sw.js", "text/javascript; charset=utf-8", "no-cache"),
    ("manifest.webmanifest", "application/manifest+json", "no-cache"),
    ("assets/app-1a.wasm", "application/wasm", "public, max-age=31536000, immutable"),
    ("assets/staff-2b.css", "text/css; charset=utf-8", "public, max-age=31536000, immutable"),
    ("assets/font-3c.woff2", "font/woff2", "public, max-age=31536000, immutable"),
    ("symbols/4d/colour/bus.svg", "image/svg+xml", "public, max-age=31536000, immutable"),
];

async fn client() -> Client {
    let folder = tempfile::tempdir().unwrap();
    let dist = folder.path().join("dist");
    for (path, ..) in FILES {
        let file = dist.join(path);
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(&file, format!("contents of {path}")).unwrap();
    }
    std::fs::write(dist.join("index.html.br"), "smaller index").unwrap();
    std::fs::write(folder.path().join("secret.txt"), "beside dist").unwrap();
    Client::anonymous(&Server::with_files(StaticFiles::read(&dist).unwrap()).await)
}

async fn get(client: &Client, path: &str, name: header::HeaderName, value: &str) -> Reply {
    client.send(client.request(Method::GET, path).header(name, value).body(Body::empty()).unwrap()).await
}

#[tokio::test]
async fn each_file_has_its_type_and_its_keeping() {
    let client = client().await;
    for (path, media_type, keeping) in FILES {
        let reply = client.get(&format!("/{path}")).await;
        assert_eq!(reply.status, 200, "{path}");
        assert_eq!(reply.body, format!("contents of {path}"));
        assert_eq!(reply.header("content-type"), Some(media_type), "{path}");
        assert_eq!(reply.header("cache-control"), Some(keeping), "{path}");
        assert!(reply.header("content-security-policy").is_some());
    }
}

#[tokio::test]
async fn an_address_of_the_app_is_its_page() {
    let client = client().await;
    for path in ["/", "/today", "/visits/018f/write-up", "/index.html"] {
        assert_eq!(client.get(path).await.body, "contents of index.html", "{path}");
    }
}

#[tokio::test]
async fn nothing_beside_the_app_can_be_asked_for() {
    let client = client().await;
    for path in [
        "/../secret.txt",
        "/assets/../../secret.txt",
        "/%2e%2e/secret.txt",
        "/..%2fsecret.txt",
        "//secret.txt",
        "/assets/gone.js",
        "/index.html.br",
    ] {
        let reply = client.get(path).await;
        assert_eq!(reply.code(), "not_found", "{path}");
    }
    assert_eq!(client.post_text("/today", "").await.code(), "method_not_allowed");
}

#[tokio::test]
async fn the_compressed_copy_goes_to_whom_it_suits() {
    let client = client().await;
    let small = get(&client, "/", header::ACCEPT_ENCODING, "gzip, deflate, br").await;
    assert_eq!((small.header("content-encoding"), &small.body[..]), (Some("br"), &b"smaller index"[..]));
    assert_eq!(small.header("content-type"), Some("text/html; charset=utf-8"));
    let whole = get(&client, "/", header::ACCEPT_ENCODING, "gzip").await;
    assert_eq!((whole.header("content-encoding"), &whole.body[..]), (None, &b"contents of index.html"[..]));
    assert_eq!(whole.header("vary"), Some("accept-encoding"));
}

#[tokio::test]
async fn a_file_that_is_the_same_is_not_sent_again() {
    let client = client().await;
    let first = client.get("/sw.js").await;
    let tag = first.header("etag").unwrap();
    let again = get(&client, "/sw.js", header::IF_NONE_MATCH, tag).await;
    assert_eq!((again.status.as_u16(), again.body.len()), (304, 0));
    assert_eq!(get(&client, "/sw.js", header::IF_NONE_MATCH, "W/\"other\"").await.status, 200);
}

#[test]
fn a_folder_without_the_app_is_said_to_be_one() {
    let folder = tempfile::tempdir().unwrap();
    assert!(matches!(StaticFiles::read(folder.path()), Err(FilesError::NoApp(_))));
}
