/**
 * How many records are asked for at a time. Enough for a page to cost little, and few enough for its answer to come well
 * within a gateway's minute.
 */

/** Where the user may say another number. */
export const DEFAULT_PAGE = 200;

/** Subscriptions of one profile, events of one history: all of them are read. */
export const WHOLE_LIST_PAGE = 200;

/** Lists that stand in for many look-ups. */
export const LOOK_UP_PAGE = 200;

/** Organizational units, of which there are few. */
export const UNITS_PAGE = 100;

/** Records that a filter finds where one is wanted. */
export const MATCHES_PAGE = 25;

/** Records that show whether a column is a key. */
export const PROOF_PAGE = 5;

/** Where only the number of records is asked for. */
export const COUNT_PAGE = 1;

/** A list in the editor that Campaign searches. */
export const EDITOR_PAGE = 50;

/** A list in the editor that is searched here. */
export const EDITOR_SEARCH_PAGE = 200;

/** A sample for the editor. */
export const SAMPLE_PAGE = 25;
