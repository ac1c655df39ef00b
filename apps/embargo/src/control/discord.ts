import { maySee, PersonId } from '@embargo/core'
import type { CaseState } from '@embargo/core'
import { userInfo } from 'node:os'
import type { ProgramParts } from '../program/program.ts'
import { peopleFacts } from './people.ts'

/** What the log says about the Discord server. `embargo doctor discord` compares it with the server itself. */
export type KnownOfDiscord = {
  readonly people: readonly { readonly account: string; readonly name: string }[]
  /** The channels of the open cases that the caller may see. */
  readonly channels: readonly {
    readonly case: string
    readonly channel: string
    readonly lost: boolean
    /** The accounts of the people on the case. */
    readonly accounts: readonly string[]
  }[]
}

const ROWS = 200

/** @throws if the policy does not list the caller */
export async function knownOfDiscord(opened: ProgramParts): Promise<KnownOfDiscord> {
  const people = (await peopleFacts(opened)).flatMap(({ name, accounts }) =>
    accounts.flatMap(({ platform, account }) => (platform === 'discord' ? [{ account, name }] : [])),
  )
  return { people, channels: await channelsOf(opened) }
}

async function channelsOf({ engine }: ProgramParts): Promise<KnownOfDiscord['channels']> {
  const { person } = await engine.queries.actorNow(engine.queries.actorOf('terminal', userInfo().username))
  const channels: KnownOfDiscord['channels'][number][] = []
  for (let offset = 0; ; offset += ROWS) {
    const { rows, more } = await engine.queries.cases({ open: true, limit: ROWS, offset })
    for (const { stream } of rows) {
      const state = await engine.queries.state(stream)
      const known = state?.kind === 'case' && maySee(state, person) ? state.channels.discord : undefined
      if (state?.kind !== 'case' || known === undefined) continue
      const accounts = peopleOn(state).flatMap((one) => engine.queries.accountsOf(one, 'discord'))
      channels.push({ case: state.id, channel: known.channel, lost: known.gone !== undefined, accounts })
    }
    if (!more) return channels
  }
}

const peopleOn = ({ people }: CaseState): readonly PersonId[] => Object.keys(people).map((id) => PersonId.parse(id))
