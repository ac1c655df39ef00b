import { BranchName, CaseId, ReleaseId, SignalKind, TerminationReason, WAIVABLE_GATES } from '@embargo/core'
import type { PersonVerb } from '@embargo/core'
import { approvalNamed } from '../cards/waiting-command.ts'
import { ANSWER_WORDS, loggedAnswer } from '../commands/shared/answer-words.ts'
import { approvalIdOf } from '../commands/shared/approval-option.ts'
import { wrongLeak } from '../commands/shared/leak-suspect.ts'
import { findPerson } from '../people/find-person.ts'
import { readEnd } from '../text/read-end.ts'
import { readInstant } from '../text/read-instant.ts'
import { firstAndRest } from '../text/words.ts'
import { A_DATE, dated, ending, nobodyIs, said, timeOf, wrong } from './input.ts'
import type { Asking, Reading, Values } from './input.ts'

const onBranch = ({ branch }: Values) => (branch === undefined ? {} : { branch })

const whichApproval = {
  options: ['approval'],
  read: ({ approval: named }: Values, { state }: Asking) => {
    const approval = approvalNamed(state, named)?.id ?? approvalIdOf(state.id, named)
    return said(named === undefined || approval === undefined ? {} : { approval })
  },
}

/** Of every command that has a word which its gates look at. */
export const READINGS: { readonly [V in PersonVerb]?: Reading<V> } = {
  'assign-patch': {
    options: ['to', 'branches'],
    read: ({ to, branches: typed = '' }, { policy, platform }) => {
      if (to === undefined) return said({})
      const branches = typed.split(/[\s,]+/).filter((name) => name !== '')
      const bad = branches.find((name) => !BranchName.safeParse(name).success)
      if (bad !== undefined) return wrong(`“${bad}” is no branch.`)
      if (to.toLowerCase() === 'reporter') return said({ to: 'reporter', branches })
      const person = findPerson(policy, platform, to)
      return person === undefined ? nobodyIs(to) : said({ to: person.id, branches })
    },
  },
  'patch-submit': { options: ['branch'], read: (values) => said(onBranch(values)) },
  confirm: {
    options: ['fixed', 'branch', 'note'],
    read: ({ fixed, note, ...values }) =>
      said({ fixed: fixed !== 'no', ...onBranch(values), ...(note === undefined ? {} : { note }) }),
  },
  'log-answer': {
    options: ['message', 'what', 'branch', 'name'],
    read: ({ what, ...values }, asking) => {
      const word = ANSWER_WORDS.find((one) => one === what)
      if (word !== 'proposes') return said(word === undefined ? {} : { answer: loggedAnswer(word, values) })
      const read = readEnd(values.name ?? '', asking.policy, asking.state)
      if (read === undefined || read.rest !== undefined) return wrong(A_DATE)
      return said({ answer: { about: 'embargo-date', end: read.at } })
    },
  },
  waive: {
    options: ['gate', 'branch', 'at', 'reason'],
    read: ({ gate, reason = '', at: typed, ...values }, asking) => {
      const rule = WAIVABLE_GATES.find((one) => one === gate)
      const at = typed === undefined ? undefined : readInstant(typed, timeOf(asking), [asking.release?.at])
      if (at === undefined && typed !== undefined) return wrong(A_DATE)
      return said(rule === undefined ? {} : { rule, reason, ...onBranch(values), ...(at === undefined ? {} : { at }) })
    },
  },
  prenotify: dated('at', ({ at }) => said({ at })),
  'release-plan': dated('detail', ({ at, rest }, { policy, platform }) => {
    if (rest === undefined) return said({ at })
    const releaser = findPerson(policy, platform, rest)
    return releaser === undefined ? nobodyIs(rest) : said({ at, releaser: releaser.id })
  }),
  'release-add': {
    options: ['detail'],
    read: ({ detail }) => {
      if (detail === undefined) return said({})
      const release = ReleaseId.safeParse(detail.trim().toUpperCase())
      return release.success ? said({ release: release.data }) : wrong('A release is named like REL-SEC-2026-07-14.')
    },
  },
  reschedule: dated('to', ({ at }) => said({ at })),
  'embargo-propose': ending,
  'embargo-extend': ending,
  'embargo-terminate': {
    options: ['detail'],
    read: ({ detail }) => {
      if (detail === undefined) return said({})
      const reason = TerminationReason.safeParse(firstAndRest(detail)[0].toLowerCase())
      return reason.success
        ? said({ reason: reason.data })
        : wrong(`An embargo ends early for one of: ${TerminationReason.options.join(', ')}.`)
    },
  },
  'signal-correct': {
    options: ['detail'],
    read: ({ detail }, { state, policy, platform }) => {
      if (detail === undefined) return said({})
      const [word, rest] = firstAndRest(detail)
      const what = SignalKind.safeParse(word.toLowerCase())
      if (!what.success) return wrong(`A signal is one of: ${SignalKind.options.join(', ')}.`)
      const named = what.data === 'leak' ? wrongLeak(state, rest, (typed) => findPerson(policy, platform, typed)) : {}
      if (typeof named === 'string') return wrong(named)
      return said({ what: what.data, ...('suspect' in named ? { suspect: named.suspect } : {}) })
    },
  },
  duplicate: {
    options: ['of'],
    read: ({ of: typed }) => {
      if (typed === undefined) return said({})
      const of = CaseId.safeParse(typed.toUpperCase())
      return of.success ? said({ of: of.data }) : wrong('A case is named like SEC-2026-0001.')
    },
  },
  disclose: {
    options: ['what', 'reason'],
    read: ({ what, reason }) => said(what === 'unfixed' ? { unfixed: reason ?? '' } : {}),
  },
  close: { options: ['reason'], read: ({ reason }) => said(reason === undefined ? {} : { reason }) },
  approve: {
    options: [...whichApproval.options, 'typedCase'],
    read: ({ typedCase, ...values }, asking) => {
      const which = whichApproval.read(values, asking)
      return which.ok ? said({ ...which.said, ...(typedCase === undefined ? {} : { typedCase }) }) : which
    },
  },
  refuse: whichApproval,
}
