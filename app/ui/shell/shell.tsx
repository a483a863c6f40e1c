import { useNavigation } from "@remix-run/react";
import { lazy, type ReactNode, Suspense, useCallback, useState } from "react";

import type { Role } from "~/auth/permissions";
import type { Room } from "~/auth/rooms";

import { InShellContext } from "../in-shell";
import { AccountMenu } from "./account-menu";
import { OfflineNotice, PendingBar } from "./notices";
import { Palette } from "./palette";
import { PhoneBar, PhoneTop } from "./phone-frame";
import { useClosedPopovers } from "./popover";
import { Rail } from "./rail";
import { useShortcuts } from "./shortcuts";
import { useTitleFocus } from "./title-focus";

const HelpSheet = lazy(async () => ({ default: (await import("./help-sheet")).HelpSheet }));

export type ShellStaff = { fullName: string; email: string; role: Role };

/** The frame of the console: rooms, palette, shortcuts, account, clock, and what is under way. */
export function Shell({
  staff,
  rooms,
  renderedAt,
  children,
}: {
  staff: ShellStaff;
  rooms: Room[];
  renderedAt: Date;
  children: ReactNode;
}) {
  const [overlay, setOverlay] = useState<"palette" | "help" | null>(null);
  const onPalette = useCallback(() => setOverlay("palette"), []);
  const onHelp = useCallback(() => setOverlay("help"), []);
  const onClose = useCallback(() => setOverlay((shown) => (shown === "palette" ? null : shown)), []);
  useShortcuts({ rooms, onPalette, onHelp });
  useTitleFocus();
  useClosedPopovers();
  const isPending = useNavigation().state !== "idle";

  return (
    <InShellContext.Provider value={true}>
      <a
        href="#main"
        className="fixed top-2 left-2 z-50 -translate-y-20 rounded-md bg-accent-fill px-3 py-2 font-medium text-on-accent focus:translate-y-0"
      >
        Skip to the page
      </a>
      <PendingBar />
      <div className="min-h-dvh md:grid md:grid-cols-[13.5rem_minmax(0,1fr)] print:block">
        <Rail rooms={rooms} staff={staff} renderedAt={renderedAt} onSearch={onPalette} />
        <PhoneTop staff={staff} renderedAt={renderedAt} onSearch={onPalette} />
        <div className="min-w-0 max-md:pb-20">
          <OfflineNotice />
          <main id="main" tabIndex={-1} aria-busy={isPending} className="focus:outline-none">
            {children}
          </main>
        </div>
        <PhoneBar rooms={rooms} />
      </div>
      <AccountMenu staff={staff} onHelp={onHelp} />
      <Palette isOpen={overlay === "palette"} rooms={rooms} onClose={onClose} onHelp={onHelp} />
      {overlay === "help" && (
        <Suspense fallback={null}>
          <HelpSheet rooms={rooms} onClose={() => setOverlay(null)} />
        </Suspense>
      )}
    </InShellContext.Provider>
  );
}
