import { z } from 'zod'
import { PersonId, PRACTICE_PREFIX } from '../../shared/ids.ts'
import { BranchName } from '../../shared/words.ts'
import { ProjectOverrides } from './sections.ts'
import { address, ownAddress, projectId } from './shapes.ts'

/** The software that cases are about. */
export const Project = z.strictObject({
  id: projectId.describe('A short name, used in the policy and in commands.'),
  name: z.string().min(1).max(100).describe('The name by which everybody knows the project.'),
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
        supported: z.boolean().default(true).describe('Whether the branch still gets fixes.'),
      }),
    )
    .min(1)
    .default([{ name: 'main', supported: true }])
    .describe('The branches in which a vulnerability may be. For a hosted service, the service itself.'),
  announce: address.optional().describe('The list to which heads-ups and announcements are sent.'),
  ossSecurity: address.optional().describe('The public list to which the details are sent.'),
  cve: z
    .enum(['requested', 'own', 'none'])
    .default('requested')
    .describe(
      'Who assigns CVE ids. `requested`: another CNA (GitHub, MITRE, a root). `own`: the project, which is a CNA. `none`: the project uses no CVE ids.',
    ),
  contact: z.string().max(300).optional().describe('Whom readers of public texts should contact, if not `address`.'),
  people: z
    .array(PersonId)
    .min(1)
    .optional()
    .describe('The people who work on this project’s cases, if not all of `people`.'),
  policy: ProjectOverrides.optional().describe('The settings of this project that differ from the rest of the policy.'),
})
export type Project = z.infer<typeof Project>
