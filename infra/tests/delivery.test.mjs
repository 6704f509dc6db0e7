// What happens at the edge and at upload, held against what the server on one machine does.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { gunzipSync } from "node:zlib";
import { archived } from "../archive/records.mjs";
import { ASKED_EACH_TIME, command, KEPT_FOR_GOOD, TYPES, uploads } from "../upload.mjs";
import { compressedEndings, serverFiles, template } from "./sources.mjs";

const { FunctionCode } = template().Resources.Addresses.Properties;
const { handler, COMPRESSED } = new Function(`${FunctionCode}; return { handler, COMPRESSED };`)();

const asked = (uri, acceptEncoding) =>
  handler({ request: { uri, headers: acceptEncoding === undefined ? {} : { "accept-encoding": { value: acceptEncoding } } } }).uri;

test("an address without an ending is a page of the app", () => {
  for (const page of ["/", "/today", "/children/0192f0c1-7b1e-7000-8000-000000000001/plan", "/v1.2/plan"]) {
    assert.equal(asked(page), "/index.html", page);
  }
  assert.equal(asked("/assets/app.0123abcd.wasm"), "/assets/app.0123abcd.wasm");
  assert.equal(asked("/favicon.ico"), "/favicon.ico");
});

test("brotli is handed out where it is offered, for files that have it", () => {
  assert.equal(asked("/today", "gzip, deflate, br, zstd"), "/index.html.br");
  assert.equal(asked("/assets/app.wasm", "br;q=0.5"), "/assets/app.wasm.br");
  assert.equal(asked("/assets/font.woff2", "br"), "/assets/font.woff2");
  for (const offer of ["gzip", "br;q=0", "br; q=0.0, gzip", "brotli", ""]) assert.equal(asked("/sw.js", offer), "/sw.js", offer);
});

test("the endings that have a brotli form are those that the build compresses", () => {
  assert.deepEqual([...COMPRESSED].sort(), compressedEndings().sort());
});

test("types and lifetimes at upload are the server's", () => {
  const server = serverFiles();
  assert.deepEqual(TYPES, server.types);
  assert.equal(KEPT_FOR_GOOD, server.kept);
  assert.equal(ASKED_EACH_TIME, server.asked);
  const folders = uploads(server.hashed.map((folder) => `${folder}a.svg`)).map(({ folder, caching }) => [folder, caching]);
  assert.deepEqual(folders.sort(), server.hashed.map((folder) => [folder, KEPT_FOR_GOOD]).sort());
});

const FILES = [
  "index.html", "index.html.br", "sw.js", "sw.js.br", "manifest.webmanifest", "manifest.webmanifest.br", "lambda.zip",
  "assets/app.1.wasm", "assets/app.1.wasm.br", "assets/font.2.woff2", "symbols/3/colour/bus.svg", "symbols/3/colour/bus.svg.br",
];

test("each file of the app is uploaded once, and the function's zip never", () => {
  const sent = uploads(FILES).flatMap(({ files }) => files);
  assert.deepEqual(sent.sort(), FILES.filter((file) => file !== "lambda.zip").sort());
});

test("hashed files go first, then the page, then the service worker", () => {
  const order = uploads(FILES).flatMap(({ files }) => files);
  const place = (file) => order.indexOf(file);
  assert.ok(Math.max(place("assets/app.1.wasm.br"), place("symbols/3/colour/bus.svg")) < place("index.html"));
  assert.ok(Math.max(place("index.html"), place("index.html.br")) < Math.min(place("sw.js"), place("sw.js.br")));
});

test("a brotli form has the type of its file, and says that it is brotli", () => {
  const words = (name) => command(uploads(FILES).find(({ files }) => files.includes(name)), "bucket").join(" ");
  assert.match(words("assets/app.1.wasm.br"), /--include \*\.wasm\.br .*--content-type application\/wasm .*--content-encoding br/);
  assert.doesNotMatch(words("assets/app.1.wasm"), /--content-encoding/);
  assert.match(words("sw.js"), /--include \*\.js --exclude assets\/\* --exclude symbols\/\* .*--cache-control no-cache/);
});

test("a file of no known type stops the upload before it begins", () => {
  assert.throws(() => uploads([...FILES, "notes.docx"]), /notes\.docx/);
});

const change = (eventName, PK, SK, NewImage) => ({
  eventID: "e1", eventName,
  dynamodb: { Keys: { PK: { S: PK }, SK: { S: SK } }, ApproximateCreationDateTime: 1_795_000_000, SequenceNumber: "111", NewImage },
});
const lines = ({ body }) => gunzipSync(body).toString().trimEnd().split("\n").map((text) => JSON.parse(text));

test("an access record is archived whole", () => {
  const object = archived([change("INSERT", "ACCESS#nobody", "2026-11-18T10:00:00.000Z#a", { action: { S: "pull" }, count: { N: "2" }, staff: { NULL: true } })]);
  assert.match(object.key, /^2026\/11\/18\/111-e1\.jsonl\.gz$/);
  assert.deepEqual(lines(object), [{
    at: "2026-11-18T11:06:40.000Z", change: "INSERT", keys: { PK: "ACCESS#nobody", SK: "2026-11-18T10:00:00.000Z#a" },
    row: { action: "pull", count: 2, staff: null },
  }]);
  assert.equal(object.rewritten, 0);
});

test("a rewrite of the log is archived by its key and the hashes of what is gone, and counted", () => {
  const object = archived([
    change("MODIFY", "STREAM#child#1", "LOG#00000000000000000001", { entries: { B: "d29yZHM=" }, redacted: { SS: ["5f70bf18"] } }),
    change("REMOVE", "ACCESS#nobody", "2026-11-18T10:00:00.000Z#a"),
  ]);
  assert.equal(object.rewritten, 2);
  assert.ok(!JSON.stringify(lines(object)).includes("d29yZHM="), "a child's words are in the archive");
  assert.deepEqual(lines(object).map((line) => line.keys.SK), ["LOG#00000000000000000001", "2026-11-18T10:00:00.000Z#a"]);
  assert.deepEqual(lines(object).map((line) => line.redacted), [["5f70bf18"], undefined]);
});

test("the line of a redaction is the one that the server reads as its ledger", () => {
  // functions/src/restored.rs reads the same file.
  const kept = readFileSync(join(import.meta.dirname, "redaction.jsonl"), "utf8");
  const { keys, redacted } = JSON.parse(kept);
  const object = archived([change("MODIFY", keys.PK, keys.SK, { entries: { B: "d29yZHM=" }, redacted: { SS: redacted } })]);
  assert.equal(gunzipSync(object.body).toString(), kept);
});
