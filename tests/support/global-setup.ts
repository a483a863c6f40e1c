import type { TestProject } from "vitest/node";

import { openTestServer } from "./server";
import { prepareTemplates } from "./templates";

/** One PostgreSQL with PostGIS for the whole run, and the two migrated databases that every test clones. */
export default async function setup(project: TestProject) {
  const server = await openTestServer();
  const templates = await prepareTemplates(server.url);
  project.provide("serverUrl", server.url);
  return async () => {
    await templates.drop();
    await server.close();
  };
}

declare module "vitest" {
  export interface ProvidedContext {
    /** A superuser's address of the test server. */
    serverUrl: string;
  }
}
