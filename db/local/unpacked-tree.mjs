import { existsSync, readdirSync } from "node:fs";
import { delimiter, join } from "node:path";

/**
 * Variables with which programs of an unpacked Debian tree find their libraries and the grids of PROJ.
 *
 * @param {string} root
 * @returns {Record<string, string>}
 */
export function unpackedVariables(root) {
  const folders = ["usr/lib", "lib"].flatMap((parent) => {
    const base = join(root, parent);
    const triples = existsSync(base) ? readdirSync(base).filter((name) => name.includes("-linux-gnu")) : [];
    return triples.flatMap((name) => ["", "blas", "lapack", "pulseaudio"].map((folder) => join(base, name, folder)));
  });
  const projections = join(root, "usr/share/proj");
  return {
    LD_LIBRARY_PATH: folders.filter((folder) => existsSync(folder)).join(delimiter),
    PROJ_LIB: projections,
    PROJ_DATA: projections,
  };
}
