import { oneOf, such } from './choice';

/** How lists are paged, counted and sorted. */
export const LISTS_CHOICES = {
  /** `_lineCount` of zero, below zero or not a number. Unknown. */
  invalidLineCount: oneOf('error', 'default'),
  /** Most rows a page can have; null: no bound. Unknown. */
  maximumLineCount: such<number | null>(null, 30),
  /** Whether a last page that is exactly full still carries `next`, leading to an empty page. Unknown. */
  emptyLastPage: oneOf(false, true),
  /** Whether `count.value` also stands on the last page of several. Seen only where everything fits one page. */
  countValueOnLastPage: oneOf(false, true),
  /** `serverSidePagination` where the big-table threshold hid `next`. Always true in recorded answers; a test double has false. */
  serverSidePaginationOnBigTable: oneOf(true, false),
  /**
   * Whether `next.href` carries the `_forcePagination=true` of its list on. Unknown; where it is dropped and not added again, the
   * next page of a big table is the last one.
   */
  nextForcePagination: oneOf('kept', 'dropped'),
  /** A `_lineStart` used with another path, filter or order than it was given out for. Unknown; it is called opaque. */
  cursorOfAnotherQuery: oneOf('error', 'accepted'),
  /** Whether `profile/_count` works beside the `profile//_count` that the server prints. One documentation page has a single slash. */
  singleSlashCount: oneOf('accepted', 'rejected'),
  /** `_order` naming an unknown or unsortable attribute, or several. Unknown. */
  invalidOrder: oneOf('error', 'ignored'),
} as const;
