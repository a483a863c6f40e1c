import type { SourceFiles } from "./source-files";

/** What the system sets, and npm and Node for themselves. */
const ofSystem = new Set(["NODE_ENV", "PATH"]);

/** Variables that the code of the product reads: `process.env.X`, `source.X` or a key of a schema of variables. */
export function listVariablesOfCode(files: SourceFiles): string[] {
  const pattern = /(?:process\.env|\bsource)\.([A-Z][A-Z_]+)|^\s+([A-Z][A-Z_]+): z\./gm;
  return unique([...files.values()].flatMap((text) => [...text.matchAll(pattern)].map(([, read, key]) => read ?? key)));
}

/** Variables of `.env.example`, each commented out. */
export function listVariablesOfExample(text: string): string[] {
  return unique([...text.matchAll(/^# ([A-Z][A-Z_]+)=/gm)].map(([, name]) => name));
}

/** Variables that docker compose takes from its environment. */
export function listInterpolated(text: string): string[] {
  return unique([...text.matchAll(/(?<!\$)\$\{([A-Z][A-Z_]+)/g)].map(([, name]) => name));
}

function unique(names: (string | undefined)[]): string[] {
  return [...new Set(names.filter((name) => name !== undefined && !ofSystem.has(name)))].sort() as string[];
}
