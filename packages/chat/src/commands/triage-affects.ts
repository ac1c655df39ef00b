import { z } from 'zod'
import { BranchName, versionRanges } from '@embargo/core'
import type { AffectedBranch } from '@embargo/core'
import { send } from '../answers.ts'
import { defineCommand } from '../define-command.ts'
import { about } from '../option.ts'
import { inputIssues } from '../text/input-issues.ts'
import { TEAM } from './shared/roles.ts'

const options = {
  branch: BranchName.clone().register(about, { label: 'Branch', branch: true, suggests: 'branch' }),
  affected: z
    .enum(['yes', 'no', 'remove'])
    .exactOptional()
    .register(about, {
      label: 'Affected',
      hint: 'remove: it was named by mistake',
      labels: { yes: 'Affected', no: 'Not affected', remove: 'Named by mistake: remove it' },
      shownAs: 'yes|no|remove',
    }),
  range: z.string().max(200).exactOptional().register(about, {
    label: 'Affected versions',
    hint: '>= 4.0, < 4.2.7, or: introduced 4.0, fixed 4.2.7',
    takes: 'rest',
  }),
  fixedVersion: z
    .string()
    .max(60)
    .exactOptional()
    .register(about, { label: 'Fixed in version', takes: 'named', shownAs: 'version' }),
  package: z.string().max(301).exactOptional().register(about, {
    label: 'Package, if only one',
    hint: 'As the policy names it',
    takes: 'named',
    shownAs: 'name',
  }),
}

const Options = z.object(options)

export const affects = defineCommand({
  verb: 'triage.affects',
  summary: 'Say which branches are affected',
  about: 'case',
  allowed: TEAM,
  form: { title: 'Affected branch', submit: 'Set' },
  options,
  run: async (call) => {
    const { branch: name, package: named, affected } = call.values
    if (affected === 'remove') {
      const removed = { branch: name, ...(named === undefined ? {} : { package: named }) }
      const request = { verb: 'triage.affects', case: call.case.id, ...removed, remove: true } as const
      return send(call, request, `What was recorded about ${subjectOf(removed)} is removed.`)
    }
    const branch = branchOf(call.values)
    return send(call, { verb: 'triage.affects', case: call.case.id, ...branch }, branchInWords(branch))
  },
})

/** A branch counts as affected if neither `yes` nor `no` was typed. */
const branchOf = ({ affected, ...rest }: z.output<typeof Options>): AffectedBranch => ({
  ...rest,
  affected: affected !== 'no',
})

/**
 * Says whether a branch is affected (`main is affected.`). If its versions are written in prose, also says that
 * programs need a range.
 */
export function branchInWords({ affected, range, ...of }: AffectedBranch): string {
  const note =
    range === undefined || versionRanges(range) !== undefined
      ? ''
      : ' The versions are kept as a note: machine-readable records need a range, such as >= 4.0, < 4.2.7.'
  return `${subjectOf(of)} is ${affected ? 'affected' : 'not affected'}.${note}`
}

const subjectOf = ({ branch, package: named }: Pick<AffectedBranch, 'branch' | 'package'>): string =>
  named === undefined ? branch : `${named} in ${branch}`

/**
 * Reads several branches: `main < 4.3; 4.2 no`. Each branch is written like the input of the command `triage affects`.
 * Returns a sentence if the branches cannot be read.
 */
export function readBranches(text: string): readonly AffectedBranch[] | string {
  const parts = text.split(/[;\n]/u).filter((part) => part.trim() !== '')
  const branches: AffectedBranch[] = []
  for (const part of parts) {
    const parsed = affects.parse(part, { branches: [] })
    if (!parsed.ok) return parsed.because
    const read = Options.safeParse(parsed.values)
    if (!read.success) return inputIssues(affects.options, parsed.values, read.error)
    const { affected, branch } = read.data
    if (affected === 'remove') return `In a list of branches, “remove” does not work. Write yes or no after ${branch}.`
    branches.push(branchOf(read.data))
  }
  return branches
}
