import type { Room } from "~/auth/rooms";

import { HelpSheet } from "./help-sheet";
import { Palette } from "./palette";

export type Overlay = "palette" | "help" | null;

/** What opens over every page; it loads once the page stands. */
export default function Overlays({
  overlay,
  rooms,
  onChange,
}: {
  overlay: Overlay;
  rooms: Room[];
  onChange: (overlay: Overlay) => void;
}) {
  return (
    <>
      <Palette
        isOpen={overlay === "palette"}
        rooms={rooms}
        onClose={() => onChange(null)}
        onHelp={() => onChange("help")}
      />
      <HelpSheet
        rooms={rooms}
        isOpen={overlay === "help"}
        onOpenChange={(isOpen) => onChange(isOpen ? "help" : null)}
      />
    </>
  );
}
