import { fileURLToPath } from "node:url";
import { vitePlugin as remix } from "@remix-run/dev";
import tailwindcss from "@tailwindcss/vite";
import { defineConfig } from "vite";

import remixConfig from "./remix.config.js";

declare module "@remix-run/node" {
  interface Future {
    v3_singleFetch: true;
  }
}

export default defineConfig({
  plugins: [tailwindcss(), remix(remixConfig)],
  resolve: { alias: { "~": fileURLToPath(new URL("./app", import.meta.url)) } },
  build: { target: "es2022" },
  // Licences stand in the packages; in the scripts they are 1 KiB of each first load.
  esbuild: { legalComments: "none" },
  // Without this list Vite optimises again at the first visit of a page, and the page dies.
  optimizeDeps: {
    include: ["sonner", "get-nonce", "radix-ui", "lucide-react", "@tanstack/react-table", "clsx", "maplibre-gl"],
    // Of the server alone; the browser's half of its package cannot be bundled.
    exclude: ["@node-rs/argon2"],
  },
});
