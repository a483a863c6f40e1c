import { useNavigation } from "@remix-run/react";
import { lazy, type ReactNode, Suspense, useCallback, useEffect, useState } from "react";

import type { Role } from "~/auth/permissions";
import type { Room } from "~/auth/rooms";

import { InShellContext } from "../in-shell";
import { AccountMenu } from "./account-menu";
import { OfflineNotice, PendingBar } from "./notices";
import type { Overlay } from "./overlays";
import { PhoneBar, PhoneTop } from "./phone-frame";
import { useClosedPopovers } from "./popover";
import { Rail } from "./rail";
import { useShortcuts } from "./shortcuts";
import { useTitleFocus } from "./title-focus";

const loadOverlays = () => import("./overlays");
const Overlays = lazy(loadOverlays);
const quietMilliseconds = 1_000;

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
  const [overlay, setOverlay] = useState<Overlay>(null);
  const [wasOpened, setWasOpened] = useState(false);
  const open = useCallback((next: Overlay) => {
    setWasOpened(true);
    setOverlay(next);
  }, []);
  const onPalette = useCallback(() => open("palette"), [open]);
  const onHelp = useCallback(() => open("help"), [open]);
  useEffect(() => {
    const timer = setTimeout(loadOverlays, quietMilliseconds);
    return () => clearTimeout(timer);
  }, []);
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
      <div className="min-h-dvh md:grid md:grid-cols-[13.5rem_minmax(0,1fr)]">
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
      {wasOpened && (
        <Suspense fallback={null}>
          <Overlays overlay={overlay} rooms={rooms} onChange={open} />
        </Suspense>
      )}
    </InShellContext.Provider>
  );
}
