import { expect, it } from 'vitest'
import { BlobId, mayMakeRoom } from '../../src/index.ts'
import type { CaseState } from '../../src/index.ts'
import { openedCase } from '../fixtures/clock-situations.ts'
import { HASH, START } from '../fixtures/scenario.ts'

const transcript = { channel: 'c2', blob: BlobId.parse('blob-9'), sha256: HASH, lines: 3, keptAt: START }
const closed: CaseState['channels'] = {
  discord: {
    channel: 'c2',
    name: 'sec-2026-0001-2',
    cards: {},
    gone: 'closed',
    transcripts: [transcript, { ...transcript, channel: 'c1' }],
    former: [{ channel: 'c1' }, { channel: 'c0', closed: true }],
  },
}
const state = openedCase().world.case as CaseState
const over = { ...state, rm: 'closed' as const, channels: closed }

it('only an archived channel of a case that is over, whose talk is kept, may be deleted to make room', () => {
  expect(['c2', 'c1', 'c0', 'c9'].map((channel) => mayMakeRoom(over, 'discord', channel))).toEqual([
    true,
    true,
    false,
    false,
  ])
  expect(mayMakeRoom(over, 'slack', 'c2')).toBe(false)
  expect(mayMakeRoom({ ...over, rm: 'accepted' }, 'discord', 'c2')).toBe(false)
  expect(mayMakeRoom({ ...over, answeredAfterClosing: START }, 'discord', 'c2')).toBe(false)
  const { gone: _gone, ...still } = closed.discord as NonNullable<(typeof closed)['discord']>
  expect(mayMakeRoom({ ...over, channels: { discord: still } }, 'discord', 'c2')).toBe(false)
})
