import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

import type { ServerBuild } from "@remix-run/node";

import { projectDirectory } from "../../db/environment";
import { type Door, listDoors } from "../source/doors";

export type RouteDoor = Door & {
  routeId: string;
  /** Address of the page, with 1 for each parameter. */
  path: string;
  /** True where Remix answers with what the loader returns, without a page around it. */
  isResource: boolean;
};

/** Every loader and action of the built routes with the guard that its source names. Layouts without a page are left out. */
export async function listRouteDoors(): Promise<RouteDoor[]> {
  const build: ServerBuild = await import(
    /* @vite-ignore */ pathToFileURL(join(projectDirectory, "build/server/index.js")).href
  );
  return Object.values(build.routes).flatMap((route) => {
    if (!route || route.id === "root" || (route.path === undefined && !route.index)) return [];
    const source = readFileSync(join(projectDirectory, "app", `${route.id}.${extensionOf(route.id)}`), "utf8");
    const path = `/${pathOf(build, route.id)}`.replace(/:\w+\??/g, "1").replace("*", "no/such/page");
    const isResource = !route.module.default && !route.module.ErrorBoundary;
    return listDoors(`app/${route.id}.tsx`, source).map((door) => ({ ...door, routeId: route.id, path, isResource }));
  });
}

function pathOf(build: ServerBuild, id: string): string {
  const route = build.routes[id];
  const parent = route?.parentId ? pathOf(build, route.parentId) : "";
  return [parent, route?.path].filter(Boolean).join("/");
}

function extensionOf(id: string): string {
  return ["tsx", "ts"].find((ending) => existsSync(join(projectDirectory, "app", `${id}.${ending}`))) ?? "tsx";
}
