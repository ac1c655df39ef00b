import { z } from 'zod'
import { PersonId, PRACTICE_PREFIX } from '../../shared/ids.ts'
import { BranchName, CveSource } from '../../shared/words.ts'
import { isOsvPrefix } from '../osv-prefixes.ts'
import { Cna } from './cna.ts'
import { Package } from './package.ts'
import { ProjectOverrides } from './sections.ts'
import { address, ownAddress, projectId, webAddress } from './shapes.ts'
import { Targets } from './targets.ts'

/**
 * In earlier policies, `requested` stood for every CNA except the project itself. It is read as `form`, because anybody
 * can use a CNA's form.
 */
const cveSource = z.preprocess((written) => (written === 'requested' ? 'form' : written), CveSource)

/** The software that cases are about. */
export const Project = z.strictObject({
  id: projectId.describe('A short name, used in the policy and in commands.'),
  name: z.string().min(1).max(100).describe('The name by which everybody knows the project.'),
  about: z
    .string()
    .min(1)
    .max(300)
    .optional()
    .describe('What the software is, in a sentence, for readers of public texts who do not know it.'),
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
  cve: cveSource
    .default('form')
    .describe(
      'Where CVE ids come from. `github`: from GitHub, for the advisory in `repository`. `own`: the project is a CNA. `other`: from another CNA, by mail. `form`: from the form of a CNA, such as MITRE’s. `none`: the project uses no CVE ids.',
    ),
  cna: Cna.optional().describe('The CNA that assigns the ids, if it is neither GitHub nor the project.'),
  packages: z
    .array(Package)
    .min(1)
    .optional()
    .describe('The packages in which the project is published. The machine-readable records name them.'),
  repository: webAddress.optional().describe('The address of the source code, as `https://github.com/owner/name`.'),
  vendor: z
    .string()
    .min(1)
    .max(512)
    .optional()
    .describe('The vendor that CVE records name: an organisation, or a group of maintainers.'),
  product: z.string().min(1).max(512).optional().describe('The product’s name in CVE records, if not `name`.'),
  osvPrefix: z
    .string()
    .refine(isOsvPrefix, 'a prefix here is one that OSV has registered, such as PSF; leave it out if you have none')
    .optional()
    .describe(
      'The prefix that OSV has registered for your ids. Without it, they begin with `x_` and the project’s id.',
    ),
  publisher: z
    .strictObject({
      name: z.string().min(1).max(200).describe('The name of the group or person that issues the records.'),
      namespace: webAddress.describe(
        'The web address of this group or person, which distinguishes their records from those of other publishers.',
      ),
      records: webAddress
        .optional()
        .describe('The web address at which the folder of the records is served, if you serve it.'),
      key: webAddress
        .optional()
        .describe(
          'The web address of the project’s own OpenPGP key. If it is named, CSAF documents are signed with it.',
        ),
    })
    .optional()
    .describe('Who publishes the advisories.'),
  securityTxt: z
    .strictObject({
      expires: z.iso
        .date('a date looks like 2027-05-01')
        .optional()
        .describe('Until when the security.txt on your website is valid. Embargo reminds you a month before.'),
      key: webAddress
        .optional()
        .describe(
          'The web address of the project’s OpenPGP key. If left out: the key’s address in the Web Key Directory.',
        ),
    })
    .optional()
    .describe('The security.txt of the project, which `embargo init security-txt` prints.'),
  severityFrom: z
    .enum(['v3.1', 'v4.0'])
    .optional()
    .describe(
      'Which CVSS vector gives the severity if a case has both and they differ. `v4.0` if left out. A person may still choose another severity.',
    ),
  targets: Targets.optional().describe(
    'What a publication does besides its mails. `off`: nothing. `prepare`: a person does it, with the text that Embargo wrote. `publish`: Embargo does it.',
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
