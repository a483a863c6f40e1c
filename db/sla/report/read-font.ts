import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { projectDirectory } from "../../environment";

const folder = join(projectDirectory, "node_modules/@fontsource-variable/inter/files");
let known: string[] | undefined;

/** The project's own font as WOFF2 in base64, the plain letters and the accented ones; none where it is not there. */
export function readReportFonts(): string[] {
  known ??= ["latin", "latin-ext"]
    .map((letters) => join(folder, `inter-${letters}-wght-normal.woff2`))
    .filter((path) => existsSync(path))
    .map((path) => readFileSync(path, "base64"));
  return known;
}
