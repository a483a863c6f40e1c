import { useNavigate, useSubmit } from "@remix-run/react";
import { clsx } from "clsx";
import { CornerDownLeft, Keyboard, LogOut, Search, SunMoon, UserRound } from "lucide-react";
import { type KeyboardEvent, useEffect, useRef, useState } from "react";

import type { Room } from "~/auth/rooms";

import { applyTheme } from "../theme";
import { Kbd } from "./kbd";
import { type PaletteEntry, searchPalette } from "./palette-entries";
import { RoomIcon } from "./room-icons";

type PaletteProps = { rooms: Room[]; onClose: () => void; onHelp: () => void };

/** Everything the console can do from anywhere, found by typing. */
export function Palette({ isOpen, ...rest }: PaletteProps & { isOpen: boolean }) {
  const ref = useRef<HTMLDialogElement>(null);
  const { onClose } = rest;
  useEffect(() => {
    if (isOpen) ref.current?.showModal();
    else ref.current?.close();
  }, [isOpen]);
  return (
    <dialog
      ref={ref}
      aria-label="Search the console"
      onClose={onClose}
      onPointerDown={(event) => event.target === event.currentTarget && onClose()}
      className="mx-auto mt-[12vh] max-h-[70vh] w-[calc(100vw-2rem)] max-w-xl flex-col overflow-hidden rounded-xl border border-line-strong bg-raised text-ink shadow-overlay backdrop:bg-(--backdrop) open:flex"
    >
      {isOpen && <PaletteContent {...rest} />}
    </dialog>
  );
}

function PaletteContent({ rooms, onClose, onHelp }: PaletteProps) {
  const [query, setQuery] = useState("");
  const [position, setPosition] = useState(0);
  const navigate = useNavigate();
  const submit = useSubmit();
  const entries = searchPalette(rooms, query);
  const current = entries[Math.min(position, entries.length - 1)];

  const run = (entry: PaletteEntry) => {
    onClose();
    if (entry.act === "go") navigate(entry.to);
    if (entry.act === "theme") applyTheme(entry.theme);
    if (entry.act === "help") onHelp();
    if (entry.act === "sign-out") submit(null, { method: "post", action: "/sign-out" });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const steps: Record<string, number> = { ArrowDown: 1, ArrowUp: -1 };
    const step = steps[event.key];
    if (step && entries.length > 0) setPosition((position + step + entries.length) % entries.length);
    else if (event.key === "Enter" && current) run(current);
    else return;
    event.preventDefault();
  };

  return (
    <>
      <div className="flex items-center gap-2.5 border-b border-line px-4">
        <Search className="size-4 text-muted" />
        <input
          role="combobox"
          aria-expanded="true"
          aria-controls="palette-list"
          aria-activedescendant={current && `palette-${current.id}`}
          aria-autocomplete="list"
          aria-label="Search rooms, actions or a shift's number"
          placeholder="Room, action or shift number"
          value={query}
          onChange={(event) => {
            setQuery(event.target.value);
            setPosition(0);
          }}
          onKeyDown={onKeyDown}
          className="h-12 w-full bg-transparent text-lg outline-none placeholder:text-faint"
        />
        <Kbd>Esc</Kbd>
      </div>
      <div id="palette-list" role="listbox" aria-label="Results" className="min-h-0 overflow-y-auto p-1.5">
        {entries.map((entry, index) => (
          <div key={entry.id} role="presentation">
            {entry.group !== entries[index - 1]?.group && (
              <p role="presentation" className="px-2.5 pt-2 pb-1 text-2xs font-medium text-muted">
                {entry.group}
              </p>
            )}
            <PaletteOption
              entry={entry}
              isCurrent={entry === current}
              onPoint={() => setPosition(index)}
              onRun={() => run(entry)}
            />
          </div>
        ))}
      </div>
      {entries.length === 0 && (
        <p role="status" className="px-4 pt-2 pb-5 text-center text-muted">
          Nothing is called “{query}”. A shift is found by its number.
        </p>
      )}
    </>
  );
}

function PaletteOption({
  entry,
  isCurrent,
  onPoint,
  onRun,
}: {
  entry: PaletteEntry;
  isCurrent: boolean;
  onPoint: () => void;
  onRun: () => void;
}) {
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the keys belong to the combobox, which keeps the focus.
    <div
      ref={(element) => {
        if (isCurrent) element?.scrollIntoView({ block: "nearest" });
      }}
      id={`palette-${entry.id}`}
      role="option"
      aria-selected={isCurrent}
      tabIndex={-1}
      onPointerMove={isCurrent ? undefined : onPoint}
      onClick={onRun}
      className={clsx(
        "flex h-9 cursor-pointer items-center gap-2.5 rounded-md px-2.5 [&_svg]:size-4 [&_svg]:shrink-0",
        isCurrent ? "bg-accent-soft text-accent" : "[&>svg]:text-muted",
      )}
    >
      <EntryIcon entry={entry} />
      <span className="flex-1 font-medium">{entry.label}</span>
      {entry.keys && (
        <span className="flex gap-0.5" aria-hidden="true">
          {entry.keys.map((key) => (
            <Kbd key={key}>{key}</Kbd>
          ))}
        </span>
      )}
      {isCurrent && <CornerDownLeft aria-hidden="true" />}
    </div>
  );
}

function EntryIcon({ entry }: { entry: PaletteEntry }) {
  if (entry.room) return <RoomIcon room={entry.room} />;
  if (entry.act === "theme") return <SunMoon />;
  if (entry.act === "help") return <Keyboard />;
  return entry.act === "sign-out" ? <LogOut /> : <UserRound />;
}
