import { Toaster, toast } from "sonner";

export { toast };

/** Where `toast.success("...")` and its kind appear. */
export function Toasts() {
  return (
    <Toaster
      position="bottom-right"
      gap={8}
      toastOptions={{
        style: {
          background: "var(--raised)",
          color: "var(--ink)",
          border: "1px solid var(--line-strong)",
          borderRadius: "8px",
          fontFamily: "var(--font-sans)",
          fontSize: "0.8125rem",
          boxShadow: "0 12px 40px -8px var(--overlay-shadow)",
        },
      }}
    />
  );
}
