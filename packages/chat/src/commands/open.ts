import { z } from 'zod'
import { CaseId, NO_NUMBER, unreadMails } from '@embargo/core'
import type { CaseState } from '@embargo/core'
import { send } from '../answers.ts'
import { defineCommand } from '../define-command.ts'
import { about } from '../option.ts'
import { typedAt } from '../usage.ts'
import { TEAM } from './shared/roles.ts'

export const open = defineCommand({
  verb: 'open',
  summary: 'Open a case for a vulnerability that was not mailed: found by the team, public, or not fully fixed',
  about: 'anything',
  allowed: TEAM,
  form: { title: 'Open a case', submit: 'Open' },
  options: {
    project: z
      .string()
      .max(60)
      .register(about, { label: 'Project', hint: 'Its short name in the policy', suggests: 'project' }),
    public: z
      .url({ protocol: /^https?$/ })
      .max(2000)
      .exactOptional()
      .register(about, {
        label: 'Link, if it is already public',
        hint: 'If given, no embargo begins',
        takes: 'named',
        shownAs: 'link',
      }),
    follows: z
      .string()
      .transform((text) => text.toUpperCase())
      .pipe(CaseId)
      .exactOptional()
      .register(about, { label: 'The public case that it follows', takes: 'named', shownAs: 'case', suggests: 'case' }),
    note: z
      .string()
      .max(2000)
      .exactOptional()
      .register(about, { label: 'Note', hint: 'For the team; not mailed', takes: 'rest', kind: 'long-text' }),
  },
  run: async (call) => {
    const { follows, public: link } = call.values
    const followed = follows === undefined ? undefined : (await call.engine.queries.world(follows))?.case
    return send(call, { verb: 'open', case: NO_NUMBER, ...call.values }, (stream) =>
      [
        `${stream} is open, and you coordinate it. Go on in its channel.`,
        ...(follows !== undefined && link === undefined
          ? [
              `It has an embargo of its own. If the vulnerability is public, type this in that channel, with the link: ${typedAt(call.invocation.place, 'signal public')}.`,
            ]
          : []),
        ...(followed !== undefined && isReporterWaiting(followed)
          ? [
              `The reporter in ${followed.id} is still waiting for an answer: write to them from that case with ${typedAt({ ...call.invocation.place, case: followed.id }, 'reply')}.`,
            ]
          : []),
      ].join(' '),
    )
  },
})

const isReporterWaiting = (state: CaseState): boolean =>
  state.reports.some(
    ({ id, answerable }) =>
      answerable && unreadMails(state).some(({ report, automatic }) => report === id && automatic !== true),
  )
