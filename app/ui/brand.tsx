/** The mark and the name of the console. */
export function Brand({ isCompact = false }: { isCompact?: boolean }) {
  return (
    <span className="flex items-center gap-2 font-semibold tracking-tight">
      <svg viewBox="0 0 32 32" className="size-5 shrink-0" aria-hidden="true">
        <path d="M16 2 28 6.5V15c0 7.2-5 12.4-12 15C9 27.4 4 22.2 4 15V6.5Z" fill="var(--accent-fill)" />
        <circle cx="16" cy="14.5" r="3" fill="#fff" />
        <path d="M9.5 14.5a6.5 6.5 0 0 1 13 0" fill="none" stroke="#fff" strokeWidth="2.2" strokeLinecap="round" />
      </svg>
      {isCompact ? (
        <span className="sr-only">SecuryFlex ops</span>
      ) : (
        <span>
          SecuryFlex <span className="font-normal text-muted">ops</span>
        </span>
      )}
    </span>
  );
}
