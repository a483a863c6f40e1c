import { Form, Link } from "@remix-run/react";
import { clsx } from "clsx";
import { ChevronsUpDown, Keyboard, LogOut, UserRound } from "lucide-react";

import { useIsHydrated } from "../clock";
import { Kbd } from "./kbd";
import { closePopovers, popoverAttributes, popoverTriggerAttributes } from "./popover";
import type { ShellStaff } from "./shell";
import { ThemeChoice } from "./theme-choice";

const menuId = "account-menu";
const entry =
  "flex h-8 w-full items-center gap-2.5 rounded-md px-2 text-left hover:bg-hover max-md:h-10 [&_svg]:size-4 [&_svg]:text-muted";

export function AccountTrigger({ staff, isCompact = false }: { staff: ShellStaff; isCompact?: boolean }) {
  return (
    <button
      type="button"
      {...popoverTriggerAttributes(menuId)}
      className={clsx("flex items-center gap-2 rounded-md text-left hover:bg-hover", isCompact ? "p-1.5" : "p-1.5")}
    >
      <Initials fullName={staff.fullName} />
      {isCompact ? (
        <span className="sr-only">Account of {staff.fullName}</span>
      ) : (
        <>
          <span className="min-w-0 flex-1">
            <span className="block truncate leading-4 font-medium">{staff.fullName}</span>
            <span className="block truncate text-xs leading-4 text-muted">{staff.role}</span>
          </span>
          <ChevronsUpDown className="size-3.5 text-muted" />
        </>
      )}
    </button>
  );
}

/** One menu for the triggers of both layouts; it opens, closes and signs out without script. */
export function AccountMenu({ staff, onHelp }: { staff: ShellStaff; onHelp: () => void }) {
  const isHydrated = useIsHydrated();
  return (
    <section
      {...popoverAttributes(menuId)}
      aria-label="Account"
      className="inset-auto m-0 w-60 rounded-lg border border-line-strong bg-raised p-1 text-ink shadow-overlay max-md:top-12 max-md:right-2 md:bottom-14 md:left-2"
    >
      <div className="border-b border-line px-2 pt-1.5 pb-2">
        <p className="truncate font-medium">{staff.fullName}</p>
        <p className="truncate text-xs text-muted">{staff.email}</p>
        <p className="text-xs text-muted">Role: {staff.role}</p>
      </div>
      {isHydrated && <ThemeChoice />}
      <div className="pt-1">
        <Link to="/account" className={entry}>
          <UserRound /> Account and sessions
        </Link>
        {isHydrated && (
          <button
            type="button"
            className={entry}
            onClick={() => {
              closePopovers();
              onHelp();
            }}
          >
            <Keyboard /> <span className="flex-1">Keyboard</span> <Kbd>?</Kbd>
          </button>
        )}
        <Form method="post" action="/sign-out" reloadDocument>
          <button type="submit" className={entry}>
            <LogOut /> Sign out
          </button>
        </Form>
      </div>
    </section>
  );
}

function Initials({ fullName }: { fullName: string }) {
  const words = fullName.split(/\s+/).filter((word) => /^\p{Lu}/u.test(word));
  const initials = [words[0], words.length > 1 ? words.at(-1) : undefined].map((word) => word?.[0] ?? "").join("");
  return (
    <span
      aria-hidden="true"
      className="flex size-7 shrink-0 items-center justify-center rounded-full bg-accent-soft text-2xs font-semibold text-accent"
    >
      {initials}
    </span>
  );
}
