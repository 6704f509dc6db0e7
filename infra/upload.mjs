// Puts the app into its bucket: node infra/upload.mjs BUCKET [--dry-run]
//
// Each file gets its media type, and how long it may be kept, as the server on one machine says it
// (functions/src/static_files.rs; infra/tests holds this against it). The brotli form of a file lies beside it as
// `<file>.br` with the type of the file; the CloudFront function `Addresses` picks between them.
// What is named by its hash goes first and nothing is deleted, so that a tablet on the version before finds its files; the
// page goes after what it names, and the service worker last.
import { execFileSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";

const DIST = join(import.meta.dirname, "../dist");

export const TYPES = {
  html: "text/html; charset=utf-8",
  js: "text/javascript; charset=utf-8",
  css: "text/css; charset=utf-8",
  wasm: "application/wasm",
  webmanifest: "application/manifest+json",
  json: "application/json",
  svg: "image/svg+xml",
  png: "image/png",
  ico: "image/x-icon",
  woff2: "font/woff2",
  txt: "text/plain; charset=utf-8",
};
export const KEPT_FOR_GOOD = "public, max-age=31536000, immutable";
export const ASKED_EACH_TIME = "no-cache";
const HASHED = ["assets/", "symbols/"];
/** Lies in dist/ too, and is no part of the app. */
const NOT_THE_APP = ["lambda.zip"];

/** The uploads for these files, in order; each takes the files that one command can. Fails on a file of no known type. */
export function uploads(files) {
  const groups = new Map();
  for (const file of files.filter((file) => !NOT_THE_APP.includes(file)).sort()) {
    const brotli = file.endsWith(".br");
    const ending = (brotli ? file.slice(0, -3) : file).split(".").pop();
    const folder = HASHED.find((folder) => file.startsWith(folder)) ?? "";
    if (!TYPES[ending]) throw new Error(`${file}: no media type is known for .${ending}`);
    const name = `${folder}*.${ending}${brotli ? ".br" : ""}`;
    const group = groups.get(name) ?? {
      folder, pattern: `*.${ending}${brotli ? ".br" : ""}`, type: TYPES[ending], encoding: brotli ? "br" : null,
      caching: folder ? KEPT_FOR_GOOD : ASKED_EACH_TIME, files: [],
    };
    group.files.push(file);
    groups.set(name, group);
  }
  // The page names the hashed files, and the service worker checks the page against a hash of it.
  const place = ({ folder, type }) => (folder ? 0 : type === TYPES.js ? 3 : type === TYPES.html ? 2 : 1);
  return [...groups.values()].sort((a, b) => place(a) - place(b));
}

/** The words of one upload, after `aws`. */
export function command({ folder, pattern, type, encoding, caching }, bucket) {
  return [
    "s3", "cp", join(DIST, folder), `s3://${bucket}/${folder}`, "--recursive", "--exclude", "*", "--include", pattern,
    // Outside the hashed folders a pattern would reach into them.
    ...(folder ? [] : HASHED.flatMap((hashed) => ["--exclude", `${hashed}*`])),
    "--no-guess-mime-type", "--content-type", type, "--cache-control", caching,
    ...(encoding ? ["--content-encoding", encoding] : []),
    "--only-show-errors",
  ];
}

function upload(bucket, dryRun) {
  const files = readdirSync(DIST, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(DIST, join(entry.parentPath, entry.name)).replaceAll("\\", "/"));
  if (!files.includes("index.html")) throw new Error("there is no app in dist/: run `cargo xtask build` first");
  for (const group of uploads(files)) {
    const words = command(group, bucket);
    console.log(`${group.files.length} × ${group.folder}${group.pattern}`);
    if (dryRun) console.log(`  aws ${words.join(" ")}`);
    else execFileSync("aws", words, { stdio: "inherit" });
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [bucket, ...rest] = process.argv.slice(2);
  if (!bucket || bucket.startsWith("-") || rest.some((word) => word !== "--dry-run")) {
    console.error("node infra/upload.mjs BUCKET [--dry-run]");
    process.exit(2);
  }
  upload(bucket, rest.includes("--dry-run"));
}
