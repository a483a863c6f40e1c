export function ShareBox({ isShared, onChange }: { isShared: boolean; onChange: (isShared: boolean) => void }) {
  return (
    <label className="flex items-center gap-2">
      <input type="checkbox" checked={isShared} onChange={({ target }) => onChange(target.checked)} />
      Share with everyone in this room
    </label>
  );
}
