import { BranchName, CaseId, ReleaseId, SignalKind, TerminationReason, WAIVABLE_GATES } from '@embargo/core'
import type { PersonVerb } from '@embargo/core'
import { findApproval } from '../cards/waiting-command.ts'
import { ANSWER_WORDS, ANSWERS, loggedAnswer } from '../commands/shared/answer-words.ts'
import { approvalIdOf } from '../commands/shared/approval-option.ts'
import { findLeakSuspect } from '../commands/shared/leak-suspect.ts'
import { findPerson } from '../people/find-person.ts'
import { readEnd } from '../text/read-end.ts'
import { readInstant } from '../text/read-instant.ts'
import { firstAndRest } from '../text/words.ts'
import { A_DATE, dateReader, endReader, unknownName, understood, timeOf, wrong } from './input.ts'
import type { InputContext, InputReader, Values } from './input.ts'

const onBranch = ({ branch }: Values) => (branch === undefined ? {} : { branch })

const approvalReader = {
  options: ['approval'],
  read: ({ approval: named }: Values, { state }: InputContext) => {
    const approval = findApproval(state, named)?.id ?? approvalIdOf(state.id, named)
    return understood(named === undefined || approval === undefined ? {} : { approval })
  },
}

/** One reader for each command whose gates check what was typed. */
export const INPUT_READERS: { readonly [V in PersonVerb]?: InputReader<V> } = {
  'assign-patch': {
    options: ['to', 'branches'],
    read: ({ to, branches: typed = '' }, { policy, platform }) => {
      if (to === undefined) return understood({})
      const branches = typed.split(/[\s,]+/).filter((name) => name !== '')
      const bad = branches.find((name) => !BranchName.safeParse(name).success)
      if (bad !== undefined) return wrong(`“${bad}” is no branch.`)
      if (to.toLowerCase() === 'reporter') return understood({ to: 'reporter', branches })
      const person = findPerson(policy, platform, to)
      return person === undefined ? unknownName(to) : understood({ to: person.id, branches })
    },
  },
  patch: { options: ['branch'], read: (values) => understood(onBranch(values)) },
  confirm: {
    options: ['fixed', 'branch', 'note'],
    read: ({ fixed, note, ...values }) =>
      understood({ fixed: fixed !== 'no', ...onBranch(values), ...(note === undefined ? {} : { note }) }),
  },
  'log-answer': {
    options: ['message', ...Object.keys(ANSWERS), 'branch', 'name'],
    read: (values, context) => {
      const word = ANSWER_WORDS.find((one) => Object.values(values).includes(one))
      if (word !== 'proposes') return understood(word === undefined ? {} : { answer: loggedAnswer(word, values) })
      const read = readEnd(values['name'] ?? '', context.policy, context.state)
      if (read === undefined || read.rest !== undefined) return wrong(A_DATE)
      return understood({ answer: { about: 'embargo-date', end: read.at } })
    },
  },
  waive: {
    options: ['gate', 'branch', 'at', 'reason'],
    read: ({ gate, reason = '', at: typed, ...values }, context) => {
      const rule = WAIVABLE_GATES.find((one) => one === gate)
      const at = typed === undefined ? undefined : readInstant(typed, timeOf(context), [context.release?.at])
      if (at === undefined && typed !== undefined) return wrong(A_DATE)
      return understood(
        rule === undefined ? {} : { rule, reason, ...onBranch(values), ...(at === undefined ? {} : { at }) },
      )
    },
  },
  prenotify: dateReader('at', ({ at }) => understood({ at })),
  'release.plan': {
    options: ['at', 'releaser'],
    read: ({ at: typed, releaser: named }, context) => {
      const at = typed === undefined ? undefined : readInstant(typed, timeOf(context))
      if (at === undefined) return typed === undefined ? understood({}) : wrong(A_DATE)
      const releaser = named === undefined ? undefined : findPerson(context.policy, context.platform, named)
      if (named !== undefined && releaser === undefined) return unknownName(named)
      return understood({ at, ...(releaser === undefined ? {} : { releaser: releaser.id }) })
    },
  },
  'release.add': {
    options: ['release'],
    read: ({ release: named }) => {
      if (named === undefined) return understood({})
      const release = ReleaseId.safeParse(named.trim().toUpperCase())
      return release.success
        ? understood({ release: release.data })
        : wrong('A release is named like REL-SEC-2026-07-14.')
    },
  },
  'release.move': dateReader('to', ({ at }) => understood({ at })),
  'embargo.until': endReader,
  'embargo.extend': endReader,
  'embargo.end': {
    options: ['detail'],
    read: ({ detail }) => {
      if (detail === undefined) return understood({})
      const reason = TerminationReason.safeParse(firstAndRest(detail)[0].toLowerCase())
      return reason.success
        ? understood({ reason: reason.data })
        : wrong(`An embargo ends early for one of: ${TerminationReason.options.join(', ')}.`)
    },
  },
  'signal.wrong': {
    options: ['detail'],
    read: ({ detail }, { state, policy, platform }) => {
      if (detail === undefined) return understood({})
      const [word, rest] = firstAndRest(detail)
      const kind = SignalKind.safeParse(word.toLowerCase())
      if (!kind.success) return wrong(`A signal is one of: ${SignalKind.options.join(', ')}.`)
      const named =
        kind.data === 'leak' ? findLeakSuspect(state, rest, (typed) => findPerson(policy, platform, typed)) : {}
      if (typeof named === 'string') return wrong(named)
      return understood({ what: kind.data, ...('suspect' in named ? { suspect: named.suspect } : {}) })
    },
  },
  'triage.duplicate': {
    options: ['of'],
    read: ({ of: typed }) => {
      if (typed === undefined) return understood({})
      const of = CaseId.safeParse(typed.toUpperCase())
      return of.success ? understood({ of: of.data }) : wrong('A case is named like SEC-2026-0001.')
    },
  },
  disclose: {
    options: ['what', 'reason'],
    read: ({ what, reason }) => understood(what === 'unfixed' ? { unfixed: reason ?? '' } : {}),
  },
  close: { options: ['reason'], read: ({ reason }) => understood(reason === undefined ? {} : { reason }) },
  approve: {
    options: [...approvalReader.options, 'typedCase'],
    read: ({ typedCase, ...values }, context) => {
      const approval = approvalReader.read(values, context)
      return approval.ok
        ? understood({ ...approval.parts, ...(typedCase === undefined ? {} : { typedCase }) })
        : approval
    },
  },
  'approve.no': approvalReader,
}
