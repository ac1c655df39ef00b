import { resolve } from 'node:path'
import { shellWord } from '@embargo/chat'
import { DATA_FOLDER } from '@embargo/config'
import type { Config } from '@embargo/config'

/** What to type in another terminal in this folder, so that the command line finds this program's data. */
export const npxEmbargo = ({ dataFolder }: Pick<Config, 'dataFolder'>): string =>
  dataFolder === resolve(DATA_FOLDER) ? 'npx embargo' : `EMBARGO_DATA=${shellWord(dataFolder)} npx embargo`
