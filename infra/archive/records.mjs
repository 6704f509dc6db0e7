// What the archive writes down, and under which name. Pure, so that it can be tried without AWS.
import { gzipSync } from "node:zlib";

/** The plain value of an attribute as the stream has it; kinds that an access record never holds stay as they came. */
function plain(attribute) {
  const [[type, value]] = Object.entries(attribute);
  if (type === "N") return Number(value);
  if (type === "NULL") return null;
  return type === "S" || type === "BOOL" ? value : attribute;
}

const row = (image) => Object.fromEntries(Object.entries(image).map(([name, value]) => [name, plain(value)]));

/**
 * One change as a line. Of a child's record only the key is kept, and of a log item that was written again the hashes of
 * what it has lost: the ledger by which a restore redacts again. The words in it have no place here.
 */
function line({ eventName, dynamodb }) {
  const keys = row(dynamodb.Keys);
  const at = new Date(dynamodb.ApproximateCreationDateTime * 1000).toISOString();
  const shown = keys.PK.startsWith("ACCESS#") && dynamodb.NewImage;
  const redacted = keys.SK.startsWith("LOG#") && dynamodb.NewImage?.redacted?.SS;
  return { at, change: eventName, keys, ...(shown && { row: row(dynamodb.NewImage) }), ...(redacted && { redacted }) };
}

/**
 * The object for one batch of the stream: gzip, one JSON object a line. Its name comes from the first change, so a batch
 * that arrives twice has the same name (the lock keeps both versions). `rewritten` counts changes to what is written once.
 */
export function archived(records) {
  const lines = records.map(line);
  const [{ eventID, dynamodb }] = records;
  return {
    key: `${lines[0].at.slice(0, 10).replaceAll("-", "/")}/${dynamodb.SequenceNumber}-${eventID}.jsonl.gz`,
    body: gzipSync(lines.map((entry) => `${JSON.stringify(entry)}\n`).join("")),
    rewritten: lines.filter((entry) => entry.change !== "INSERT").length,
  };
}
