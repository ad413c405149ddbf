/** Where the rail leads; which of these somebody finds there depends on his rights. */
export type Place = 'live' | 'calls' | 'devices' | 'people' | 'audit' | 'settings'
