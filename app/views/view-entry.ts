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
  views: ViewEntry[];
  /** The view that was saved, changed or deleted; null where nothing was asked for. */
  writtenId: number | null;
};
