import { openClient } from "../connections";
import { type Environment, loginUrl } from "../environment";
import { anchorFile, readAnchors } from "./anchors";
import { type TrailVerdict, verifyTrail } from "./verify-trail";

/**
 * The trail held against the anchors of this machine's file, which counts as a fault where it was written to by
 * another. Reads every event, on a connection of its own as console_app.
 */
export async function verifyWithAnchors(environment: Environment): Promise<TrailVerdict> {
  const file = anchorFile();
  const { anchors, forgedLines } = await readAnchors(environment, file);
  const sql = openClient(loginUrl(environment, "console_app"), { max: 1, applicationName: "securyflex-console audit" });
  try {
    const verdict = await verifyTrail(sql, anchors);
    const forged = forgedLines.map((number) => `Line ${number} of ${file} is no anchor that this console wrote.`);
    return { ...verdict, faults: [...forged, ...verdict.faults] };
  } finally {
    await sql.end();
  }
}
