/** A view as its menu shows it. */
export type ViewEntry = {
  id: number;
  name: string;
  search: string;
  isShared: boolean;
  isOwn: boolean;
  ownerName: string;
};

export type ViewsAnswer = {
  /** Null where nothing was changed. */
  views: ViewEntry[] | null;
  /** Why nothing was changed; null where something was, or nothing was asked for. */
  message: string | null;
  /** The view that was saved, changed or deleted. */
  writtenId: number | null;
};
