import { BranchName, deadlineOf, DocumentStepId, Duty, stepOf } from '@embargo/core'
import type { CaseId } from '@embargo/core'
import { z } from 'zod'
import { send, wrongInput } from '../answers.ts'
import { defineCommand } from '../define-command.ts'
import { about } from '../option.ts'
import { fixedVersionsDone } from './shared/fixed-versions-done.ts'
import { textToPaste } from './shared/text-to-paste.ts'
import { TEAM_OR_MAINTAINER } from './shared/roles.ts'

const LINK = z.url({ protocol: /^https?$/ }).max(2000)

/** The steps of a publication that can be done by hand. */
const STEPS = [...DocumentStepId.options, 'announce-mail', 'oss-security-mail'] as const

const isStep = (what: string): what is (typeof STEPS)[number] => STEPS.some((step) => step === what)

type Values = { readonly branch?: BranchName; readonly evidence?: string }

/** The given evidence, if it is a link. */
const linkOf = ({ evidence }: Values): string | undefined => LINK.safeParse(evidence).data

const NEEDS_LINK = 'Give the link where it can be seen: https://…'

/** For each value of `what`, the request to core, or a sentence that says what is missing. */
const ASKS = {
  'advisory-opened': (id: CaseId, values: Values) => {
    const link = linkOf(values)
    return link === undefined ? NEEDS_LINK : ({ verb: 'done.advisory-opened', case: id, link } as const)
  },
  'advisory-published': (id: CaseId, values: Values) => {
    const link = linkOf(values)
    return link === undefined ? NEEDS_LINK : ({ verb: 'done.advisory-published', case: id, link } as const)
  },
  deployed: (id: CaseId, values: Values) => {
    const { branch, evidence } = values
    const link = linkOf(values)
    if (branch === undefined) return 'Name the branch whose fix is deployed.'
    if (evidence !== undefined && link === undefined) return 'Give the proof as a link: https://…'
    return { verb: 'done.deployed', case: id, branch, ...(link === undefined ? {} : { link }) } as const
  },
} as const

const SAID = {
  'advisory-opened': 'Recorded: a draft of the advisory is open.',
  'advisory-published': 'Recorded: the advisory is public.',
} as const

export const done = defineCommand({
  verb: 'done',
  summary:
    'Record, with a link, what was done outside Embargo: an advisory, a deployment, a required report or a step of the publication',
  about: 'case',
  allowed: TEAM_OR_MAINTAINER,
  form: { title: 'Done outside', submit: 'Record' },
  options: {
    what: z.enum(['advisory-opened', 'advisory-published', 'deployed', ...Duty.options, ...STEPS]).register(about, {
      label: 'What',
      labels: {
        'advisory-opened': 'A draft of the advisory is open',
        'advisory-published': 'The advisory is public',
        deployed: 'The fix of a branch is deployed',
        ...Object.fromEntries(STEPS.map((step) => [step, `In the publication: ${stepOf(step).words}`])),
        ...Object.fromEntries(Duty.options.map((duty) => [duty, deadlineOf(duty)?.dutyLabel ?? duty])),
      },
    }),
    branch: BranchName.clone().exactOptional().register(about, {
      label: 'Branch',
      hint: 'With deployed',
      branch: true,
      suggests: 'branch',
    }),
    evidence: z
      .string()
      .min(1)
      .max(2000)
      .exactOptional()
      .register(about, { label: 'Link or number', takes: 'rest', shownAs: 'link' }),
  },
  run: async (call) => {
    const { what, ...values } = call.values
    const { id } = call.case
    const lacks = (because: string) => wrongInput({ command: call.command, setting: call, because })
    if (what === 'deployed') {
      const request = ASKS.deployed(id, values)
      return typeof request === 'string'
        ? lacks(request)
        : send(call, request, `Recorded: ${request.branch} is deployed.`)
    }
    if (what === 'advisory-opened' || what === 'advisory-published') {
      const request = ASKS[what](id, values)
      return typeof request === 'string' ? lacks(request) : send(call, request, SAID[what])
    }
    if (isStep(what)) {
      const link = linkOf(values)
      // Without a link, the answer shows the text that the person needs for the step.
      if (values.evidence === undefined) return textToPaste(call, what)
      if (link === undefined) return lacks(NEEDS_LINK)
      const request = { verb: 'done.step', case: id, step: what, link } as const
      return what === 'fixed-versions'
        ? fixedVersionsDone(call, request)
        : send(call, request, `Recorded: ${stepOf(what).words}.`)
    }
    const { evidence } = values
    return evidence === undefined
      ? lacks('Give a link or a number as proof.')
      : send(call, { verb: 'done.duty', case: id, duty: what, evidence }, 'Recorded.')
  },
})
