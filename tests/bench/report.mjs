// Statistics, and the table. Each part of the bench adds rows; `cargo xtask bench` shows all of them at the end.
import { appendFileSync, readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

/** The value below which `part` of them lie: 0.5 is the median. */
export function quantile(values, part) {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))];
}
export const median = (values) => quantile(values, 0.5);

/** Runs `act` so many times and returns how long each took, in milliseconds. */
export async function timed(times, act) {
  const taken = [];
  for (let time = 0; time < times; time += 1) {
    const begun = performance.now();
    await act(time);
    taken.push(performance.now() - begun);
  }
  return taken;
}

const rows = [];

/**
 * Adds a row: `what`, `unit`, `ours`, and, as far as there is one, `peer` (its figure), `better` ("more" or "less"; less is
 * usual), `target` (in words) and `met` (whether it is).
 */
export function row(line) {
  const ratio = line.peer && (line.better === "more" ? line.ours / line.peer : line.peer / line.ours);
  const whole = { ...line, ratio };
  rows.push(whole);
  if (process.env.HEARD_ROWS) appendFileSync(process.env.HEARD_ROWS, `${JSON.stringify(whole)}\n`);
  else console.log(lines([whole])[1]);
}

/** A figure with as many digits as it deserves. */
function figure(value) {
  if (value === undefined || value === null) return "";
  return value >= 100 ? Math.round(value).toLocaleString("en-GB") : String(Math.round(value * 10) / 10);
}

const HEADINGS = ["what", "unit", "ours", "peer", "times better", "target", "met"];
const cells = (line) => [
  line.what, line.unit, figure(line.ours), figure(line.peer), figure(line.ratio), line.target ?? "",
  line.met === undefined || line.met === null ? "" : line.met ? "yes" : "NO",
];

/** The table as lines of text, figures to the right. */
export function lines(rows) {
  const all = [HEADINGS, ...rows.map(cells)];
  const widths = HEADINGS.map((_, at) => Math.max(...all.map((line) => line[at].length)));
  const place = (text, at) => (at >= 2 && at <= 4 ? text.padStart(widths[at]) : text.padEnd(widths[at]));
  return all.map((line) => line.map(place).join("  ").trimEnd());
}

// By itself: shows the rows of a file.
if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const read = readFileSync(process.argv[2], "utf8").split("\n").filter(Boolean).map((line) => JSON.parse(line));
  console.log(lines(read).join("\n"));
}
