/** Where rail and palette lead; which of these somebody finds there depends on his rights. */
export type Place = 'live' | 'calls' | 'training' | 'devices' | 'people' | 'audit' | 'settings'
