import type { Request, Response } from "express";

import type { SignedIn } from "../auth/signed-in";
import { isoInZone } from "../ui/csv-text";
import { defaultZone } from "../ui/format-instant";
import { openStream } from "./open-streams.server";
import { refuse } from "./refusal.server";
import { StreamEnded, writeChunks } from "./write-chunks.server";

const exportsAtOnce = 4;
const stallSeconds = 60;
let underWay = 0;

export type CsvFile = {
  /** The text, written while it is read. Tells `onRows` how many rows have been written. */
  tell: (onRows: (rowCount: number) => void) => AsyncIterable<string>;
  /** Puts on record that it began, and how it ended. */
  record: (outcome: "intent" | "done" | "failed", rows: number | null, reason?: string) => Promise<unknown>;
};

/**
 * Sends a file of values as `<name>-<date>.csv`, as fast as it is read, at most four in the console at once. Without
 * its end the browser knows that it is torn. A HEAD and a refusal open nothing.
 */
export async function sendCsv(
  req: Request,
  res: Response,
  signedIn: SignedIn,
  { name, asOf, open }: { name: string; asOf: Date; open: () => Promise<CsvFile> },
): Promise<void> {
  if (req.method === "HEAD") {
    res.set(headersOf(name, asOf)).end();
  } else if (underWay >= exportsAtOnce) {
    const message = `${exportsAtOnce} exports are under way. Try again when one has ended.`;
    refuse(req, res, { status: 503, title: "Nothing was exported", message, retryAfterSeconds: 20 });
  } else {
    underWay += 1;
    try {
      await send(res, signedIn, headersOf(name, asOf), await open());
    } finally {
      underWay -= 1;
    }
  }
}

async function send(res: Response, signedIn: SignedIn, headers: Record<string, string>, { tell, record }: CsvFile) {
  await record("intent", null);
  const stream = openStream({ sessionId: signedIn.session.id, staffId: signedIn.staff.id });
  res.once("close", stream.close);
  res.locals.releaseSlot?.();
  res.set(headers);
  let written = 0;
  try {
    const chunks = tell((rows) => {
      written = rows;
    });
    await writeChunks(res, chunks, { signal: stream.signal, stallSeconds });
  } catch (error) {
    // Without the last chunk the browser, and without the last line the reader, knows that it is torn.
    res.destroy();
    const reason = error instanceof StreamEnded ? error.message : "The rows could not be read to the end.";
    await record("failed", written, reason);
    if (error instanceof StreamEnded) return;
    throw error;
  }
  res.end();
  await record("done", written);
}

function headersOf(name: string, asOf: Date): Record<string, string> {
  const stamp = isoInZone(asOf, defaultZone).slice(0, 16).replace("T", "-").replace(":", "");
  return {
    "Content-Type": "text/csv; charset=utf-8",
    "Content-Disposition": `attachment; filename="${name}-${stamp}.csv"`,
    "X-Content-Type-Options": "nosniff",
  };
}
