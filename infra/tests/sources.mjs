// What the checks read: the template as cfn-lint parses it, and the rules that the server's sources already say.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";

const ROOT = join(import.meta.dirname, "../..");
const TOOLS = process.env.HEARD_CFN_LINT ?? join(ROOT, "target/tools/cfn-lint/bin");

const PARSE = `
import json, sys
from cfnlint.decode import decode
template, problems = decode(sys.argv[1])
if problems:
    sys.exit("\\n".join(str(problem) for problem in problems))
print(json.dumps(template))
`;

export function template() {
  const file = join(ROOT, "infra/template.yaml");
  return JSON.parse(execFileSync(join(TOOLS, "python"), ["-c", PARSE, file], { encoding: "utf8", maxBuffer: 1 << 26 }));
}

export const parameters = (environment) =>
  JSON.parse(readFileSync(join(ROOT, `infra/parameters/${environment}.json`), "utf8")).Parameters;

const read = (file) => readFileSync(join(ROOT, file), "utf8");

/** The text of a Rust string literal: a backslash at a line's end joins the next line's text. */
const unescaped = (literal) => literal.replace(/\\\n\s*/g, "").replaceAll('\\"', '"');

const found = (matches, what) => {
  if (matches.length === 0) throw new Error(`${what} is not written the way this test reads it`);
  return matches;
};

/** Every header that the server puts on every reply, by name. */
export function serverHeaders() {
  const source = read("functions/src/http/headers.rs");
  const constants = Object.fromEntries(
    [...source.matchAll(/const (\w+): &str =\s*"((?:[^"\\]|\\[\s\S])*)";/g)].map(([, name, text]) => [name, unescaped(text)]));
  const [, list] = source.match(/const ALWAYS[^=]*= \[([\s\S]*?)\n\];/) ?? [];
  const pairs = found([...(list ?? "").matchAll(/\("([\w-]+)", (?:"([^"]*)"|(\w+))\)/g)], "headers.rs");
  const promised = Number(source.match(/const ALWAYS: \[[^;]*; (\d+)\]/)?.[1]);
  if (pairs.length !== promised) throw new Error(`headers.rs has ${promised} headers, and this test reads ${pairs.length}`);
  return Object.fromEntries(pairs.map(([, name, text, constant]) => [name, text ?? constants[constant]]));
}

/** The media type of each ending, and the two lifetimes, as the server has them. */
export function serverFiles() {
  const source = read("functions/src/static_files.rs");
  const types = found([...source.matchAll(/Some\("(\w+)"\) => "([^"]+)"/g)], "static_files.rs");
  const [, kept, asked] = source.match(/kept_for_good \{ "([^"]+)" \} else \{ "([^"]+)" \}/) ?? [];
  const hashed = found([...source.matchAll(/path\.starts_with\("\/(\w+\/)"\)/g)], "static_files.rs").map(([, folder]) => folder);
  return { types: Object.fromEntries(types.map(([, ending, type]) => [ending, type])), kept, asked, hashed };
}

/** The endings of files that the build compresses. */
export function compressedEndings() {
  const [, list] = read("xtask/src/build/compress.rs").match(/!\[([^\]]+)\]\.contains\(&kind/) ?? [];
  return found([...(list ?? "").matchAll(/"(\w+)"/g)], "compress.rs").map(([, ending]) => ending);
}
