import { unreadableReason } from "../database/unreadable-reason";
import { EnvironmentError, readEnvironment } from "../environment";
import { anchorFile } from "./anchors";
import { verifyWithAnchors } from "./verify-with-anchors";

/** 0 whole, 1 tampered with, 2 could not be told. */
process.exitCode = await run().catch((error: unknown) => {
  console.error(
    error instanceof EnvironmentError ? error.message : `The trail could not be verified: ${unreadableReason(error)}`,
  );
  return 2;
});

async function run(): Promise<number> {
  const { faults, eventCount, anchorCount, head } = await verifyWithAnchors(readEnvironment());
  for (const fault of faults) console.error(fault);
  console.log(`${eventCount} events, ${anchorCount} anchors: ${faults.length === 0 ? "whole" : "NOT whole"}.`);
  if (faults.length > 0) return 1;
  if (anchorCount > 0 || head === null) return 0;
  console.error(`Nothing is anchored in ${anchorFile()}: a chain that was made anew would not be noticed.`);
  return 2;
}
