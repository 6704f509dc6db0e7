// Writes batches of the table's stream into the write-once bucket. Which changes arrive is said in infra/template.yaml.
// A failure is thrown, and the batch comes again.
import { PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { archived } from "./records.mjs";

const bucket = new S3Client();
const { HEARD_ACCESS_RECORDS, HEARD_ENVIRONMENT } = process.env;

export async function handler({ Records }) {
  const { key, body, rewritten } = archived(Records);
  await bucket.send(new PutObjectCommand({
    Bucket: HEARD_ACCESS_RECORDS, Key: key, Body: body, ContentType: "application/gzip",
    // A locked bucket refuses what comes without a checksum.
    ChecksumAlgorithm: "SHA256",
  }));
  if (rewritten === 0) return;
  // Not by `console`, which the runtime wraps into a line of its own: CloudWatch would find no metric in it.
  process.stdout.write(`${JSON.stringify({
    _aws: {
      Timestamp: Date.now(),
      CloudWatchMetrics: [{ Namespace: "Heard", Dimensions: [["Environment"]], Metrics: [{ Name: "LogRewritten", Unit: "Count" }] }],
    },
    Environment: HEARD_ENVIRONMENT,
    LogRewritten: rewritten,
  })}\n`);
}
