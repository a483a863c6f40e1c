import { useEffect, useState } from "react";

import { SelectField, TextField } from "~/ui/field";
import type { BoardView } from "./board-view";
import { StateToggles } from "./state-toggles";

const typingMilliseconds = 150;

/** Text, region and state: what the list and the map show. */
export function BoardSearch({ view }: { view: BoardView }) {
  const { filter, regions, counts, change } = view;
  return (
    <search className="flex flex-col gap-2 border-b border-line p-3">
      <div className="grid grid-cols-[minmax(0,1fr)_9.5rem] gap-2">
        <TextSearch text={filter.text} onChange={(text) => change({ text })} />
        <SelectField
          label="Region"
          isLabelHidden
          value={filter.region ?? ""}
          onChange={({ target }) => change({ region: target.value || null })}
          options={[{ value: "", label: "All regions" }, ...regions.map((name) => ({ value: name, label: name }))]}
        />
      </div>
      <StateToggles counts={counts} pressed={filter.states} onChange={(states) => change({ states })} />
    </search>
  );
}

function TextSearch({ text, onChange }: { text: string; onChange: (text: string) => void }) {
  const [typed, setTyped] = useState(text);
  useEffect(() => setTyped(text), [text]);
  useEffect(() => {
    if (typed === text) return;
    const timer = setTimeout(() => onChange(typed), typingMilliseconds);
    return () => clearTimeout(timer);
  }, [typed, text, onChange]);
  return (
    <TextField
      label="Search guard, location, city, client or #number"
      isLabelHidden
      type="search"
      autoComplete="off"
      placeholder="Guard, location, client, #number"
      value={typed}
      onChange={({ target }) => setTyped(target.value)}
    />
  );
}
