import { accountsOf } from '@embargo/core'
import type { PersonId, PolicyInForce } from '@embargo/core'
import type { ChatPlatform, Log } from '@embargo/engine'
import type { WebClient } from '@slack/web-api'
import { asFile, renderCard } from '../render/card.ts'
import { archiveChannel } from './archive.ts'
import { audience } from './audience.ts'
import { invite } from './invite.ts'
import { openChannel } from './open-channel.ts'
import { calling } from './api-errors.ts'
import { addRest, post } from './post.ts'
import { remove } from './remove.ts'
import { PartialTranscripts } from './partial-transcripts.ts'
import type { ExposureGuard } from './exposure-guard.ts'
import { exposureGuard } from './exposure-guard.ts'
import { transcriptOf } from './transcript.ts'

export type SlackPlatformOptions = {
  /**
   * A client that does not retry. The engine retries instead, because only the engine knows which effects may already
   * have happened. See `slackClient`.
   */
  readonly client: WebClient
  readonly policy: PolicyInForce
  readonly log: Log
  /** Gives a person's Slack accounts; if absent, only those in the policy are known. */
  readonly accountsOf?: (person: PersonId) => readonly string[]
  /** The app's own user id. If absent, it is requested from Slack at the first use. */
  readonly self?: string
  readonly guard?: ExposureGuard
}

/** Implements the engine's `ChatPlatform` for Slack. A call that fails throws `OutsideError`. */
export function createSlackPlatform(options: SlackPlatformOptions): ChatPlatform {
  const { client, policy, log, guard = exposureGuard(options.client) } = options
  const partials = new PartialTranscripts()
  let own = options.self
  const whoAmI = async (): Promise<string> => {
    own ??= (await calling('auth.test', 'read', () => client.auth.test())).user_id
    return own ?? ''
  }
  const accounts = (people: readonly PersonId[]): readonly string[] => {
    const known = options.accountsOf ?? ((id) => accountsOf(policy.policy, id, 'slack'))
    return [...new Set(people.flatMap(known))]
  }
  return {
    platform: 'slack',
    openChannel: async (request) => openChannel({ client, log, self: await whoAmI() }, request),
    invite: async ({ channel, people }) => invite(client, log, { channel, accounts: accounts(people) }),
    remove: async ({ channel, people, accounts: more = [] }) =>
      remove(client, { channel, accounts: [...accounts(people), ...more] }),
    post: async (request) => {
      await guard.refuse(request.channel)
      return post(client, log, { ...request, called: accounts(request.card.mentions ?? []) })
    },
    audience: async (request) => audience({ client, self: await whoAmI() }, request),
    archiveChannel: async ({ channel }) => archiveChannel(client, channel),
    transcript: async ({ channel }) => transcriptOf(client, channel, partials),
    update: async ({ channel, message, card }) => {
      // An edit can show new content, so the channel is checked before an edit too.
      await guard.refuse(channel)
      const { message: drawn, files } = renderCard(card, undefined, accounts(card.mentions ?? []))
      await calling('chat.update', 'write', () => client.chat.update({ channel, ts: message, ...drawn }))
      // If the card leaves something out, a file has the whole card. The file's name depends on what is left out, so an
      // edit that leaves out the same text adds no second file.
      await addRest(client, log, { channel, message, files: files.map(asFile), lookUp: true })
    },
  }
}
