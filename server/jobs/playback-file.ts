/** Where the playback file of a call lies among its files. */
export const PLAYBACK_FILE = 'derived/playback.mp4'
