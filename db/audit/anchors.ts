import { createHmac, timingSafeEqual } from "node:crypto";
import { appendFile, mkdir, readFile } from "node:fs/promises";
import { dirname, join } from "node:path";

import { z } from "zod";

import { deriveSecret, type Environment, localDirectory } from "../environment";

/** The end of the chain as it was at one instant, kept where the database cannot reach it. */
export type Anchor = {
  at: string;
  position: number;
  /** sha256 of the link at this position, hex. */
  hash: string;
  /** sha256 of the first link, hex: tells one chain from another. */
  origin: string;
};

const line = z.object({
  at: z.string(),
  position: z.number().int().positive(),
  hash: z.string().length(64),
  origin: z.string().length(64),
  seal: z.string().length(64),
});

/** AUDIT_ANCHOR_FILE, or a file in the folder of this machine's own. */
export function anchorFile(): string {
  return process.env.AUDIT_ANCHOR_FILE || join(localDirectory, "audit-anchors.jsonl");
}

/**
 * Appends an anchor to the file and sends it to AUDIT_ANCHOR_URL where that is set. The seal is an HMAC by a key that
 * derives from CONSOLE_SECRET; without one it is a mere checksum. Throws where either cannot take it.
 */
export async function keepAnchor(environment: Environment, file: string, anchor: Anchor): Promise<void> {
  const text = JSON.stringify({ ...anchor, seal: sealOf(environment, anchor) });
  await mkdir(dirname(file), { recursive: true });
  await appendFile(file, `${text}\n`);
  const url = process.env.AUDIT_ANCHOR_URL;
  if (!url) return;
  const answer = await fetch(url, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: text,
    signal: AbortSignal.timeout(10_000),
  });
  if (!answer.ok) throw new Error(`AUDIT_ANCHOR_URL answered ${answer.status}; the anchor stands in the file alone.`);
}

/** The anchors of a file, in its order, and how many lines are none or have a wrong seal. No file has no anchors. */
export async function readAnchors(
  environment: Environment,
  file: string,
): Promise<{ anchors: Anchor[]; forgedLines: number[] }> {
  const text = await readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return "";
    throw error;
  });
  const anchors: Anchor[] = [];
  const forgedLines: number[] = [];
  for (const [index, written] of text.split("\n").entries()) {
    if (written === "") continue;
    const anchor = readLine(environment, written);
    if (anchor) anchors.push(anchor);
    else forgedLines.push(index + 1);
  }
  return { anchors, forgedLines };
}

function readLine(environment: Environment, written: string): Anchor | undefined {
  let value: unknown;
  try {
    value = JSON.parse(written);
  } catch {
    return undefined;
  }
  const parsed = line.safeParse(value);
  if (!parsed.success) return undefined;
  const { seal, ...anchor } = parsed.data;
  return timingSafeEqual(Buffer.from(seal), Buffer.from(sealOf(environment, anchor))) ? anchor : undefined;
}

function sealOf(environment: Environment, { at, position, hash, origin }: Anchor): string {
  const key = environment.CONSOLE_SECRET ? deriveSecret(environment, "audit anchors") : "";
  return createHmac("sha256", key)
    .update(JSON.stringify([at, position, hash, origin]))
    .digest("hex");
}
