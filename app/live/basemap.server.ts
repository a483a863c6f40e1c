import { basename, dirname } from "node:path";

import { readBasemapSettings } from "~/http/basemap-settings.server";
import type { SignedInAnswer } from "~/http/plain-answers.server";
import { refuse } from "~/http/refusal.server";
import type { BasemapSource } from "./basemap-source";

/** Which basemap the map draws. */
export const basemapSourceAnswer: SignedInAnswer = {
  path: "/basemap/source",
  permission: "live.read",
  answer: (_req, res) => {
    const settings = readBasemapSettings();
    const source: BasemapSource =
      settings.kind === "style" ? { ...settings, url: settings.url.href } : { kind: settings.kind };
    res.json(source);
  },
};

/** The one file of BASEMAP_PMTILES, in the ranges that are asked for. */
export const basemapArchiveAnswer: SignedInAnswer = {
  path: "/basemap/archive.pmtiles",
  permission: "live.read",
  answer: (req, res) => {
    const settings = readBasemapSettings();
    if (settings.kind !== "archive") {
      const message = "BASEMAP_PMTILES names the file that would be here.";
      return refuse(req, res, { status: 404, title: "There is no archive of a basemap", message });
    }
    res.setHeader("Cache-Control", "private, max-age=3600");
    const { path } = settings;
    return new Promise<void>((resolve, reject) => {
      const options = { root: dirname(path), dotfiles: "allow", cacheControl: false } as const;
      res.type("application/octet-stream").sendFile(basename(path), options, (error) => {
        if (!error || res.headersSent) resolve();
        else if ((error as { status?: number }).status === 416) {
          const message = "The archive has no such bytes.";
          refuse(req, res, { status: 416, title: "No such range", message });
          resolve();
        } else reject(error);
      });
    });
  },
};
