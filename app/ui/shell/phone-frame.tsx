import { NavLink } from "@remix-run/react";
import { clsx } from "clsx";
import { Ellipsis, Search } from "lucide-react";

import type { Room } from "~/auth/rooms";

import { Brand } from "../brand";
import { useIsHydrated } from "../clock";
import { AccountTrigger } from "./account-menu";
import { popoverAttributes, popoverTriggerAttributes } from "./popover";
import { RoomIcon } from "./room-icons";
import type { ShellStaff } from "./shell";
import { ZoneClock } from "./zone-clock";

const mostInBar = 5;
const tab =
  "flex h-14 min-w-0 flex-1 flex-col items-center justify-center gap-0.5 text-2xs font-medium focus-visible:outline-offset-[-2px]";

export function PhoneTop({
  staff,
  renderedAt,
  onSearch,
}: {
  staff: ShellStaff;
  renderedAt: Date;
  onSearch: () => void;
}) {
  const isHydrated = useIsHydrated();
  return (
    <header
      data-shell="frame"
      className="sticky top-0 z-30 flex h-12 items-center gap-2 border-b border-line bg-sunken px-3 md:hidden"
    >
      <span className="flex-1">
        <Brand />
      </span>
      <ZoneClock renderedAt={renderedAt} isCompact />
      <button
        type="button"
        aria-label="Search"
        onClick={onSearch}
        className={clsx("flex size-10 items-center justify-center rounded-md text-muted", !isHydrated && "invisible")}
      >
        <Search className="size-4" />
      </button>
      <AccountTrigger staff={staff} isCompact />
    </header>
  );
}

/** The rooms along the lower edge; where there are more than five, the last place opens the rest. */
export function PhoneBar({ rooms }: { rooms: Room[] }) {
  const inBar = rooms.length > mostInBar ? rooms.slice(0, mostInBar - 1) : rooms;
  const further = rooms.slice(inBar.length);
  return (
    <nav
      aria-label="Rooms"
      data-shell="frame"
      className="fixed inset-x-0 bottom-0 z-30 flex border-t border-line bg-sunken pb-[env(safe-area-inset-bottom)] md:hidden"
    >
      {inBar.map((room) => (
        <NavLink
          key={room.id}
          to={room.path}
          className={({ isActive }) => clsx(tab, isActive ? "text-accent" : "text-muted")}
        >
          <RoomIcon room={room.id} />
          {room.label}
        </NavLink>
      ))}
      {further.length > 0 && (
        <>
          <button type="button" {...popoverTriggerAttributes("more-rooms")} className={clsx(tab, "text-muted")}>
            <Ellipsis className="size-4" />
            More
          </button>
          <div
            {...popoverAttributes("more-rooms")}
            className="inset-auto right-2 bottom-16 m-0 w-48 rounded-lg border border-line-strong bg-raised p-1 text-ink shadow-overlay"
          >
            {further.map((room) => (
              <NavLink
                key={room.id}
                to={room.path}
                className={({ isActive }) =>
                  clsx(
                    "flex h-11 items-center gap-3 rounded-md px-3 font-medium",
                    isActive ? "text-accent" : "text-ink",
                  )
                }
              >
                <RoomIcon room={room.id} />
                {room.label}
              </NavLink>
            ))}
          </div>
        </>
      )}
    </nav>
  );
}
