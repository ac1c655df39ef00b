import type { Log, Settings } from '@embargo/engine'
import type { Database } from '../database/db.ts'
import type { MasterKeys } from '../sealing/master-keys.ts'
import { place, sealJson, unsealJson } from '../sealing/seal.ts'

export type SettingsParts = { readonly database: Database; readonly master: MasterKeys; readonly log: Log }

/**
 * The table also has a row `key-check`, which shows whether the master key is the right one. So the names of settings
 * have a prefix.
 */
const nameOf = (name: string): string => `kept/${name}`

/** The settings, stored through Prisma. */
export function settings({ database: { reader, writer }, master, log }: SettingsParts): Settings {
  const at = (name: string): Uint8Array => place('setting', name)
  return {
    async read(name) {
      const row = await reader.setting.findUnique({ where: { name: nameOf(name) } })
      if (row === null) return undefined
      try {
        return unsealJson(master.settings, at(name), row.value)
      } catch {
        // The program can continue without the setting. At worst, people are told something a second time.
        log.warn('a setting in the database is damaged and is not used', { name })
        return undefined
      }
    },
    async write(name, value) {
      const sealed = sealJson(master.settings, at(name), value)
      await writer.single('other', (db) =>
        db.setting.upsert({
          where: { name: nameOf(name) },
          create: { name: nameOf(name), value: sealed },
          update: { value: sealed },
        }),
      )
    },
  }
}
