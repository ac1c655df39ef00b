import { z } from 'zod'
import { CaseId, instant, isLater, keepsContentOut, maySee, mergeTerms } from '@embargo/core'
import type { CaseState, Instant, World } from '@embargo/core'
import { refuse, send, wrongInput } from '../answers.ts'
import { mergePreviewCard } from '../cards/merge-preview.ts'
import { originsOf } from '../redact/provenance.ts'
import { defineCommand } from '../define-command.ts'
import type { CaseCall } from '../chat-command.ts'
import { about } from '../option.ts'
import type { Reply } from '../types.ts'
import { refusalOf } from './shared/preview.ts'
import { TEAM } from './shared/roles.ts'

type Values = { readonly of: CaseId; readonly end?: string }

export const duplicate = defineCommand({
  verb: 'triage.duplicate',
  summary: 'Merge two cases of the same vulnerability: the later case into the earlier one',
  about: 'case',
  another: true,
  allowed: TEAM,
  form: { title: 'Same as another case', submit: 'Show what it does' },
  options: {
    of: z
      .string()
      .transform((text) => text.toUpperCase())
      .pipe(CaseId)
      .register(about, { label: 'The other case', shownAs: 'case', suggests: 'case' }),
    end: z
      .string()
      .regex(/^(?:none|\d{1,16})$/)
      .exactOptional()
      .register(about, { label: 'End that was shown', hidden: true, takes: 'named' }),
  },
  run: async (call) => {
    const otherEmbargo = await other(call)
    const swapped = otherEmbargo?.case !== undefined && isLater(otherEmbargo.case, call.case.state)
    return swapped ? merging(call, otherEmbargo, call.case.world) : merging(call, call.case.world, otherEmbargo)
  },
})

/** The other case, if the caller may see it. If not, the answer is the same as for a missing case. */
async function other(call: CaseCall<Values>): Promise<World | undefined> {
  const world = await call.engine.queries.world(call.values.of)
  return world?.case !== undefined && maySee(world.case, call.invocation.actor.person) ? world : undefined
}

async function merging(call: CaseCall<Values>, later: World, earlier: World | undefined): Promise<Reply> {
  const from = later.case
  const into = earlier?.case
  if (from === undefined || into === undefined) {
    const because = 'There is no such case, or you do not work on it.'
    return wrongInput({ command: call.command, setting: call, because })
  }
  const request = { verb: 'triage.duplicate', case: from.id, of: into.id } as const
  const terms = mergeTerms(from, into, earlier?.release)
  const shown = call.values.end === undefined ? undefined : endOf(call.values.end)
  if (shown !== undefined)
    return send(
      call,
      { ...request, end: shown },
      {
        said: `${from.id} is now part of ${into.id}.`,
        mailed: 'Every reporter is notified.',
      },
    )
  const others = new Map([...later.others, ...(earlier?.others ?? [])])
  const fullRequest = { ...request, end: terms.end ?? ('none' as const) }
  const refusal = refusalOf(
    { ...call, case: { id: from.id, state: from, world: { ...later, others }, before: [] } },
    fullRequest,
  )
  if (refusal !== undefined) return refuse(call, refusal)
  const typed = { verb: call.command.verb, case: call.case.id, of: call.values.of }
  return {
    audience: 'caller',
    card: mergePreviewCard({
      from,
      into,
      terms,
      typed,
      staysOut: await staysOut(call, from, into),
      ...projectsOf(call, from, into),
      relayMissing: call.engine.relayMissing,
    }),
    facts: { is: 'preview', warning: 'Reporters are mailed, and mail cannot be called back.', sections: [] },
  }
}

/** Whether the merge would move reports whose content is kept out of chat to a case whose content is shown there. */
async function staysOut({ engine }: CaseCall<Values>, from: CaseState, into: CaseState): Promise<boolean> {
  const { policy } = engine.policy
  const before = await originsOf([from], (stream) => engine.queries.state(stream))
  return !keepsContentOut(policy, into) && [from, ...before].some((one) => keepsContentOut(policy, one))
}

function projectsOf({ engine }: CaseCall<Values>, from: CaseState, into: CaseState) {
  const name = (id: string) => engine.policy.policy.projects.find((one) => one.id === id)?.name ?? id
  return from.project === into.project ? {} : { projects: { from: name(from.project), into: name(into.project) } }
}

const endOf = (text: string): Instant | 'none' => (text === 'none' ? 'none' : instant(Number(text)))
