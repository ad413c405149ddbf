/** How long things of training may be, for the server and for the forms of pages. It imports nothing. */
export const [MAX_LIST_NAME, MAX_TEACHES, MAX_CLIP_TITLE, MAX_COMMENT] = [100, 500, 120, 2_000]
export const [SHORTEST_CLIP_MS, LONGEST_CLIP_MS] = [1_000, 600_000]
