import { z } from 'zod'
import { CaseId, Disposition, policyFor, projectOf, Severity } from '@embargo/core'
import { refuse, send, wrongInput } from '../answers.ts'
import { defineCommand } from '../define-command.ts'
import { about } from '../option.ts'
import type { Place } from '../types.ts'
import { typedAt } from '../usage.ts'
import { TEAM } from './shared/roles.ts'
import { vectorMistake } from './shared/vectors.ts'
import { branchInWords, readBranches } from './triage-affects.ts'

const vector = (pattern: RegExp, example: string) => z.string().regex(pattern, `a vector looks like ${example}`)

/** Severities in the words of other scales, or as a CVSS score. */
const RATED_OTHERWISE = String.raw`medium|med|severe|important|informational|10\.0|\d\.\d`

export const triage = defineCommand({
  verb: 'triage',
  summary: 'Classify the report (valid, invalid, duplicate …) and rate its severity',
  short: true,
  about: 'case',
  allowed: TEAM,
  form: { title: 'Triage', submit: 'Triage' },
  options: {
    disposition: z
      .enum(Disposition.options)
      .register(about, { label: 'Disposition', hint: 'The reporter is sent the letter for this disposition' }),
    severity: z
      .enum(Severity.options)
      .exactOptional()
      .register(about, { label: 'Severity', mistaken: RATED_OTHERWISE }),
    affects: z.string().max(2000).exactOptional().register(about, {
      label: 'Affected branches',
      hint: 'One branch per line: main >= 4.0, < 4.2.7 · or, if not affected: 3.9 no',
      kind: 'long-text',
      takes: 'named',
      unquoted: true,
      shownAs: 'branch versions; …',
    }),
    cvss3: vector(/^CVSS:3\.[01]\//, 'CVSS:3.1/AV:N/AC:L/…')
      .max(200)
      .exactOptional()
      .register(about, { label: 'CVSS v3.1 vector', shownAs: 'CVSS:3.1/…' }),
    cvss4: vector(/^CVSS:4\.0\//, 'CVSS:4.0/AV:N/AC:L/…')
      .max(400)
      .exactOptional()
      .register(about, { label: 'CVSS v4.0 vector', shownAs: 'CVSS:4.0/…' }),
    cwe: z
      .string()
      .transform((text) => text.toUpperCase())
      .pipe(z.string().regex(/^CWE-\d{1,5}$/, 'a weakness looks like CWE-79'))
      .exactOptional()
      .register(about, { label: 'Weakness', shownAs: 'CWE-…', suggests: 'cwe' }),
    vendor: z
      .string()
      .max(200)
      .exactOptional()
      .register(about, { label: 'Other vendor: name', takes: 'named', shownAs: 'name' }),
    contact: z
      .string()
      .max(300)
      .exactOptional()
      .register(about, { label: 'Other vendor: contact address', takes: 'named', shownAs: 'address' }),
    fixedIn: z
      .string()
      .max(200)
      .exactOptional()
      .register(about, { label: 'Already fixed: version', takes: 'named', shownAs: 'version' }),
    follows: z
      .string()
      .transform((text) => text.toUpperCase())
      .pipe(CaseId)
      .exactOptional()
      .register(about, {
        label: 'The public case whose fix is incomplete',
        takes: 'named',
        shownAs: 'case',
        suggests: 'case',
        unasked: true,
      }),
    reason: z
      .string()
      .max(2000)
      .exactOptional()
      .register(about, { label: 'Reason', hint: 'Goes to the reporter', takes: 'rest', kind: 'long-text' }),
  },
  run: async (call) => {
    const { affects, ...values } = call.values
    const { disposition, severity, cvss3, cvss4, cwe, reason } = values
    const branches = readBranches(affects ?? '')
    if (typeof branches === 'string') return wrongInput({ command: call.command, setting: call, because: branches })
    const vectors = vectorMistake(call, values)
    if (vectors !== undefined) return wrongInput({ command: call.command, setting: call, because: vectors })
    const { severityFrom } = projectOf(policyFor(call.engine.policy.policy, call.case.state), call.case.state)
    const vector = severityFrom === 'v3.1' ? (cvss3 ?? cvss4) : (cvss4 ?? cvss3)
    const scored = vector === undefined ? undefined : call.engine.texts.ratingOf(vector)
    if (severity === undefined && scored !== undefined) {
      // A vector is stored only together with a severity, and a person must choose the severity.
      const words = [disposition, scored.severity, cvss3, cvss4, cwe, reason]
      const named = affects === undefined ? [] : [`--affects "${affects.replaceAll(/\s*\n\s*/gu, '; ')}"`]
      const typed = ['triage', ...words.filter((word) => word !== undefined), ...named].join(' ')
      return refuse(call, {
        gate: 'makes-sense',
        because: `Nothing was recorded: no severity is given. The vector scores ${scored.score.toFixed(1)}, which is ${scored.severity}.`,
        facts: { verb: 'triage' },
        liftedBy: [{ who: 'you', how: `write ${typedAt(call.invocation.place, typed)}`, verb: 'triage' }],
      })
    }
    const rated = severity === undefined ? '' : `, ${severity}`
    return send(
      call,
      { verb: 'triage', case: call.case.id, ...values, ...(branches.length === 0 ? {} : { branches }) },
      [
        `Triaged: ${disposition}${rated}.`,
        ...following(call.invocation.place, values.follows),
        ...branches.map((one) => branchInWords(one)),
      ].join(' '),
    )
  },
})

/** If the case follows another case, whose fix is incomplete: says how to write to the recipients of the other case. */
const following = (place: Place, followed: CaseId | undefined): readonly string[] =>
  followed === undefined
    ? []
    : [
        `It follows ${followed}. If recipients were told of that case, write to them at once from there: ${typedAt({ ...place, case: followed }, 'reply --to recipients')}.`,
      ]
