// The peer's server: express-pouchdb, everything in memory, and a page with PouchDB in it. It says its port when it is ready.
import express from "express";
import { createRequire } from "node:module";
import { dirname } from "node:path";

const require = createRequire(import.meta.url);
const PouchDB = require("pouchdb").plugin(require("pouchdb-adapter-memory")).defaults({ adapter: "memory" });
const scripts = dirname(require.resolve("pouchdb/dist/pouchdb.min.js"));

const app = express();
app.use("/scripts", express.static(scripts));
app.get("/page", (_, reply) => {
  reply.type("html").send(`<!doctype html><title>PouchDB</title>
<script src="/scripts/pouchdb.min.js"></script><script src="/scripts/pouchdb.indexeddb.min.js"></script>`);
});
app.use("/db", require("express-pouchdb")(PouchDB, { inMemoryConfig: true, mode: "minimumForPouchDB" }));
const server = app.listen(0, "127.0.0.1", () => console.log(`ready ${server.address().port}`));
