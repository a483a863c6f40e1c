import type { Room, RoomId } from "~/auth/rooms";

import type { Theme } from "../theme";

export type PaletteEntry = { id: string; group: string; label: string; keys?: string[]; room?: RoomId } & (
  | { act: "go"; to: string }
  | { act: "theme"; theme: Theme }
  | { act: "help" }
  | { act: "sign-out" }
);

/** All that the palette offers with these rooms, in its order. */
export function listPaletteEntries(rooms: readonly Room[]): PaletteEntry[] {
  return [
    ...rooms.map(
      ({ id, label, path, shortcut }): PaletteEntry => ({
        id: `room-${id}`,
        group: "Go to",
        label,
        keys: ["g", shortcut],
        room: id,
        act: "go",
        to: path,
      }),
    ),
    { id: "account", group: "Account", label: "Account and sessions", act: "go", to: "/account" },
    { id: "sign-out", group: "Account", label: "Sign out", act: "sign-out" },
    { id: "theme-system", group: "Console", label: "Theme: follow the system", act: "theme", theme: "system" },
    { id: "theme-light", group: "Console", label: "Theme: light", act: "theme", theme: "light" },
    { id: "theme-dark", group: "Console", label: "Theme: dark", act: "theme", theme: "dark" },
    { id: "help", group: "Console", label: "Keyboard shortcuts", keys: ["?"], act: "help" },
  ];
}

/**
 * The entries that hold every word of `query` at the beginning of a word, best first; a number that can be a shift
 * opens that shift, for those who have the room.
 */
export function searchPalette(rooms: readonly Room[], query: string): PaletteEntry[] {
  const entries = listPaletteEntries(rooms);
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return entries;
  const found = entries.filter(({ label }) => {
    const parts = label.toLowerCase().split(/[^\p{L}\p{N}]+/u);
    return words.every((word) => parts.some((part) => part.startsWith(word)));
  });
  const shiftId = query.trim().match(/^(?:shift\s*)?#?(\d{1,15})$/i)?.[1];
  if (!shiftId || !rooms.some(({ id }) => id === "shifts")) return found;
  const id = Number(shiftId);
  return [
    { id: "shift", group: "Shift", label: `Open shift ${id}`, room: "shifts", act: "go", to: `/shifts/${id}` },
    ...found,
  ];
}
