import { useSyncExternalStore } from "react";

import { onThemeChange } from "./theme";

const darkSystem = "(prefers-color-scheme: dark)";

function subscribe(listener: () => void): () => void {
  const system = matchMedia(darkSystem);
  system.addEventListener("change", listener);
  const stop = onThemeChange(listener);
  return () => {
    system.removeEventListener("change", listener);
    stop();
  };
}

function readLook(): "light" | "dark" {
  const chosen = document.documentElement.dataset.theme;
  if (chosen === "light" || chosen === "dark") return chosen;
  return matchMedia(darkSystem).matches ? "dark" : "light";
}

/** Light or dark, as the page looks: what was chosen, else the system's. Light on the server. */
export function useThemeLook(): "light" | "dark" {
  return useSyncExternalStore(subscribe, readLook, () => "light");
}
