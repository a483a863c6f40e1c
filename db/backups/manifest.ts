import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { open, readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";

import { z } from "zod";

export const manifestName = "manifest.json";
export const dumpName = "dump";

const dependent = z.object({
  schema: z.string(),
  table: z.string(),
  kind: z.enum(["FK CONSTRAINT", "POLICY"]),
  name: z.string(),
});

const manifestShape = z.object({
  format: z.literal(1),
  id: z.string(),
  source: z.string(),
  database: z.string(),
  serverVersion: z.string(),
  serverMajor: z.number().int(),
  clientMajor: z.number().int(),
  snapshotAt: z.iso.datetime(),
  databaseBytes: z.number(),
  /** The newest migration of the ledger; null where there is no ledger. */
  ledgerVersion: z.number().int().nullable(),
  schemaFingerprint: z.string(),
  tables: z.array(
    z.object({
      schema: z.string(),
      name: z.string(),
      rowCount: z.number().int(),
      checksum: z.string(),
      indexes: z.array(z.string()),
      sequences: z.array(z.string()),
      dependents: z.array(dependent),
    }),
  ),
  files: z.array(z.object({ path: z.string(), sizeBytes: z.number().int(), sha256: z.string().length(64) })),
});

/** What a backup says of itself, made in the snapshot that it was dumped in. */
export type Manifest = z.infer<typeof manifestShape>;
export type ManifestFile = Manifest["files"][number];

/** sha256 of a text or bytes, hex. */
export const hashOf = (content: string | Buffer) => createHash("sha256").update(content).digest("hex");

export async function hashFile(path: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  return hash.digest("hex");
}

/** Every file of the dump, by name, with size and hash. */
export async function listFiles(folder: string, signal: AbortSignal): Promise<ManifestFile[]> {
  const files: ManifestFile[] = [];
  for (const name of (await readdir(join(folder, dumpName))).sort()) {
    signal.throwIfAborted();
    const path = join(folder, dumpName, name);
    files.push({
      path: `${dumpName}/${name}`,
      sizeBytes: (await stat(path)).size,
      sha256: await hashFile(path),
    });
  }
  return files;
}

/** Writes the manifest so that it outlives a power cut. Returns its hash. */
export async function writeManifest(folder: string, manifest: Manifest): Promise<string> {
  const text = `${JSON.stringify(manifest, null, 2)}\n`;
  const file = await open(join(folder, manifestName), "w", 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
  return hashOf(text);
}

/** The manifest of a folder, or what is wrong with it. `expectedHash` is the catalogue's. */
export async function readManifest(folder: string, expectedHash: string): Promise<Manifest | { fault: string }> {
  let text: string;
  try {
    text = await readFile(join(folder, manifestName), "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    return { fault: "Its manifest is gone." };
  }
  if (hashOf(text) !== expectedHash) return { fault: "Its manifest is not the one that was written." };
  const parsed = manifestShape.safeParse(JSON.parse(text));
  return parsed.success ? parsed.data : { fault: "Its manifest is of a form that this console does not know." };
}

/** What differs between the files of a folder and its manifest. Reads every byte. */
export async function checkFiles(folder: string, manifest: Manifest, signal: AbortSignal): Promise<string[]> {
  const faults: string[] = [];
  const found = await readdir(join(folder, dumpName)).catch(() => []);
  const known = new Set(manifest.files.map(({ path }) => path));
  for (const name of found) if (!known.has(`${dumpName}/${name}`)) faults.push(`${name} does not belong to it.`);
  for (const { path, sizeBytes, sha256 } of manifest.files) {
    signal.throwIfAborted();
    const size = await stat(join(folder, path)).then(
      (file) => file.size,
      () => undefined,
    );
    if (size === undefined) faults.push(`${path} is gone.`);
    else if (size !== sizeBytes) faults.push(`${path} has ${size} bytes and had ${sizeBytes}.`);
    else if ((await hashFile(join(folder, path))) !== sha256) faults.push(`${path} has other bytes than were written.`);
  }
  return faults;
}
