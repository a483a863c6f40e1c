import { openClient } from "../connections";
import { unreadableReason } from "../database/unreadable-reason";
import { EnvironmentError, loginUrl, readEnvironment } from "../environment";
import { anchorFile, readAnchors } from "./anchors";
import { verifyTrail } from "./verify-trail";

/** 0 whole, 1 tampered with, 2 could not be told. */
process.exitCode = await run().catch((error: unknown) => {
  console.error(
    error instanceof EnvironmentError ? error.message : `The trail could not be verified: ${unreadableReason(error)}`,
  );
  return 2;
});

async function run(): Promise<number> {
  const environment = readEnvironment();
  const file = anchorFile();
  const { anchors, forgedLines } = await readAnchors(environment, file);
  const sql = openClient(loginUrl(environment, "console_app"), { max: 1, applicationName: "securyflex-console audit" });
  try {
    const verdict = await verifyTrail(sql, anchors);
    const faults = [
      ...forgedLines.map((number) => `Line ${number} of ${file} is no anchor that this console wrote.`),
      ...verdict.faults,
    ];
    for (const fault of faults) console.error(fault);
    console.log(
      `${verdict.eventCount} events, ${verdict.anchorCount} anchors: ${faults.length === 0 ? "whole" : "NOT whole"}.`,
    );
    if (faults.length > 0) return 1;
    if (verdict.anchorCount > 0 || verdict.head === null) return 0;
    console.error(`Nothing is anchored in ${file}: a chain that was made anew would not be noticed.`);
    return 2;
  } finally {
    await sql.end();
  }
}
