import { useState } from "react";

import type { Room } from "~/auth/rooms";

import { Dialog } from "../dialog";
import { areSingleKeysOn, switchSingleKeys } from "../single-keys";
import { Kbd } from "./kbd";

/** Every shortcut of the console, and the switch for those of a single key. */
export function HelpSheet({ rooms, onClose }: { rooms: readonly Room[]; onClose: () => void }) {
  return (
    <Dialog isOpen onOpenChange={onClose} title="Keyboard" isWide>
      <div className="grid gap-x-10 gap-y-5 sm:grid-cols-2">
        <Group title="Rooms" entries={rooms.map(({ label, shortcut }) => ({ label, keys: ["g", shortcut] }))} />
        <div className="flex flex-col gap-5">
          <Group
            title="Anywhere"
            entries={[
              { label: "Search the console", keys: ["Ctrl", "K"] },
              { label: "Search this page", keys: ["/"] },
              { label: "This sheet", keys: ["?"] },
              { label: "Close, or leave a filter", keys: ["Esc"] },
            ]}
          />
          <Group
            title="On a shift"
            entries={[
              { label: "Find or replace the guard", keys: ["r"] },
              { label: "Undo the change that was just made", keys: ["u"] },
            ]}
          />
          <Group
            title="In the list of shifts"
            entries={[
              { label: "Select the row or not", keys: ["x"] },
              { label: "Select from the last one to here", keys: ["Shift", "x"] },
              { label: "Select this and the next", keys: ["Shift", "j"] },
              { label: "Select this and the one before", keys: ["Shift", "k"] },
              { label: "Replace all selected", keys: ["r"] },
            ]}
          />
          <Group
            title="In a table"
            entries={[
              { label: "Next row", keys: ["j"] },
              { label: "Previous row", keys: ["k"] },
              { label: "Open the row", keys: ["Enter"] },
            ]}
          />
        </div>
      </div>
      <SingleKeySwitch />
    </Dialog>
  );
}

function Group({ title, entries }: { title: string; entries: { label: string; keys: string[] }[] }) {
  return (
    <section>
      <h3 className="mb-1 text-xs font-medium text-muted">{title}</h3>
      <dl>
        {entries.map(({ label, keys }) => (
          <div key={label} className="flex h-8 items-center justify-between border-b border-line last:border-b-0">
            <dt>{label}</dt>
            <dd className="flex gap-0.5">
              {keys.map((key) => (
                <Kbd key={key}>{key}</Kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function SingleKeySwitch() {
  const [isOn, setIsOn] = useState(areSingleKeysOn);
  return (
    <label className="mt-5 flex items-center gap-2 border-t border-line pt-4">
      <input
        type="checkbox"
        checked={isOn}
        onChange={(event) => {
          switchSingleKeys(event.target.checked);
          setIsOn(event.target.checked);
        }}
      />
      Shortcuts of a single key act. Switch them off if you speak to your browser.
    </label>
  );
}
