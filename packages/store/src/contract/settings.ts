import { expect, it, describe } from 'vitest'
import type { Suite } from './suite.ts'

export function settingsContract(suite: Suite): void {
  describe('settings', () => {
    it('return the last value that was written under each name', async () => {
      const { settings } = suite.store()
      expect(await settings.read('absences/slack')).toBeUndefined()
      await settings.write('absences/slack', { since: 1 })
      await settings.write('absences/mail', { since: 2 })
      await settings.write('absences/slack', { since: 3 })
      expect(await settings.read('absences/slack')).toEqual({ since: 3 })
      expect(await settings.read('absences/mail')).toEqual({ since: 2 })
    })

    it('accept nothing from a row that somebody else wrote', async () => {
      const { settings } = suite.store()
      await settings.write('absences/discord', { since: 1 })
      await settings.write('absences/other', { since: 2 })
      await using raw = await suite.raw()
      await raw.execute(
        `UPDATE "Setting" SET "value" = (SELECT "value" FROM "Setting" WHERE "name" = 'kept/absences/other') WHERE "name" = 'kept/absences/discord'`,
      )
      expect(await settings.read('absences/discord')).toBeUndefined()
    })
  })
}
