import { useRouteLoaderData } from "@remix-run/react";
import { clsx } from "clsx";
import { Monitor, Moon, Sun } from "lucide-react";
import { useSyncExternalStore } from "react";

import { applyTheme, onThemeChange, readTheme, type Theme } from "../theme";

const choices = [
  { theme: "system", label: "System", Icon: Monitor },
  { theme: "light", label: "Light", Icon: Sun },
  { theme: "dark", label: "Dark", Icon: Moon },
] as const;

function useTheme(): Theme {
  const served = useRouteLoaderData<{ theme: Theme }>("root")?.theme ?? "system";
  return useSyncExternalStore(
    onThemeChange,
    () => readTheme(document.cookie),
    () => served,
  );
}

export function ThemeChoice() {
  const theme = useTheme();
  return (
    <fieldset className="border-b border-line p-1.5">
      <legend className="sr-only">Theme</legend>
      <div className="grid grid-cols-3 gap-0.5 rounded-md bg-sunken p-0.5">
        {choices.map(({ theme: choice, label, Icon }) => (
          <button
            key={choice}
            type="button"
            aria-pressed={theme === choice}
            onClick={() => applyTheme(choice)}
            className={clsx(
              "flex h-7 items-center justify-center gap-1 rounded-sm border text-xs max-md:h-9",
              theme === choice
                ? "border-line-strong bg-surface font-medium text-ink"
                : "border-transparent text-muted hover:text-ink",
            )}
          >
            <Icon className="size-3.5" />
            {label}
          </button>
        ))}
      </div>
    </fieldset>
  );
}
