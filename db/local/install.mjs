// Runs before anything is installed: plain Node, no package.
import { join } from "node:path";

const oldestNode = [20, 19];
const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);

if (major < oldestNode[0] || (major === oldestNode[0] && minor < oldestNode[1])) {
  console.error(
    `This is Node ${process.versions.node}, and the console needs ${oldestNode.join(".")} or newer. Install it from https://nodejs.org and start again.`,
  );
  process.exit(1);
}

const stopping = new AbortController();
for (const name of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(name, () => stopping.abort());

try {
  const { installPackages } = await import("./packages.mjs");
  const project = join(import.meta.dirname, "..", "..");
  await installPackages(project, stopping.signal);
  if (process.argv.includes("--tests")) {
    const { installTestTools } = await import("./test-tools.mjs");
    await installTestTools(stopping.signal);
    await installPackages(join(project, "tests/support/postgres-versions"), stopping.signal);
  }
} catch (error) {
  if (stopping.signal.aborted) process.exit(130);
  console.error(process.env.DEBUG ? error : error instanceof Error ? error.message : error);
  process.exit(1);
}
