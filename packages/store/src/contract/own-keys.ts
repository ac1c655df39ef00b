import { instant } from '@embargo/core'
import type { StoredOwnKey } from '@embargo/engine'
import { describe, expect, it } from 'vitest'
import type { Suite } from './suite.ts'

const key = (project: string, serial: number, more: Partial<StoredOwnKey> = {}): StoredOwnKey => ({
  project,
  serial,
  createdAt: instant(1_000),
  fingerprint: 'A'.repeat(40),
  secret: Uint8Array.of(1, 2, 3),
  public: Uint8Array.of(4, 5),
  ...more,
})

export function ownKeysContract(suite: Suite): void {
  describe('own keys', () => {
    it('are stored by project; if two processes make the first key, only one succeeds', async () => {
      const { ownKeys } = suite.store()
      const made = await Promise.all([ownKeys.add(key('lantern', 1)), ownKeys.add(key('lantern', 1))])
      expect(made.filter((added) => added)).toHaveLength(1)
      expect(await ownKeys.add(key('lantern', 2, { fingerprint: 'B'.repeat(40) }))).toBe(true)
      const kept = await ownKeys.list()
      expect(kept.map(({ serial, fingerprint }) => `${serial} ${fingerprint[0]}`)).toEqual(['1 A', '2 B'])
      expect(kept[0]?.secret).toEqual(Buffer.of(1, 2, 3))
    })

    it('show that they were confirmed', async () => {
      const { ownKeys } = suite.store()
      await ownKeys.add(key('quillmark', 1))
      await ownKeys.replace(key('quillmark', 1, { confirmedAt: instant(2_000) }))
      const kept = (await ownKeys.list()).find(({ project }) => project === 'quillmark')
      expect(kept?.confirmedAt).toBe(2_000)
    })

    it('accept nothing from a row that somebody else wrote', async () => {
      const { ownKeys } = suite.store()
      await ownKeys.add(key('altered', 1))
      await ownKeys.add(key('altered', 2))
      expect((await ownKeys.list()).filter(({ project }) => project === 'altered')).toHaveLength(2)
      await using raw = await suite.raw()
      await raw.execute(
        `UPDATE "OwnKey" SET "sealed" = (SELECT "sealed" FROM "OwnKey" WHERE "project" = 'altered' AND "serial" = 2) WHERE "project" = 'altered' AND "serial" = 1`,
      )
      const kept = (await ownKeys.list()).filter(({ project }) => project === 'altered')
      expect(kept.map(({ serial }) => serial)).toEqual([2])
    })
  })
}
