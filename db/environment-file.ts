import { existsSync } from "node:fs";
import { join } from "node:path";

import { projectDirectory } from "./environment";

const file = join(projectDirectory, ".env");

// Loaded before each command of package.json; what the shell already says is left as it is.
if (existsSync(file)) process.loadEnvFile(file);
