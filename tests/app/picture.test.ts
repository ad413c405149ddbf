import { expect, it } from 'vitest'
import { pictureAt } from '@/app/player/picture'
import { makeChange } from './sample-view'

const LENGTH_MS = 60_000
const actions = [makeChange(1, 5_000), makeChange(2, 20_000), makeChange(3, 59_900)]

it('shows what an action changed, which the screen has up to a frame later', () => expect(pictureAt(actions, LENGTH_MS, 5_000)).toBe(5_250))
it('shows every other position as it was', () => expect([0, 4_999, 5_250, 12_000].map((atMs) => pictureAt(actions, LENGTH_MS, atMs))).toEqual([0, 4_999, 5_250, 12_000]))
it('goes neither past the end of the screen nor back from wrap-up', () => expect([59_900, 61_000].map((atMs) => pictureAt(actions, LENGTH_MS, atMs))).toEqual([59_999, 61_000]))
it('needs no actions', () => expect(pictureAt([], LENGTH_MS, 7)).toBe(7))
