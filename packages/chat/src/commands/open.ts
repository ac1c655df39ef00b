import { z } from 'zod'
import { CaseId, isToldOf, maySee, NO_NUMBER, unreadMails } from '@embargo/core'
import type { CaseState } from '@embargo/core'
import { send, wrongInput } from '../answers.ts'
import { defineCommand } from '../define-command.ts'
import { about } from '../option.ts'
import { typedAt } from '../usage.ts'
import { findMail } from './shared/find-mail.ts'
import { TEAM } from './shared/roles.ts'

export const open = defineCommand({
  verb: 'open',
  summary: 'Open a case for a vulnerability that the team found, that is public, or that a fix left open',
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
    mail: z.string().max(140).exactOptional().register(about, {
      label: 'Mail in that case that reports the problem',
      hint: 'Its number, or last. Its sender becomes the reporter of the new case',
      takes: 'named',
      shownAs: 'mail',
    }),
    note: z
      .string()
      .max(2000)
      .exactOptional()
      .register(about, { label: 'Note', hint: 'For the team; not mailed', takes: 'rest', kind: 'long-text' }),
  },
  run: async (call) => {
    const { mail: typed, ...values } = call.values
    const { follows, public: link } = values
    const world = follows === undefined ? undefined : await call.engine.queries.world(follows)
    const named = world?.case
    // If the caller may not see the case, the request is refused later. Until then, nothing here may reveal what is in
    // the case.
    const followed = named !== undefined && maySee(named, call.invocation.actor.person) ? named : undefined
    const mail = typed === undefined || followed === undefined ? undefined : findMail(followed, typed.trim())
    if (typed !== undefined && mail === undefined && (follows === undefined || followed !== undefined)) {
      const because =
        followed === undefined ? 'Also name the case that has the mail: --follows.' : `${followed.id} has no such mail.`
      return wrongInput({ command: call.command, setting: call, because })
    }
    const told = mail === undefined ? [] : ['The finder is told the number of the new case.']
    const { place } = call.invocation
    const isTerminal = place.platform === 'terminal'
    return send(call, { verb: 'open', case: NO_NUMBER, ...values, ...(mail !== undefined && { mail }) }, (stream) =>
      [
        `${stream} is open, and you coordinate it. ${isTerminal ? `See what is next: embargo ${stream}` : 'Go on in its channel.'}`,
        ...told,
        ...(follows !== undefined && link === undefined
          ? [
              `It has an embargo of its own. If the vulnerability is public, type this${isTerminal ? '' : ' in that channel'}, with the link: ${isTerminal ? `embargo ${stream} signal public` : typedAt(place, 'signal public')}.`,
            ]
          : []),
        ...(followed !== undefined && world?.release?.prenotified.some((one) => isToldOf(one, followed.id)) === true
          ? [
              `To tell the recipients of ${followed.id} at once, write to them from that case: ${typedAt({ ...call.invocation.place, case: followed.id }, 'reply --to recipients')}.`,
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
