import { type FocusEvent, type FormEvent, type RefObject, useRef } from "react";

import { useBeforePaint } from "./use-before-paint";

/**
 * For a form whose fields begin anew with each search. Where the focus left with its field it goes to the one of the same
 * name, with what was typed since it was asked, or else to the button. Gives what listens on the form; `onSubmit` is for
 * a form that is submitted by script too.
 */
export function useKeptFocus(form: RefObject<HTMLFormElement>, search: string) {
  /** Null while the focus is elsewhere. */
  const held = useRef<{ name: string; typed: string | null } | null>(null);
  useBeforePaint(() => {
    if (!held.current || document.activeElement !== document.body) return;
    const { name, typed } = held.current;
    const field = name ? form.current?.elements.namedItem(name) : null;
    if (!(field instanceof HTMLElement)) {
      form.current?.querySelector("button")?.focus({ preventScroll: true });
      return;
    }
    field.focus({ preventScroll: true });
    if (!(field instanceof HTMLInputElement)) return;
    if (typed !== null) field.value = typed;
    if (field.selectionStart !== null) field.setSelectionRange(field.value.length, field.value.length);
  }, [search]);
  return {
    onFocus: ({ target }: FocusEvent<HTMLElement>) => {
      held.current = { name: target.getAttribute("name") ?? "", typed: null };
    },
    onBlur: () => {
      held.current = null;
    },
    onInput: ({ target }: FormEvent<HTMLElement>) => {
      if (held.current && target instanceof HTMLInputElement) held.current.typed = target.value;
    },
    onSubmit: () => {
      if (held.current) held.current.typed = null;
    },
  };
}
