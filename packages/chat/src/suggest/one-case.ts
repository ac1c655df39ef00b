import { deadlineWords, doubtsOf, isAutomatic, outlook, policyFor, SignalKind, contactOf } from '@embargo/core'
import { approvalInWords, openApprovals, shortNameOf } from '../cards/waiting-command.ts'
import { addresseeInWords, letterInWords } from '../cards/letters.ts'
import { fromInWords } from '../cards/message.ts'
import { TRUST } from '../cards/trust.ts'
import { casesInView, isRedacted } from '../redact/policy.ts'
import { nameOf } from '../people/names.ts'
import { shortTime } from '../text/dates.ts'
import { ELSEWHERE } from '../commands/shared/answer-words.ts'
import { ofCase } from './suggester.ts'
import { person } from './people.ts'
import type { Suggester } from './suggester.ts'

export const branch = ofCase(({ state }, { engine }) => {
  const project = engine.policy.policy.projects.find(({ id }) => id === state.project)
  const affected = state.branches.filter((one) => one.affected)
  const others = [...state.branches, ...(project?.branches ?? [])]
  const names = [...new Set([...affected, ...others].map(({ name }) => name))]
  return names.map((name) => ({ value: name, label: name }))
})

/** Shows only the number and the time of each report. People read the sender and the text in the case. */
export const report = ofCase(({ state }) =>
  state.reports.map(({ id, receivedAt }) => {
    const short = id.slice(id.lastIndexOf('/') + 1)
    return { value: short, label: `${short} · came ${shortTime(receivedAt)}` }
  }),
)

/**
 * The mails of the case, the newest first. The value is the mail's id, not its number in this list, because a new mail
 * may arrive while somebody fills in a form.
 */
export const message = ofCase(({ state }) =>
  state.messages
    .map((taken, index) => ({
      value: taken.message,
      label: `${index + 1} · ${fromInWords(taken, state)} · ${shortTime(taken.at)} · ${TRUST[taken.trust]}`,
    }))
    .toReversed(),
)

export const source: Suggester = async (context) =>
  context.case === undefined
    ? []
    : [...(await message(context)), { value: ELSEWHERE, label: `${ELSEWHERE} · not by mail` }]

export const approval = ofCase(({ state }, { engine }) =>
  openApprovals(state).map((one) => ({
    value: shortNameOf(one),
    label: `${shortNameOf(one)} · ${approvalInWords(one)} · ${nameOf(engine.policy.policy, one.by)}`,
  })),
)

export const clock = ofCase(({ world }, { engine, at }) =>
  (outlook(engine.policy.policy, world, at)?.clocks ?? [])
    .filter((one) => !isAutomatic(one))
    .map((one) => ({
      value: one.clock,
      label: `${one.clock} · ${one.owner}: ${deadlineWords(one.clock)}`,
    })),
)

/**
 * The failed or doubtful mails and messages that a person must decide about. They have the same numbers as in the
 * status.
 */
export const doubt = ofCase(({ state, world }) =>
  doubtsOf(state, world.release).map(({ letter, to }, index) => ({
    value: String(index + 1),
    label: `${index + 1} · ${letter === undefined ? 'a message' : letterInWords(letter)}${to === undefined ? '' : ` to ${addresseeInWords(to, state)}`}`,
  })),
)

/** The recorded contact of another vendor. */
export const vendor = ofCase(({ state }) => {
  const contact = contactOf(state)
  return contact === undefined ? [] : [{ value: contact, label: `${contact} · on record` }]
})

/** Shows the recipients' names, or their ids in the policy if names of outsiders are kept out of chat. */
export const recipient = ofCase((seen, { engine, place: { platform } }) => {
  const { policy } = engine.policy
  const named = !isRedacted({ platform, policy, cases: casesInView(seen) })
  return policyFor(policy, seen.state).prenotification.lists.flatMap((list) =>
    list.recipients.map(({ id, name }) => ({
      value: id,
      label: named ? `${name} (${list.name})` : `${id} (${list.id})`,
    })),
  )
})

/** A suspect of a leak: a recipient of a list, or a person. */
export const suspect: Suggester = async (context) => [...(await recipient(context)), ...(await person(context))]

export const signal = ofCase(({ state }) =>
  SignalKind.options
    .filter((kind) => state.signals.some((one) => one.what === kind && one.is !== 'corrected'))
    .map((kind) => ({ value: kind, label: kind })),
)
