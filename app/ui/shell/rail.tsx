import { NavLink } from "@remix-run/react";
import { clsx } from "clsx";

import type { Room } from "~/auth/rooms";

import { Brand } from "../brand";
import { AccountTrigger } from "./account-menu";
import { Kbd } from "./kbd";
import { PaletteTrigger } from "./palette-trigger";
import { RoomIcon } from "./room-icons";
import type { ShellStaff } from "./shell";
import { ZoneClock } from "./zone-clock";

/** The navigation of a wide screen. */
export function Rail({
  rooms,
  staff,
  renderedAt,
  onSearch,
}: {
  rooms: Room[];
  staff: ShellStaff;
  renderedAt: Date;
  onSearch: () => void;
}) {
  return (
    <aside
      data-shell="frame"
      className="sticky top-0 flex h-dvh flex-col border-r border-line bg-sunken px-2 pt-3 pb-2 max-md:hidden"
    >
      <div className="flex h-8 items-center px-2">
        <Brand />
      </div>
      <PaletteTrigger onSearch={onSearch} className="mt-3 mb-2" />
      <nav aria-label="Rooms" className="min-h-0 flex-1 overflow-y-auto">
        <ul className="flex flex-col gap-px">
          {rooms.map((room) => (
            <li key={room.id}>
              <NavLink
                to={room.path}
                className={({ isActive }) =>
                  clsx(
                    "group flex h-8 items-center gap-2.5 rounded-md px-2 font-medium focus-visible:outline-offset-[-2px]",
                    isActive ? "bg-accent-soft text-accent" : "text-muted hover:bg-hover hover:text-ink",
                  )
                }
              >
                <RoomIcon room={room.id} />
                <span className="flex-1">{room.label}</span>
                <span
                  className="flex gap-0.5 opacity-0 group-hover:opacity-100 group-focus-visible:opacity-100"
                  aria-hidden="true"
                >
                  <Kbd>g</Kbd>
                  <Kbd>{room.shortcut}</Kbd>
                </span>
              </NavLink>
            </li>
          ))}
        </ul>
      </nav>
      <div className="mt-2 flex flex-col gap-2 border-t border-line pt-2">
        <ZoneClock renderedAt={renderedAt} />
        <AccountTrigger staff={staff} />
      </div>
    </aside>
  );
}
