import { SelectField } from "./field";

/** One of several things that have a number and a name, or none of them. */
export function ChoiceField({
  label,
  name,
  chosen,
  choices,
  none = "All",
  fieldClassName,
}: {
  label: string;
  name: string;
  chosen: number | null | undefined;
  choices: readonly { id: number; name: string }[];
  /** What no choice means. */
  none?: string;
  fieldClassName?: string;
}) {
  const isKnown = chosen === null || chosen === undefined || choices.some(({ id }) => id === chosen);
  return (
    <SelectField
      label={label}
      name={name}
      defaultValue={chosen ?? ""}
      fieldClassName={fieldClassName}
      options={[
        { value: "", label: none },
        ...(isKnown ? [] : [{ value: String(chosen), label: `Number ${chosen}` }]),
        ...choices.map((choice) => ({ value: String(choice.id), label: choice.name })),
      ]}
    />
  );
}
