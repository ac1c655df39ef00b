import { z } from 'zod'
import { PersonId, PRACTICE_PREFIX } from '../../shared/ids.ts'
import { BranchName } from '../../shared/words.ts'
import { ProjectOverrides } from './sections.ts'
import { address, ownAddress, projectId } from './shapes.ts'

/** The software that cases are about. */
export const Project = z.strictObject({
  id: projectId.describe('A short name, used in the policy and in commands.'),
  name: z.string().min(1).max(100).describe('The name that everybody knows it by.'),
  prefix: z
    .string()
    .regex(/^[A-Z][A-Z0-9]{1,9}$/, 'a prefix has 2 to 10 capital letters and digits')
    .refine((prefix) => prefix !== PRACTICE_PREFIX, `${PRACTICE_PREFIX} begins the numbers of practice cases`)
    .default('SEC')
    .describe('What case numbers begin with, as in `SEC-2026-0001`.'),
  address: ownAddress.describe('The address that takes reports.'),
  branches: z
    .array(
      z.strictObject({
        name: BranchName.describe('The name of the branch.'),
        supported: z.boolean().default(true).describe('Whether it still gets fixes.'),
      }),
    )
    .min(1)
    .default([{ name: 'main', supported: true }])
    .describe('The branches that a vulnerability may be in, or for a hosted service the service itself.'),
  announce: address.optional().describe('The list that heads-ups and announcements go to.'),
  ossSecurity: address.optional().describe('The public list that the details go to.'),
  cve: z
    .enum(['requested', 'own', 'none'])
    .default('requested')
    .describe(
      'Who gives CVE ids: `requested` from another (GitHub, MITRE, a root), `own` where the project is a CNA itself, `none` where it uses none.',
    ),
  contact: z.string().max(300).optional().describe('Whom to ask, in public texts, if not the address.'),
  people: z
    .array(PersonId)
    .min(1)
    .optional()
    .describe('Who of `people` works on this project’s cases, if not everybody.'),
  policy: ProjectOverrides.optional().describe('The settings of this project that differ from the rest of the policy.'),
})
export type Project = z.infer<typeof Project>
